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

  package var isExceeded: Bool { exceeded.load(ordering: .relaxed) }

  /// The control for the bounded computation, which what stops the whole one stops, too.
  package var bounded: Control {
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
}
