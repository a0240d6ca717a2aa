import Algebra
import Synchronization

/// Stops a computation of a Gröbner basis when its elements and critical pairs pass a bound.
///
/// Progress is reported after every round of critical pairs, so that where a computation stops depends on
/// nothing but its input.
package final class WorkBound: Sendable {
  private let exceeded = Atomic(false)
  private let cancellation: Cancellation
  private let bound: Int
  private let control: Control

  package init(bound: Int, control: Control) {
    self.bound = bound
    self.control = control
    cancellation = Cancellation(within: control.cancellation)
  }

  private var isExceeded: Bool { exceeded.load(ordering: .relaxed) }

  /// The control for the bounded computation, which what stops the whole one stops, too.
  private var bounded: Control {
    var bounded = control
    bounded.cancellation = cancellation
    bounded.progress = { progress in
      self.control.progress?(progress)
      if progress.total > self.bound {
        self.exceeded.store(true, ordering: .relaxed)
        self.cancellation.cancel(.interrupted)
      }
    }
    return bounded
  }

  /// The result of a computation, or `nil` if that has passed the bound.
  ///
  /// - Throws: what the computation throws; `Interruption` if the whole run is to stop.
  package func unlessExceeded<Output>(_ body: (Control) throws -> Output) throws -> Output? {
    do {
      return try body(bounded)
    } catch let interruption as Interruption {
      try control.check()
      guard isExceeded else { throw interruption }
      return nil
    }
  }
}
