import CKernels

/// A growing matrix of dense rows over a prime field in reduced row echelon form.
final class DenseEchelonForm {
  private let field: PrimeField
  private let lanes: FieldLanes
  /// Columns, rounded up to what the kernels work on.
  let stride: Int
  private(set) var rows: [UnsafeMutablePointer<UInt32>] = []
  private(set) var pivots: [Int] = []
  private let multipliers = GrowableBuffer<UInt32>(capacity: 256)

  init(columns: Int, field: PrimeField, lanes: FieldLanes) {
    self.field = field
    self.lanes = lanes
    stride = FieldLanes.padded(columns)
  }

  deinit { for row in rows { row.deallocate() } }

  /// Reduces the given rows (of `stride` words, zero beyond the columns) by what is there and by each other,
  /// and keeps what is new. The given rows are used up.
  ///
  /// - Returns: the numbers of the given rows that were independent of the ones before.
  func insert(_ incoming: [UnsafeMutablePointer<UInt32>]) -> [Int] {
    reduce(incoming, by: rows, pivots: pivots)
    var independent: [Int] = []
    var newRows: [UnsafeMutablePointer<UInt32>] = []
    var newPivots: [Int] = []
    for (number, row) in incoming.enumerated() {
      let pivot = Int(ck_first_nonzero(row, 0, stride))
      guard pivot < stride else { continue }
      let start = pivot / 16 * 16
      ck_scale_dense(row, field.inverse(row[pivot]), start, stride, lanes.constants)
      let others = newRows + incoming[(number + 1)...]
      reduce(others, by: [row], pivots: [pivot], from: start)
      independent.append(number)
      newRows.append(row)
      newPivots.append(pivot)
    }
    reduce(rows, by: newRows, pivots: newPivots)
    for (row, pivot) in zip(newRows, newPivots) {
      let kept = UnsafeMutablePointer<UInt32>.allocate(capacity: max(stride, 1))
      kept.update(from: row, count: stride)
      rows.append(kept)
      pivots.append(pivot)
    }
    return independent
  }

  /// Clears the pivot columns of the sources, which are in reduced form, from the targets.
  private func reduce(
    _ targets: [UnsafeMutablePointer<UInt32>], by sources: [UnsafeMutablePointer<UInt32>], pivots: [Int],
    from start: Int = 0
  ) {
    guard !sources.isEmpty else { return }
    multipliers.count = 0
    var touched: [UnsafeMutablePointer<UInt32>?] = []
    for target in targets {
      var isTouched = false
      for pivot in pivots {
        let value = target[pivot]
        isTouched = isTouched || value != 0
        multipliers.append(field.negate(value))
      }
      if isTouched { touched.append(target) } else { multipliers.count -= pivots.count }
    }
    guard !touched.isEmpty else { return }
    let readable = sources.map { UnsafePointer<UInt32>?($0) }
    ck_add_dense(
      touched, touched.count, readable, readable.count, multipliers.base, start, stride, lanes.constants)
  }

  /// The numbers of the rows by descending pivot column.
  var rowsFromTheRight: [Int] { pivots.indices.sorted { pivots[$0] > pivots[$1] } }
}
