import LandscapeModel
import Synchronization

/// What has been decided of a running enumeration; may be read from any thread while the run goes on.
public final class EnumerationRun: Sendable {
  private struct State {
    var finished: [Int: BlockRecord] = [:]
    var begun: [Int: BlockRecord] = [:]
    var count = 0

    mutating func add(_ record: BlockRecord) {
      precondition(finished.updateValue(record, forKey: record.block) == nil, "a block is decided once")
      count += record.count - (begun.removeValue(forKey: record.block)?.count ?? 0)
    }

    mutating func begin(_ record: BlockRecord) {
      let before = begun.updateValue(record, forKey: record.block)
      count += record.count - (before?.count ?? 0)
    }
  }

  /// What the run is to do.
  public let part: RunPart
  /// Pieces of the screening table that are known.
  let screening: [ScreeningPiece]
  private let keep: (@Sendable (RunWork) throws -> Void)?
  private let state = Mutex(State())

  /// - Parameters:
  ///   - part: the blocks to be decided.
  ///   - past: what was done before.
  ///   - keep: called for all new work, from any thread; what it throws ends the run.
  public init(
    part: RunPart = .whole, past: RunPast, keep: (@Sendable (RunWork) throws -> Void)? = nil
  ) {
    self.part = part
    self.screening = past.screening
    self.keep = keep
    state.withLock { state in
      for record in past.begun { state.begin(record) }
      for record in past.finished { state.add(record) }
    }
  }

  /// - Parameters:
  ///   - finished: blocks that have been decided before.
  ///   - onFinish: called for every newly decided block, from any thread; what it throws ends the run.
  public convenience init(
    part: RunPart = .whole, finished: [BlockRecord] = [],
    onFinish: (@Sendable (BlockRecord) throws -> Void)? = nil
  ) {
    self.init(part: part, past: RunPast(finished: finished)) { work in
      if case .finished(let record) = work { try onFinish?(record) }
    }
  }

  /// The number of strata decided so far.
  public var count: Int { state.withLock { $0.count } }

  /// The finished blocks, in order.
  public var records: [BlockRecord] {
    state.withLock { state in state.finished.values.sorted { $0.block < $1.block } }
  }

  /// Blocks of which only the first strata are decided, in order.
  public var begun: [BlockRecord] {
    state.withLock { state in state.begun.values.sorted { $0.block < $1.block } }
  }

  func isFinished(_ block: Int) -> Bool { state.withLock { $0.finished[block] != nil } }

  /// What is known of an unfinished block.
  func record(of block: Int) -> BlockRecord {
    state.withLock { $0.begun[block] } ?? BlockRecord(block: block)
  }

  /// Keeps a block's record; returns the number of strata decided so far.
  func add(_ record: BlockRecord) throws -> Int {
    try keep?(.finished(record))
    return state.withLock { state in
      state.add(record)
      return state.count
    }
  }

  /// Keeps what was decided of a block until an interruption.
  func begin(_ record: BlockRecord) throws {
    guard record.count > 0 else { return }
    try keep?(.begun(record))
    state.withLock { $0.begin(record) }
  }

  func add(_ piece: ScreeningPiece) throws { try keep?(.screening(piece)) }
}
