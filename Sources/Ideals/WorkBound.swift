import Algebra
import Synchronization

/// Stops a computation of a Gröbner basis when its elements and critical pairs pass a bound.
///
/// Progress is reported after every round of critical pairs, so that where a computation stops depends on
/// nothing but its input.
final class WorkBound: Sendable {
  private let exceeded = Atomic(false)
  private let cancellation = Cancellation()
  private let bound: Int
  private let control: Control

  init(bound: Int, control: Control) {
    self.bound = bound
    self.control = control
  }

  var isExceeded: Bool { exceeded.load(ordering: .relaxed) }

  /// The control for the bounded computation. It passes on what stops the whole one.
  var bounded: Control {
    var bounded = Control(threads: control.threads, seed: control.seed, cancellation: cancellation)
    bounded.log = control.log
    bounded.progress = { progress in
      self.control.progress?(progress)
      if let reason = self.control.cancellation.reason {
        self.cancellation.cancel(reason)
      } else if progress.total > self.bound {
        self.exceeded.store(true, ordering: .relaxed)
        self.cancellation.cancel(.interrupted)
      }
    }
    return bounded
  }
}
