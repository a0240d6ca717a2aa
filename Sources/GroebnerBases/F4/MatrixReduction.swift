import Algebra
import CKernels

/// Reduces Macaulay matrices over a prime field, eight rows side by side on every thread.
final class MatrixReduction {
  let field: PrimeField
  private let lanes: FieldLanes
  private let seed: UInt64
  /// One for each thread.
  private let workspaces: [RowWorkspace]
  private let pivots = GrowableBuffer<CKRow>(capacity: 256)
  /// Groups of random combinations that were used so far.
  private var combinations: UInt64 = 0
  private static let width = FieldLanes.count
  /// The number of entries from which on a matrix is worth several threads.
  private static let parallelSize = 1 << 16

  /// - Parameter seed: for random combinations.
  init(field: PrimeField, seed: UInt64 = 0, threads: Int = 1) {
    self.field = field
    self.seed = seed
    lanes = FieldLanes(repeating: field)
    workspaces = (0..<threads).map { _ in RowWorkspace() }
  }

  /// The reduced row echelon form of the lower rows modulo the upper ones, on the columns without pivot, and
  /// the numbers of lower rows that were independent of the ones before.
  ///
  /// Proved: every lower row is reduced, unless `rankLimit` is reached before.
  func reduceExactly(
    _ matrix: MacaulayMatrix, _ basis: PartialBasis, rankLimit: Int = .max, control: Control
  ) throws(Interruption) -> (form: DenseEchelonForm, independent: [Int]) {
    let elimination = prepare(matrix, upper: basis)
    let form = DenseEchelonForm(columns: matrix.remainingCount, field: field, lanes: lanes)
    var independent: [Int] = []
    for blocks in rounds(of: 0..<matrix.lower.count, matrix) {
      guard independent.count < rankLimit else { break }
      try control.check()
      let results = eliminate(blocks.count, elimination) { number, space in
        elimination.place(blocks[number], space)
      }
      for (block, rows) in zip(blocks, results) where independent.count < rankLimit {
        independent += form.insert(Array(rows[..<block.count])).map { block.lowerBound + $0 }
      }
    }
    return (form, independent)
  }

  /// The same for a matrix whose rank is known from another prime: the independent rows are found first, and
  /// only they are reduced.
  ///
  /// Probable: the rows' products with random vectors, a few more than the rank, depend on each other as the
  /// rows do. They cost one pass over the matrix for eight vectors, from the last pivot column to the first.
  func reduceIndependent(
    _ matrix: MacaulayMatrix, _ basis: PartialBasis, rank: Int, control: Control
  ) throws(Interruption) -> (form: DenseEchelonForm, independent: [Int]) {
    guard 2 * rank < matrix.lower.count else {
      return try reduceExactly(matrix, basis, rankLimit: rank, control: control)
    }
    let elimination = prepare(matrix, upper: basis)
    let chosen = try independentRows(elimination, rank: rank, control)
    let form = DenseEchelonForm(columns: matrix.remainingCount, field: field, lanes: lanes)
    var independent: [Int] = []
    for positions in rounds(of: chosen.indices, matrix) {
      try control.check()
      let results = eliminate(positions.count, elimination) { number, space in
        elimination.place(chosen[positions[number]], space)
      }
      for (block, rows) in zip(positions, results) {
        independent += form.insert(Array(rows[..<block.count])).map { chosen[block.lowerBound + $0] }
      }
    }
    return (form, independent)
  }

  private func independentRows(
    _ elimination: RowElimination, rank: Int, _ control: Control
  ) throws(Interruption) -> [Int] {
    let groups = (rank + Self.width - 1) / Self.width
    let projections = DenseEchelonForm(columns: Self.width * groups, field: field, lanes: lanes)
    let count = elimination.matrix.lower.count
    let words = GrowableBuffer<UInt32>(capacity: max(1, count * projections.stride))
    words.append(repeating: 0, count: count * projections.stride)
    let rows = ProjectedRows(first: words.base, stride: projections.stride, count: count)
    let (seed, spaces) = (seed, workspaces)
    let parallelism = parallelism(elimination.matrix)
    for first in stride(from: 0, to: groups, by: parallelism) {
      try control.check()
      let start = combinations
      let last = min(first + parallelism, groups)
      _ = concurrentMap(count: last - first, threads: last - first) { number in
        var generator = SeededGenerator(seed: seed, task: start + UInt64(number))
        elimination.project(rows.places(Self.width * (first + number)), &generator, spaces[number])
      }
      combinations += UInt64(last - first)
    }
    var independent: [Int] = []
    for first in stride(from: 0, to: count, by: Self.width) where independent.count < rank {
      let block = first..<min(first + Self.width, count)
      independent += projections.insert(Array(rows.places(0)[block])).map { first + $0 }
    }
    return Array(independent.prefix(rank))
  }

  /// Dense rows side by side, which threads fill at different places.
  private struct ProjectedRows: @unchecked Sendable {
    let first: UnsafeMutablePointer<UInt32>
    let stride: Int
    let count: Int

    func places(_ column: Int) -> [UnsafeMutablePointer<UInt32>] {
      (0..<count).map { first + $0 * stride + column }
    }
  }

  /// The same form from random combinations of the lower rows.
  ///
  /// Lower rows are taken in blocks; from each block, random combinations are reduced until so many of them
  /// in a row vanish that the chance of having missed something is below 2⁻⁶⁰.
  func reduceByRandomCombinations(
    _ matrix: MacaulayMatrix, _ basis: PartialBasis, control: Control
  ) throws(Interruption) -> DenseEchelonForm {
    let elimination = prepare(matrix, upper: basis)
    let form = DenseEchelonForm(columns: matrix.remainingCount, field: field, lanes: lanes)
    let blockSize = blockSize(for: matrix)
    for first in stride(from: 0, to: matrix.lower.count, by: blockSize) {
      let block = first..<min(first + blockSize, matrix.lower.count)
      if block.count > 2 * Self.width {
        try insertCombinations(of: block, into: form, elimination, control)
        continue
      }
      for blocks in rounds(of: block, matrix) {
        try control.check()
        let results = eliminate(blocks.count, elimination) { number, space in
          elimination.place(blocks[number], space)
        }
        for (block, rows) in zip(blocks, results) { _ = form.insert(Array(rows[..<block.count])) }
      }
    }
    return form
  }

  private func insertCombinations(
    of block: Range<Int>, into form: DenseEchelonForm, _ elimination: RowElimination, _ control: Control
  ) throws(Interruption) {
    let wantedZeros = max(1, (60 + Self.bits(field.prime) - 1) / Self.bits(field.prime))
    let seed = seed
    var (zeros, found) = (0, 0)
    while true {
      try control.check()
      let start = combinations
      let results = eliminate(parallelism(elimination.matrix), elimination) { number, space in
        var generator = SeededGenerator(seed: seed, task: start + UInt64(number))
        elimination.combine(block, &generator, space)
      }
      for rows in results {
        combinations += 1
        let independent = form.insert(rows).count
        found += independent
        zeros = independent > 0 ? Self.width - independent : zeros + Self.width
        if zeros >= wantedZeros || found >= block.count { return }
      }
    }
  }

  /// The number of lower rows that are combined with each other.
  ///
  /// Eight combinations of a block cost one pass over its rows and one over the upper rows; every block
  /// wastes about half of such an eight on vanishing combinations. With a rank of an eighth of the lower rows
  /// this is the number of blocks of least cost.
  private func blockSize(for matrix: MacaulayMatrix) -> Int {
    func entries(_ rows: GrowableBuffer<MacaulayMatrix.Row>) -> Double {
      var sum = 0
      for i in 0..<rows.count { sum += Int(rows[i].count) }
      return Double(sum)
    }
    let lowerCount = Double(matrix.lower.count)
    let blocks = (lowerCount / 32 * entries(matrix.lower) / max(1, entries(matrix.upper))).squareRoot()
    return max(4 * Self.width, Int(lowerCount / max(1, blocks.rounded())))
  }

  /// The lower rows without their leading terms, reduced by the upper rows, handed to the body in order as
  /// rows over the columns without pivot.
  func reduceTails(
    _ matrix: MacaulayMatrix, _ basis: PartialBasis, control: Control,
    _ body: (_ lower: Int, _ row: UnsafePointer<UInt32>) -> Void
  ) throws(Interruption) {
    let elimination = prepare(matrix, upper: basis)
    try reduce(elimination, control, body) { rows, space in elimination.placeTails(rows, space) }
  }

  /// The lower rows, which are multiples of polynomials of another list, reduced by the upper rows.
  func reduceLower(
    _ matrix: MacaulayMatrix, upper: PartialBasis, lower: PartialBasis, control: Control,
    _ body: (_ lower: Int, _ row: UnsafePointer<UInt32>) -> Void
  ) throws(Interruption) {
    let elimination = prepare(matrix, upper: upper, lower: lower)
    try reduce(elimination, control, body) { rows, space in elimination.place(rows, space) }
  }

  private func reduce(
    _ elimination: RowElimination, _ control: Control,
    _ body: (_ lower: Int, _ row: UnsafePointer<UInt32>) -> Void,
    placing place: @Sendable (Range<Int>, RowWorkspace) -> Void
  ) throws(Interruption) {
    for blocks in rounds(of: 0..<elimination.matrix.lower.count, elimination.matrix) {
      try control.check()
      let results = eliminate(blocks.count, elimination) { number, space in place(blocks[number], space) }
      for (block, rows) in zip(blocks, results) {
        for number in block { body(number, rows[number - block.lowerBound]) }
      }
    }
  }

  /// Logarithm of the prime, rounded down.
  private static func bits(_ prime: UInt32) -> Int { 31 - prime.leadingZeroBitCount }

  private func parallelism(_ matrix: MacaulayMatrix) -> Int {
    matrix.entries.count < Self.parallelSize ? 1 : workspaces.count
  }

  /// Rows in blocks of eight, as many blocks in a round as are reduced at the same time.
  private func rounds(of rows: Range<Int>, _ matrix: MacaulayMatrix) -> [[Range<Int>]] {
    let blocks = stride(from: rows.lowerBound, to: rows.upperBound, by: Self.width).map {
      $0..<min($0 + Self.width, rows.upperBound)
    }
    let count = parallelism(matrix)
    return stride(from: 0, to: blocks.count, by: count).map {
      Array(blocks[$0..<min($0 + count, blocks.count)])
    }
  }

  private func prepare(
    _ matrix: MacaulayMatrix, upper: PartialBasis, lower: PartialBasis? = nil
  ) -> RowElimination {
    pivots.count = 0
    pivots.reserve(matrix.pivotCount)
    for column in 0..<matrix.pivotCount {
      pivots.append(matrix.upper[matrix.upperRowNumber(ofColumn: column)].kernelRow(matrix, upper))
    }
    for space in workspaces.prefix(parallelism(matrix)) { space.prepare(for: matrix) }
    return RowElimination(matrix: matrix, lower: lower ?? upper, pivots: pivots, lanes: lanes)
  }

  /// Fills so many workspaces and eliminates the pivot columns from them, side by side; their rows.
  private func eliminate(
    _ count: Int, _ elimination: RowElimination, filling fill: @Sendable (Int, RowWorkspace) -> Void
  ) -> [[UnsafeMutablePointer<UInt32>]] {
    let spaces = workspaces
    _ = concurrentMap(count: count, threads: count) { number in
      fill(number, spaces[number])
      elimination.eliminate(spaces[number])
    }
    return spaces[..<count].map(\.rows)
  }
}
