import CKernels

/// Records a trace while it observes a computation.
final class TraceRecorder: F4Observer {
  let trace: F4Trace
  private let words: Int

  /// - Parameter inputCounts: the numbers of terms of the inputs.
  init(inputCounts: [Int], layout: MonomialLayout) {
    trace = F4Trace(inputCounts: inputCounts)
    words = layout.words
  }

  func observeElimination(in matrix: MacaulayMatrix, independent: [Int], form: DenseEchelonForm) {
    guard !independent.isEmpty else { return }
    let rows = form.rowsFromTheRight
    let supports = rows.map { matrix.support(of: form.rows[$0]) }
    trace.append(
      Self.record(
        matrix, lowerRows: independent, pivots: form.pivots, results: Results(rows: rows, supports: supports))
    )
  }

  func observeTailReduction(in matrix: MacaulayMatrix, supports: [[UInt32]], basis: [ModularPolynomial]) {
    let rows = Array(basis.indices)
    trace.append(
      Self.record(matrix, lowerRows: rows, pivots: nil, results: Results(rows: rows, supports: supports)))
    trace.basisMonomials = basis.map { $0.copy(words: words) }
  }

  /// The nonzero columns of the results, ascending, one list for each.
  private struct Results {
    var rows: [Int]
    var supports: [[UInt32]]
  }

  /// Records the given lower rows of a matrix and whatever their reduction can touch.
  ///
  /// - Parameters:
  ///   - lowerRows: numbers of the lower rows that are kept.
  ///   - pivots: for an elimination, the pivot of each kept row, counted among the columns without pivot;
  ///     `nil` for a reduction of tails.
  private static func record(
    _ matrix: MacaulayMatrix, lowerRows: [Int], pivots: [Int]?, results: Results
  ) -> TracedMatrix {
    let pivotCount = matrix.pivotCount
    var isTouched = [Bool](repeating: false, count: matrix.columnCount)
    var entryCount = 0
    let entries = matrix.entries.base
    func touch(_ row: MacaulayMatrix.Row, skippingLead: Bool) {
      entryCount += Int(row.count)
      for i in (skippingLead ? 1 : 0)..<Int(row.count) { isTouched[Int(entries[row.start + i])] = true }
    }
    for number in lowerRows { touch(matrix.lower[number], skippingLead: pivots == nil) }
    var keptColumns: [Int] = []
    for column in 0..<pivotCount where isTouched[column] {
      keptColumns.append(column)
      touch(matrix.upper[matrix.upperRowNumber(ofColumn: column)], skippingLead: false)
    }
    // Leading columns of tails may have no pivot row of their own here; they are given a place all the same.
    var newColumn = [UInt32](repeating: 0, count: matrix.columnCount)
    for (new, column) in keptColumns.enumerated() { newColumn[column] = UInt32(new) }
    var remaining = 0
    for column in pivotCount..<matrix.columnCount where isTouched[column] {
      newColumn[column] = UInt32(keptColumns.count + remaining)
      remaining += 1
    }
    let copied = TracedMatrix.Columns(count: entryCount, columnCount: keptColumns.count + remaining)
    var next = 0
    func copy(_ row: MacaulayMatrix.Row) -> TracedMatrix.Row {
      for i in 0..<Int(row.count) { copied.set(next + i, newColumn[Int(entries[row.start + i])]) }
      defer { next += Int(row.count) }
      return TracedMatrix.Row(polynomial: row.polynomial, count: row.count, start: next)
    }
    let upper = keptColumns.map { copy(matrix.upper[matrix.upperRowNumber(ofColumn: $0)]) }
    let lower = lowerRows.map { copy(matrix.lower[$0]) }
    var supports: [UInt32] = []
    var outputs: [TracedMatrix.Output] = []
    func renumber(_ column: Int) -> Int { Int(newColumn[pivotCount + column]) - keptColumns.count }
    for (row, support) in zip(results.rows, results.supports) {
      let start = supports.count
      for column in support { supports.append(UInt32(renumber(Int(column)))) }
      outputs.append(TracedMatrix.Output(row: row, support: start..<supports.count))
    }
    return TracedMatrix(
      kind: pivots.map { .elimination(pivots: $0.map(renumber)) } ?? .tailReduction, upper: upper,
      lower: lower,
      outputs: outputs, remainingCount: remaining, entries: copied, entryCount: entryCount, supports: supports
    )
  }
}
