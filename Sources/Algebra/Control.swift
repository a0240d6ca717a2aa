import Synchronization

/// A computation ended before it was complete: a limit was reached, or somebody asked it to stop.
public struct Interruption: Error, Hashable, Sendable {
  /// Why it ended.
  public enum Reason: Hashable, Sendable {
    case time
    case memory
    case interrupted
  }

  public let reason: Reason
  /// How far the computation had come, where that is known.
  public let progress: Progress?

  public init(_ reason: Reason, progress: Progress? = nil) {
    self.reason = reason
    self.progress = progress
  }
}

extension Interruption.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .time: "the time limit was reached"
    case .memory: "the memory limit was reached"
    case .interrupted: "the run was interrupted"
    }
  }
}

extension Interruption: CustomStringConvertible {
  public var description: String {
    guard let progress else { return reason.description }
    let figures = progress.figures.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return "\(reason) (\(([progress.stage] + figures).joined(separator: ", ")))"
  }
}

/// A flag that any thread (or a signal handler's queue) may raise once, and every thread can read.
public final class Cancellation: Sendable {
  private let state = Atomic<UInt8>(0)
  private let whole: Cancellation?

  /// - Parameter whole: the flag of the run that this one is a part of; what stops the run stops the part.
  public init(within whole: Cancellation? = nil) { self.whole = whole }

  /// Asks everybody who holds this flag to stop. The first reason stays.
  public func cancel(_ reason: Interruption.Reason) {
    let code: UInt8 =
      switch reason {
      case .time: 1
      case .memory: 2
      case .interrupted: 3
      }
    _ = state.compareExchange(expected: 0, desired: code, ordering: .relaxed)
  }

  /// The reason to stop, if there is one. Costs one relaxed load for each run that this one is a part of.
  public var reason: Interruption.Reason? {
    switch state.load(ordering: .relaxed) {
    case 0: whole?.reason
    case 1: .time
    case 2: .memory
    default: .interrupted
    }
  }
}

/// How far a long computation has come.
public struct Progress: Hashable, Sendable {
  /// What is being done, in a few words.
  public var stage: String
  /// Finished and total units of work; the total is 0 if it is not known.
  public var done: Int
  public var total: Int
  /// Further numbers that tell how far it is, by what they count, such as `degree` or `pairs`.
  public var figures: [String: Int]

  public init(stage: String, done: Int, total: Int, figures: [String: Int] = [:]) {
    self.stage = stage
    self.done = done
    self.total = total
    self.figures = figures
  }
}

/// Everything that steers a computation and must not change its result: threads, seed, limits, cancellation
/// and progress. One value, passed down.
///
/// The limits are watched by whoever started the run (see `Watchdog`); computations only poll `check()`,
/// which costs a relaxed load and may stand in inner loops.
public struct Control: Sendable {
  /// The number of threads, at least 1.
  public var threads: Int
  /// For algorithms that draw random numbers. Results never depend on it.
  public var seed: UInt64
  public var deadline: ContinuousClock.Instant?
  /// In bytes of resident memory of the process.
  public var memoryCeiling: Int?
  /// The process that wants the result: the run ends when it is not the parent of this one any more.
  public var parentProcess: Int32?
  public var cancellation: Cancellation
  /// How often the computation has begun again, as a proof or a check had failed: each time it takes other primes.
  public var attempt = 0
  /// Called from any thread, seldom.
  public var progress: (@Sendable (Progress) -> Void)?
  /// Receives lines of a verbose log, if wanted.
  public var log: (@Sendable (String) -> Void)?

  public init(
    threads: Int = 1,
    seed: UInt64 = 1,
    deadline: ContinuousClock.Instant? = nil,
    memoryCeiling: Int? = nil,
    parentProcess: Int32? = nil,
    cancellation: Cancellation = Cancellation(),
    progress: (@Sendable (Progress) -> Void)? = nil,
    log: (@Sendable (String) -> Void)? = nil
  ) {
    precondition(threads >= 1, "at least one thread is needed")
    self.threads = threads
    self.seed = seed
    self.deadline = deadline
    self.memoryCeiling = memoryCeiling
    self.parentProcess = parentProcess
    self.cancellation = cancellation
    self.progress = progress
    self.log = log
  }

  /// - Throws: `Interruption` if the run was asked to stop.
  @inlinable
  public func check() throws(Interruption) {
    if let reason = cancellation.reason { throw Interruption(reason) }
  }
}
