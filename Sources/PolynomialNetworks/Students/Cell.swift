/// A piece of a Grassmannian: the subspaces whose echelon form has its leading ones in these rows.
struct Cell: Hashable, Sendable {
  let pivots: [Int]
  let size: Int

  /// The open cell, which the others complete.
  static func open(dimension: Int, in size: Int) -> Cell { Cell(pivots: Array(0..<dimension), size: size) }

  static func all(dimension: Int, in size: Int) -> [Cell] {
    func subsets(_ count: Int, from start: Int) -> [[Int]] {
      if count == 0 { return [[]] }
      guard start + count <= size else { return [] }
      return subsets(count - 1, from: start + 1).map { [start] + $0 } + subsets(count, from: start + 1)
    }
    return subsets(dimension, from: 0).map { Cell(pivots: $0, size: size) }
  }

  /// Rows without a leading one.
  var others: [Int] { (0..<size).filter { !pivots.contains($0) } }

  /// The free entries, by row and place of the column.
  var free: [(row: Int, column: Int)] {
    others.flatMap { row in
      pivots.indices.filter { pivots[$0] < row }.map { (row, $0) }
    }
  }
}
