import Algebra
import CKernels

/// Reduces Macaulay matrices over a prime field, eight rows side by side.
final class MatrixReduction {
  let field: PrimeField
  private let lanes: FieldLanes
  private let accumulators = GrowableBuffer<UInt64>(capacity: 1024)
  private let pivots = GrowableBuffer<CKRow>(capacity: 256)
  private let split = GrowableBuffer<UInt32>(capacity: 1024)
  private static let width = FieldLanes.count

  init(field: PrimeField) {
    self.field = field
    lanes = FieldLanes(repeating: field)
  }

  /// The reduced row echelon form of the lower rows modulo the upper ones, on the columns without pivot, and
  /// the numbers of lower rows that were independent of the ones before.
  ///
  /// Proved: every lower row is reduced, unless `rankLimit` is reached before.
  func reduceExactly(
    _ matrix: MacaulayMatrix, _ basis: PartialBasis, rankLimit: Int = .max, control: Control
  ) throws(LimitReached) -> (form: DenseEchelonForm, independent: [Int]) {
    prepare(matrix, basis)
    let form = DenseEchelonForm(columns: matrix.remainingCount, field: field, lanes: lanes)
    var independent: [Int] = []
    var first = 0
    while first < matrix.lower.count, independent.count < rankLimit {
      try control.check()
      let last = min(first + Self.width, matrix.lower.count)
      place(first..<last, matrix, basis)
      let rows = eliminate(matrix)
      independent += form.insert(Array(rows[..<(last - first)])).map { first + $0 }
      first = last
    }
    return (form, independent)
  }

  /// The same form from random combinations of the lower rows.
  ///
  /// Lower rows are taken in blocks; from each block, random combinations are reduced until so many of them
  /// in a row vanish that the chance of having missed something is below 2⁻⁶⁰.
  func reduceByRandomCombinations(
    _ matrix: MacaulayMatrix, _ basis: PartialBasis, generator: inout SeededGenerator, control: Control
  ) throws(LimitReached) -> DenseEchelonForm {
    prepare(matrix, basis)
    let form = DenseEchelonForm(columns: matrix.remainingCount, field: field, lanes: lanes)
    let blockSize = blockSize(for: matrix)
    let wantedZeros = max(1, (60 + Self.bits(field.prime) - 1) / Self.bits(field.prime))
    var first = 0
    while first < matrix.lower.count {
      let last = min(first + blockSize, matrix.lower.count)
      if last - first <= 2 * Self.width {
        for start in stride(from: first, to: last, by: Self.width) {
          try control.check()
          let end = min(start + Self.width, last)
          place(start..<end, matrix, basis)
          _ = form.insert(Array(eliminate(matrix)[..<(end - start)]))
        }
      } else {
        var zeros = 0
        var found = 0
        while zeros < wantedZeros, found < last - first {
          try control.check()
          combine(first..<last, matrix, basis, &generator)
          let independent = form.insert(eliminate(matrix)).count
          found += independent
          zeros = independent > 0 ? Self.width - independent : zeros + Self.width
        }
      }
      first = last
    }
    return form
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

  /// The lower rows without their leading terms, reduced by the upper rows: eight at a time, handed to the
  /// body as rows over the columns without pivot.
  func reduceTails(
    _ matrix: MacaulayMatrix, _ basis: PartialBasis, control: Control,
    _ body: (_ lower: Int, _ row: UnsafePointer<UInt32>) -> Void
  ) throws(LimitReached) {
    prepare(matrix, basis)
    var first = 0
    while first < matrix.lower.count {
      try control.check()
      let last = min(first + Self.width, matrix.lower.count)
      place(first..<last, matrix, basis)
      for (lane, number) in (first..<last).enumerated() {
        let lead = Int(matrix.entries[matrix.lower[number].start])
        accumulators[Self.width * lead + lane] = 0
      }
      let rows = eliminate(matrix)
      for number in first..<last { body(number, rows[number - first]) }
      first = last
    }
  }

  /// The lower rows, which are multiples of polynomials of another list, reduced by the upper rows.
  func reduceLower(
    _ matrix: MacaulayMatrix, upper: PartialBasis, lower: PartialBasis, control: Control,
    _ body: (_ lower: Int, _ row: UnsafePointer<UInt32>) -> Void
  ) throws(LimitReached) {
    prepare(matrix, upper)
    for first in stride(from: 0, to: matrix.lower.count, by: Self.width) {
      try control.check()
      let last = min(first + Self.width, matrix.lower.count)
      place(first..<last, matrix, lower)
      let rows = eliminate(matrix)
      for number in first..<last { body(number, rows[number - first]) }
    }
  }

  /// Logarithm of the prime, rounded down.
  private static func bits(_ prime: UInt32) -> Int { 31 - prime.leadingZeroBitCount }

  private func prepare(_ matrix: MacaulayMatrix, _ basis: PartialBasis) {
    pivots.count = 0
    pivots.reserve(matrix.pivotCount)
    for column in 0..<matrix.pivotCount {
      pivots.append(row(matrix.upper[matrix.upperRowNumber(ofColumn: column)], matrix, basis))
    }
    accumulators.count = 0
    accumulators.append(repeating: 0, count: Self.width * matrix.columnCount)
    split.count = 0
    split.append(repeating: 0, count: Self.width * ((matrix.remainingCount + 15) / 16 * 16))
  }

  private func row(_ row: MacaulayMatrix.Row, _ matrix: MacaulayMatrix, _ basis: PartialBasis) -> CKRow {
    CKRow(
      columns: matrix.entries.base + row.start, shortColumns: nil,
      coefficients: basis.polynomials[Int(row.polynomial)].coefficients,
      count: row.count)
  }

  private func place(_ rows: Range<Int>, _ matrix: MacaulayMatrix, _ basis: PartialBasis) {
    for (lane, number) in rows.enumerated() {
      ck_place_row(accumulators.base, row(matrix.lower[number], matrix, basis), UInt32(lane))
    }
  }

  private func combine(
    _ rows: Range<Int>, _ matrix: MacaulayMatrix, _ basis: PartialBasis, _ generator: inout SeededGenerator
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.width) { multipliers in
      guard let address = multipliers.baseAddress else { return }
      for number in rows {
        for lane in 0..<Self.width {
          address[lane] = ((generator.next() >> 32) * UInt64(field.prime)) >> 32
        }
        ck_add_row(accumulators.base, row(matrix.lower[number], matrix, basis), address, lanes.constants)
      }
    }
  }

  /// Eliminates the pivot columns from the accumulators and empties them into eight dense rows.
  private func eliminate(_ matrix: MacaulayMatrix) -> [UnsafeMutablePointer<UInt32>] {
    let right = accumulators.base + Self.width * matrix.pivotCount
    let stride = (matrix.remainingCount + 15) / 16 * 16
    ck_eliminate_rows(
      accumulators.base, pivots.base, 0, UInt32(matrix.pivotCount), lanes.constants)
    let rows = (0..<Self.width).map { split.base + $0 * stride }
    let targets = rows.map { UnsafeMutablePointer<UInt32>?($0) }
    ck_split_lanes(right, matrix.remainingCount, targets, lanes.constants)
    right.update(repeating: 0, count: Self.width * matrix.remainingCount)
    return rows
  }
}
