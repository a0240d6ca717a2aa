import Algebra
import Synchronization

/// The last thing that a computation said about how far it has come.
final class LatestProgress: Sendable {
  private let value = Mutex<Progress?>(nil)

  /// May be called from any thread.
  func record(_ progress: Progress) { value.withLock { $0 = progress } }

  var current: Progress? { value.withLock { $0 } }
}
