import Algebra
import Testing

@Suite("Limits and cancellation", .timeLimit(.minutes(1)))
struct ControlTests {
  private final class Ending: Sendable {
    private let action: @Sendable () -> Void
    init(_ action: @escaping @Sendable () -> Void) { self.action = action }
    deinit { action() }
  }

  /// Watches a run until the watch is over, and returns what it reported: then it lets go of whom it reports to.
  private func reports(
    watching control: Control, grace: Duration, meanwhile: (Watchdog) -> Void = { _ in }
  ) async -> [Interruption.Reason] {
    let (reports, continuation) = AsyncStream.makeStream(of: Interruption.Reason.self)
    meanwhile(
      Watchdog(watching: control, grace: grace) { [ending = Ending { continuation.finish() }] reason in
        withExtendedLifetime(ending) { _ = continuation.yield(reason) }
      })
    return await reports.reduce(into: []) { $0.append($1) }
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

  @Test func deadline() async {
    let control = Control(deadline: .now + .milliseconds(50))
    #expect(await reports(watching: control, grace: .zero) == [.time])
    #expect(control.cancellation.reason == .time)
    #expect(control.deadline.map { .now >= $0 } == true)
  }

  @Test func memoryCeiling() async throws {
    let used = try #require(ProcessMemory.residentBytes)
    #expect(used > 1 << 20)
    let control = Control(memoryCeiling: used / 2)
    #expect(await reports(watching: control, grace: .zero) == [.memory])
    #expect(control.cancellation.reason == .memory)
  }

  @Test func aRunThatDoesNotEndIsReportedOnce() async {
    let control = Control()
    control.cancellation.cancel(.interrupted)
    #expect(await reports(watching: control, grace: .milliseconds(50)) == [.interrupted])
  }

  @Test func aRunThatEndsIsNotReported() async {
    let control = Control()
    let reports = await reports(watching: control, grace: .seconds(1000)) { watchdog in
      control.cancellation.cancel(.time)
      watchdog.stop()
    }
    #expect(reports.isEmpty)
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
