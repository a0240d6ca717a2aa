import Algebra
import Synchronization

/// How far the computation of a Gröbner basis has come.
public struct GroebnerState: Hashable, Sendable, Codable {
  /// What is being done.
  public var stage = "start"
  /// The degree of the present F4 round.
  public var degree = 0
  /// Critical pairs that are left.
  public var pairs = 0
  /// Elements of the growing basis.
  public var elements = 0
  /// Primes that are finished.
  public var primes = 0

  public init() {}

  /// The numbers by name.
  public var figures: [String: Int] {
    ["degree": degree, "pairs": pairs, "elements": elements, "primes": primes]
  }
}

/// A limit was reached before the basis was complete.
public struct GroebnerInterruption: Error, Hashable, Sendable {
  public let reason: LimitReached
  public let state: GroebnerState

  public init(reason: LimitReached, state: GroebnerState) {
    self.reason = reason
    self.state = state
  }
}

extension GroebnerInterruption: CustomStringConvertible {
  public var description: String {
    "\(reason) (\(state.stage): degree \(state.degree), \(state.pairs) pairs left, "
      + "\(state.elements) elements, \(state.primes) primes)"
  }
}

/// The state of a running computation, and who wants to know.
final class StateMonitor: Sendable {
  private let state = Mutex(GroebnerState())
  private let control: Control

  init(control: Control) { self.control = control }

  var current: GroebnerState { state.withLock { $0 } }

  func update(_ change: (inout GroebnerState) -> Void) {
    let now = state.withLock { state in
      change(&state)
      return state
    }
    control.progress?(
      now.primes > 0
        ? Progress(stage: now.stage, done: now.primes, total: 0, figures: now.figures)
        : Progress(
          stage: now.stage, done: now.elements, total: now.elements + now.pairs, figures: now.figures))
  }
}
