import Algebra
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Limits and cancellation")
struct ControlTests {
  /// Polls until the run is asked to stop; gives up after a while, so that a failure does not hang.
  private func waitForEnd(of control: Control) -> Interruption.Reason? {
    let start = ContinuousClock.now
    while ContinuousClock.now - start < .seconds(20) {
      if let reason = control.cancellation.reason { return reason }
      usleep(1000)
    }
    return nil
  }

  @Test func cancellation() throws {
    let control = Control()
    try control.check()
    #expect(control.threads == 1 && control.cancellation.reason == nil)
    let copy = control
    copy.cancellation.cancel(.interrupted)
    copy.cancellation.cancel(.time)
    #expect(control.cancellation.reason == .interrupted)
    #expect(throws: Interruption(.interrupted)) { try control.check() }
    for reason in [Interruption.Reason.time, .memory, .interrupted] {
      let flag = Cancellation()
      flag.cancel(reason)
      #expect(flag.reason == reason)
    }
  }

  @Test func deadline() {
    let control = Control(deadline: .now + .milliseconds(50))
    let watchdog = Watchdog(watching: control, grace: .seconds(1000)) { _ in }
    #expect(waitForEnd(of: control) == .time)
    watchdog.stop()
  }

  @Test func memoryCeiling() throws {
    let used = try #require(ProcessMemory.residentBytes)
    #expect(used > 1 << 20)
    let control = Control(memoryCeiling: used / 2)
    let watchdog = Watchdog(watching: control, grace: .seconds(1000)) { _ in }
    #expect(waitForEnd(of: control) == .memory)
    watchdog.stop()
  }

  @Test("A run that does not end is reported once, one that ends is not")
  func unresponsiveRuns() {
    let reports = Mutex<[Interruption.Reason]>([])
    let stuck = Control()
    let watchdog = Watchdog(watching: stuck, grace: .milliseconds(50)) { reason in
      reports.withLock { $0.append(reason) }
    }
    stuck.cancellation.cancel(.interrupted)
    for _ in 0..<2000 where reports.withLock({ $0.isEmpty }) { usleep(10_000) }
    watchdog.stop()

    let ending = Control()
    let second = Watchdog(watching: ending, grace: .milliseconds(200)) { reason in
      reports.withLock { $0.append(reason) }
    }
    second.stop()
    ending.cancellation.cancel(.time)
    usleep(500_000)
    #expect(reports.withLock { $0 } == [.interrupted])
  }

  @Test func descriptions() {
    #expect("\(Interruption(.time))" == "the time limit was reached")
    let progress = Progress(stage: "F4", done: 1, total: 3, figures: ["pairs": 2, "degree": 4])
    #expect(
      "\(Interruption(.memory, progress: progress))" == "the memory limit was reached (F4, degree 4, pairs 2)"
    )
    #expect("\(AlgebraError.malformed(text: "x", reason: "not a number"))" == "'x': not a number")
    #expect("\(AlgebraError.tooLarge("a power"))" == "too large: a power")
  }
}
