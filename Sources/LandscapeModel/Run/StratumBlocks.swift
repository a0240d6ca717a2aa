/// The blocks of consecutive strata that a run decides one after the other: what is handed to a thread,
/// counted as done, and stored. They depend on the problem alone.
public struct StratumBlocks: Hashable, Sendable {
  /// The number of strata.
  public let total: Int
  /// The number of strata in the largest block.
  public let size: Int
  /// Where blocks start; `nil` if all but the last are of one size.
  private let starts: [Int]?

  private static let smallestSize = 4096
  /// So many records of blocks are easily kept and merged.
  private static let mostBlocks = 1 << 16

  package init(total: Int) {
    self.total = total
    var size = Self.smallestSize
    while total / size >= Self.mostBlocks { size *= 2 }
    self.size = size
    starts = nil
  }

  /// - Parameter starts: the number of the first stratum in each block, increasing from 0.
  package init(total: Int, starts: [Int]) {
    self.total = total
    self.starts = starts
    size = zip(starts, starts.dropFirst() + [total]).map { $1 - $0 }.max() ?? 1
  }

  public var count: Int { starts?.count ?? total / size + (total % size == 0 ? 0 : 1) }

  /// The numbers of the strata in a block.
  package func strata(in block: Int) -> Range<Int> {
    precondition((0..<count).contains(block))
    if let starts { return starts[block]..<(block + 1 < starts.count ? starts[block + 1] : total) }
    let first = block * size
    return first..<(first + min(size, total - first))
  }
}

/// One of several parts of a run, which may be done on different machines: the blocks whose number leaves a
/// given remainder, so that parts of equal size take about equal time.
public struct RunPart: Codable, Hashable, Sendable {
  /// From 0.
  public let index: Int
  public let count: Int

  public static let whole = RunPart(index: 0, of: 1)

  public init(index: Int, of count: Int) {
    precondition(count >= 1 && (0..<count).contains(index))
    self.index = index
    self.count = count
  }

  /// The numbers of the part's blocks, in order.
  public func blocks(of blocks: StratumBlocks) -> [Int] {
    Array(stride(from: index, to: blocks.count, by: count))
  }
}
