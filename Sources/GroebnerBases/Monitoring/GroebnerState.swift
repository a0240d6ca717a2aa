import Algebra
import Synchronization

/// How far the computation of a Gröbner basis has come.
struct GroebnerState: Sendable {
  /// What is being done.
  var stage = "start"
  /// The degree of the present F4 round.
  var degree = 0
  /// Critical pairs that are left.
  var pairs = 0
  /// Elements of the growing basis.
  var elements = 0
  /// Primes that are finished.
  var primes = 0

  var progress: Progress {
    let figures = ["degree": degree, "pairs": pairs, "elements": elements, "primes": primes]
    return primes > 0
      ? Progress(stage: stage, done: primes, total: 0, figures: figures)
      : Progress(stage: stage, done: elements, total: elements + pairs, figures: figures)
  }
}

/// The state of a running computation, and who wants to know.
final class StateMonitor: Sendable {
  private let state = Mutex(GroebnerState())
  private let control: Control

  init(control: Control) { self.control = control }

  func update(_ change: (inout GroebnerState) -> Void) {
    let now = state.withLock { state in
      change(&state)
      return state
    }
    control.progress?(now.progress)
  }

  /// Runs a computation that reports to a monitor. If it is interrupted, the error tells how far it had come.
  static func run<Output>(
    _ control: Control, stage: String? = nil, _ body: (StateMonitor) throws -> Output
  ) throws -> Output {
    let monitor = StateMonitor(control: control)
    if let stage { monitor.update { $0.stage = stage } }
    do { return try body(monitor) } catch let interruption as Interruption where interruption.progress == nil
    {
      throw Interruption(interruption.reason, progress: monitor.state.withLock { $0.progress })
    }
  }
}
