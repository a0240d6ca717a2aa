import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Watches a run's deadline, memory ceiling and parent from a thread of its own, and raises its cancellation flag.
///
/// A computation that polls `Control.check()` then ends by itself. One that is stuck in a library call does
/// not: after a grace period, or once its memory has grown further, the watchdog calls `onUnresponsive`, which is
/// expected to save what there is and end the process.
public final class Watchdog: Sendable {
  private static let interval: UInt32 = 10_000  // microseconds
  /// How far memory may pass its ceiling while the run ends.
  private static let memoryMargin = 100 << 20
  private let stopped = Atomic<Bool>(false)

  /// Starts watching.
  ///
  /// - Parameters:
  ///   - control: the run to be watched.
  ///   - grace: how long the run may take to end after it was asked to.
  ///   - onUnresponsive: called at most once, on a background thread.
  public init(
    watching control: Control,
    grace: Duration = .milliseconds(800),
    onUnresponsive: @escaping @Sendable (Interruption.Reason) -> Void
  ) {
    // A serial queue of its own gets a thread even while all workers are busy.
    let queue = DispatchQueue(label: "allminima.watchdog", qos: .userInteractive)
    queue.async { [self] in
      var askedToStop: ContinuousClock.Instant?
      while !stopped.load(ordering: .relaxed) {
        Self.raiseIfExceeded(control)
        if let reason = control.cancellation.reason {
          let since = askedToStop ?? .now
          askedToStop = since
          if ContinuousClock.now - since > grace || Self.isFarAboveCeiling(control) {
            onUnresponsive(reason)
            return
          }
        }
        usleep(Self.interval)
      }
    }
  }

  /// Ends the watch.
  public func stop() { stopped.store(true, ordering: .relaxed) }

  private static func isFarAboveCeiling(_ control: Control) -> Bool {
    guard let ceiling = control.memoryCeiling, let used = ProcessMemory.residentBytes else { return false }
    return used > ceiling + min(memoryMargin, ceiling / 20)
  }

  private static func raiseIfExceeded(_ control: Control) {
    if let deadline = control.deadline, ContinuousClock.now >= deadline {
      control.cancellation.cancel(.time)
    }
    if let ceiling = control.memoryCeiling, let used = ProcessMemory.residentBytes, used > ceiling {
      control.cancellation.cancel(.memory)
    }
    if let parent = control.parentProcess, getppid() != parent { control.cancellation.cancel(.interrupted) }
  }
}

/// The memory of this process.
public enum ProcessMemory {
  /// Resident memory in bytes, where the system tells.
  public static var residentBytes: Int? {
    #if os(Linux)
      guard let file = fopen("/proc/self/statm", "r") else { return nil }
      defer { fclose(file) }
      var buffer = [CChar](repeating: 0, count: 128)
      guard fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
      let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      let fields = text.split(separator: " ")
      guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
      return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    #else
      return nil
    #endif
  }
}
