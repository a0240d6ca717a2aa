import Algebra
import ArgumentParser
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Ends a run that is told to stop (by SIGINT, SIGTERM, its deadline or its memory ceiling), and sees to it that
/// a result is printed only once.
///
/// The first signal, or a limit, raises the run's cancellation flag; a run that polls it ends by itself. If it
/// does not do so in time, or a second signal comes, what there is until then is *rescued* on another thread
/// and the process ends. A third signal ends the process at once.
final class RunSupervisor: Sendable {
  /// Prints what there is and tells how the process shall end; `nil` if somebody else is printing already.
  typealias Rescue = @Sendable (Interruption.Reason) -> ExitCode?

  private struct State {
    var signals = 0
    var rescue: Rescue?
    var isPrinting = false
    var watchdog: Watchdog?
  }

  private let control: Control
  private let state = Mutex(State())
  private let beginning = ContinuousClock.now

  init(_ control: Control) { self.control = control }

  /// Starts to watch the limits and to receive signals. Comes before anything that starts other threads, which
  /// have to inherit that the signals are blocked: one thread waits for them.
  func start() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      // A shell may have set it to be ignored, as for jobs in the background; whoever sends a signal to this
      // process means it.
      signal(number, SIG_DFL)
      sigaddset(&signals, number)
    }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    // A file that must not grow any more is an error of its writer, not the end of the process.
    signal(SIGXFSZ, SIG_IGN)
    DispatchQueue(label: "allminima.signals").async { [self, signals] in
      var signals = signals
      var received: Int32 = 0
      while sigwait(&signals, &received) == 0 { receiveSignal() }
    }
    let watchdog = Watchdog(watching: control) { [self] in end($0) }
    state.withLock { $0.watchdog = watchdog }
  }

  /// From now on there is something to rescue. Before that, a signal ends the process at once.
  func setRescue(_ rescue: @escaping Rescue) { state.withLock { $0.rescue = rescue } }

  /// Whether the caller may print the result; true only once. Limits have no effect any more.
  func beginPrinting() -> Bool {
    state.withLock { state in
      state.watchdog?.stop()
      defer { state.isPrinting = true }
      return !state.isPrinting
    }
  }

  /// Waits for the end of the process, which is up to whoever is printing.
  func waitForEnd() -> Never {
    while true { pause() }
  }

  private func receiveSignal() {
    let (signals, canRescue) = state.withLock { state in
      state.signals += 1
      return (state.signals, state.rescue != nil)
    }
    control.cancellation.cancel(.interrupted)
    switch signals {
    case 1: if !canRescue { end(.interrupted) }
    case 2: DispatchQueue(label: "allminima.rescue").async { [self] in end(.interrupted) }
    default: _exit(ExitCode.limitReached.rawValue)
    }
  }

  private func end(_ reason: Interruption.Reason) {
    let reason = control.cancellation.reason ?? reason
    guard let rescue = state.withLock({ $0.rescue }) else {
      StandardError.report("\(reason); there is no result yet")
      _exit(ExitCode.limitReached.rawValue)
    }
    endWithoutResult(reason)
    if let code = rescue(reason) { _exit(code.rawValue) }
  }

  /// Ends the process if what is rescued takes very long, or so much memory that the limit is passed by far. Whoever
  /// sends signals may wait.
  private func endWithoutResult(_ reason: Interruption.Reason) {
    guard reason != .interrupted else { return }
    let rescued = ContinuousClock.now
    // A queue of its own gets a thread even while all others are busy.
    DispatchQueue(label: "allminima.end").async { [self] in
      while !isLate(reason, since: rescued) {
        if state.withLock({ $0.isPrinting }) { return }
        usleep(10_000)
      }
      StandardError.report("\(reason); what there is until then was not ready in time")
      _exit(ExitCode.limitReached.rawValue)
    }
  }

  private func isLate(_ reason: Interruption.Reason, since rescued: ContinuousClock.Instant) -> Bool {
    let elapsed = ContinuousClock.now - rescued
    if let deadline = control.deadline, reason == .time {
      return elapsed > max(.seconds(20), (deadline - beginning) / 5)
    }
    guard let ceiling = control.memoryCeiling, let used = ProcessMemory.residentBytes else { return false }
    return used > ceiling + min(Self.memoryMargin, ceiling / 11) || elapsed > .seconds(60)
  }

  /// How far memory may pass its ceiling until something is printed.
  private static let memoryMargin = 160 << 20
}
