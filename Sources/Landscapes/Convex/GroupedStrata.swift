import ConvexMethod
import LandscapeModel
import Strata

/// How the strata of a problem in the plane are cut into blocks if they are decided in groups: those of at most one face
/// one by one, then for each size sets by the position of their first face. The blocks depend on the problem alone.
struct GroupedStrata: Sendable {
  enum Piece: Sendable {
    case numbers(Range<Int>)
    /// The sets of so many faces whose first one is at one of these positions.
    case sets(size: Int, first: Range<Int>)
  }

  let cells: PlanarCells
  let pieces: [Piece]
  let blocks: StratumBlocks

  /// About the number of strata in a block, and the greatest number of blocks of one size.
  private static let usualSize = 4096
  private static let mostBlocks = 256

  init(_ cells: PlanarCells, _ strata: StratumIndex) {
    self.cells = cells
    let faces = cells.faceCount
    let single = strata.maximumSize < 2 ? strata.total : strata.start(ofSize: 2)
    var (pieces, starts) = ([Piece.numbers(0..<single)], [0])
    for size in 2..<max(2, strata.maximumSize + 1) {
      let total = StratumIndex.binomial(faces, size) ?? 0
      let wanted = min(Self.mostBlocks, max(1, total / Self.usualSize))
      let share = Double(total) / Double(wanted)
      var (first, before, sum, limit) = (0, 0, 0, share)
      for position in 0...(faces - size) {
        sum += StratumIndex.binomial(faces - position - 1, size - 1) ?? 0
        guard Double(sum) >= limit || position == faces - size else { continue }
        starts.append(strata.start(ofSize: size) + before)
        pieces.append(.sets(size: size, first: first..<(position + 1)))
        (first, before) = (position + 1, sum)
        while limit <= Double(sum) { limit += share }
      }
    }
    self.pieces = pieces
    blocks = StratumBlocks(total: strata.total, starts: starts)
  }
}
