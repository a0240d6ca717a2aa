/// Coordinates of the matrices that a Young subgroup fixes under simultaneous permutations of rows and columns.
///
/// For each block the diagonal entry and, if it has two points or more, the other entry; then, for each ordered pair of
/// blocks, the entry in the rows of the first and the columns of the second.
struct BlockCoordinates: Sendable {
  let subgroup: YoungSubgroup
  /// The number of coordinates.
  let count: Int
  /// Which coordinate is the entry, row by row.
  let coordinate: [[Int]]
  /// Which block has each point.
  let blockOfPoint: [Int]
  /// The points of each block.
  let points: [[Int]]

  var units: Int { blockOfPoint.count }

  init(_ subgroup: YoungSubgroup) {
    let blocks = subgroup.blocks
    var diagonal: [Int] = []
    var within: [Int?] = []
    var next = 0
    for size in blocks {
      diagonal.append(next)
      within.append(size > 1 ? next + 1 : nil)
      next += size > 1 ? 2 : 1
    }
    var between: [[Int]] = Array(repeating: Array(repeating: 0, count: blocks.count), count: blocks.count)
    for first in blocks.indices {
      for second in blocks.indices where second != first {
        between[first][second] = next
        next += 1
      }
    }
    let blockOfPoint = blocks.indices.flatMap { Array(repeating: $0, count: blocks[$0]) }
    self.subgroup = subgroup
    count = next
    self.blockOfPoint = blockOfPoint
    points = blocks.indices.map { block in blockOfPoint.indices.filter { blockOfPoint[$0] == block } }
    coordinate = blockOfPoint.indices.map { row in
      blockOfPoint.indices.map { column in
        let (first, second) = (blockOfPoint[row], blockOfPoint[column])
        if first != second { return between[first][second] }
        return row == column ? diagonal[first] : within[first] ?? diagonal[first]
      }
    }
  }

  /// An entry that is the coordinate.
  func entry(_ position: Int) -> (row: Int, column: Int) {
    for row in coordinate.indices {
      if let column = coordinate[row].firstIndex(of: position) { return (row, column) }
    }
    preconditionFailure("every coordinate is some entry")
  }

  /// The coordinates of a matrix that the subgroup fixes.
  func coordinates<Scalar>(of matrix: [[Scalar]]) -> [Scalar] {
    (0..<count).map { position in
      let (row, column) = entry(position)
      return matrix[row][column]
    }
  }

  func matrix<Scalar>(_ coordinates: [Scalar]) -> [[Scalar]] {
    coordinate.map { row in row.map { coordinates[$0] } }
  }

  /// Where the coordinates come from when blocks are permuted.
  ///
  /// - Parameter permutation: where each block goes, of the same size.
  func images(_ permutation: [Int]) -> [Int] {
    func image(_ point: Int) -> Int {
      let block = blockOfPoint[point]
      return points[permutation[block]][point - points[block][0]]
    }
    return (0..<count).map { position in
      let (row, column) = entry(position)
      return coordinate[image(row)][image(column)]
    }
  }

  /// The coordinates of I.
  var identity: [Double] {
    (0..<count).map { position in
      let (row, column) = entry(position)
      return row == column ? 1 : 0
    }
  }

  /// The directions in which one coordinate grows.
  var directions: [Direction] {
    (0..<count).map { position in
      Direction(units: units) { row, column in coordinate[row][column] == position ? 1 : 0 }
    }
  }
}

/// A matrix of small integers, most of them zero, in whose direction the loss is derived.
struct Direction: Sendable {
  struct Entry: Sendable {
    let column: Int
    let value: Int
  }

  /// The entries that are not zero, row by row.
  let rows: [[Entry]]
  /// The sums of the columns.
  let columnSums: [Int]

  init(units: Int, _ value: (_ row: Int, _ column: Int) -> Int) {
    rows = (0..<units).map { row in
      (0..<units).compactMap { column in
        let entry = value(row, column)
        return entry == 0 ? nil : Entry(column: column, value: entry)
      }
    }
    var sums = [Int](repeating: 0, count: units)
    for row in rows {
      for entry in row { sums[entry.column] += entry.value }
    }
    columnSums = sums
  }

  /// The inner product of two rows.
  static func product(_ left: [Entry], _ right: [Entry]) -> Int {
    left.reduce(0) { sum, entry in
      sum + entry.value * (right.first { $0.column == entry.column }?.value ?? 0)
    }
  }
}
