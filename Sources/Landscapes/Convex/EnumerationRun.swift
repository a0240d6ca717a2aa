import LandscapeModel
import Synchronization

/// The finished blocks of a running enumeration; may be read from any thread while the run goes on.
public final class EnumerationRun: Sendable {
  private struct State {
    var records: [Int: BlockRecord] = [:]
    var count = 0

    mutating func add(_ record: BlockRecord) {
      precondition(records.updateValue(record, forKey: record.block) == nil, "a block is decided once")
      count += record.count
    }
  }

  /// What the run is to do.
  public let part: RunPart
  private let onFinish: (@Sendable (BlockRecord) throws -> Void)?
  private let state = Mutex(State())

  /// - Parameters:
  ///   - part: the blocks to be decided.
  ///   - finished: blocks that have been decided before, each once; they are not decided again.
  ///   - onFinish: called for every newly decided block, from any thread; what it throws ends the run.
  public init(
    part: RunPart = .whole, finished: [BlockRecord] = [],
    onFinish: (@Sendable (BlockRecord) throws -> Void)? = nil
  ) {
    self.part = part
    self.onFinish = onFinish
    state.withLock { state in
      for record in finished { state.add(record) }
    }
  }

  /// The number of strata decided so far.
  public var count: Int { state.withLock { $0.count } }

  /// Everything so far, in the order of the blocks.
  public var records: [BlockRecord] {
    state.withLock { state in state.records.values.sorted { $0.block < $1.block } }
  }

  func isFinished(_ block: Int) -> Bool { state.withLock { $0.records[block] != nil } }

  /// Keeps a block's record; returns the number of strata decided so far.
  func add(_ record: BlockRecord) throws -> Int {
    try onFinish?(record)
    return state.withLock { state in
      state.add(record)
      return state.count
    }
  }
}
