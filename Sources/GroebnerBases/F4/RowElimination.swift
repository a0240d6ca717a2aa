import Algebra
import CKernels

/// Accumulators for eight rows of a matrix, and what remains of the rows; one thread's.
///
/// The accumulators are zero between two eliminations.
final class RowWorkspace: @unchecked Sendable {
  fileprivate let accumulators = GrowableBuffer<UInt64>(capacity: 1024)
  private let remainders = GrowableBuffer<UInt32>(capacity: 1024)
  /// The reduced rows over the columns without pivot, padded with zeros to what the kernels work on.
  private(set) var rows: [UnsafeMutablePointer<UInt32>] = []

  private let values = GrowableBuffer<UInt32>(capacity: 1024)

  /// Room for eight words for each column.
  func projection(columns: Int) -> UnsafeMutablePointer<UInt32> {
    values.count = 0
    values.reserve(FieldLanes.count * columns)
    return values.base
  }

  func prepare(for matrix: MacaulayMatrix) {
    accumulators.count = 0
    accumulators.append(repeating: 0, count: FieldLanes.count * matrix.columnCount)
    let stride = FieldLanes.padded(matrix.remainingCount)
    remainders.count = 0
    remainders.append(repeating: 0, count: FieldLanes.count * stride)
    rows = (0..<FieldLanes.count).map { remainders.base + $0 * stride }
  }
}

/// The elimination of the pivot columns of one matrix from some of its lower rows. Threads read it.
struct RowElimination: @unchecked Sendable {
  let matrix: MacaulayMatrix
  /// What the lower rows are multiples of.
  let lower: PartialBasis
  /// The upper rows by their pivot columns.
  let pivots: GrowableBuffer<CKRow>
  let lanes: FieldLanes

  private static let width = FieldLanes.count

  /// Puts at most eight lower rows into the lanes.
  func place(_ rows: some Sequence<Int>, _ space: RowWorkspace) {
    for (lane, number) in rows.enumerated() {
      ck_place_row(space.accumulators.base, matrix.lower[number].kernelRow(matrix, lower), UInt32(lane))
    }
  }

  /// The same without their leading terms.
  func placeTails(_ rows: Range<Int>, _ space: RowWorkspace) {
    place(rows, space)
    for (lane, number) in rows.enumerated() {
      let lead = Int(matrix.entries[matrix.lower[number].start])
      space.accumulators[Self.width * lead + lane] = 0
    }
  }

  /// Puts eight random combinations of lower rows into the lanes.
  func combine(_ rows: Range<Int>, _ generator: inout SeededGenerator, _ space: RowWorkspace) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.width) { multipliers in
      guard let address = multipliers.baseAddress else { return }
      for number in rows {
        for lane in 0..<Self.width {
          address[lane] = ((generator.next() >> 32) * UInt64(lanes.fields[lane].prime)) >> 32
        }
        ck_add_row(
          space.accumulators.base, matrix.lower[number].kernelRow(matrix, lower), address, lanes.constants)
      }
    }
  }

  /// Eliminates the pivot columns from the accumulators and empties them into the rows.
  func eliminate(_ space: RowWorkspace) {
    let right = space.accumulators.base + Self.width * matrix.pivotCount
    ck_eliminate_rows(
      space.accumulators.base, pivots.base, 0, UInt32(matrix.pivotCount), lanes.constants)
    let targets = space.rows.map { UnsafeMutablePointer<UInt32>?($0) }
    ck_split_lanes(right, matrix.remainingCount, targets, lanes.constants)
    right.update(repeating: 0, count: Self.width * matrix.remainingCount)
  }
}

extension RowElimination {
  /// Every lower row, reduced, times eight random vectors on the columns without pivot.
  ///
  /// - Parameters:
  ///   - targets: one for each lower row; eight words of it are written.
  func project(
    _ targets: [UnsafeMutablePointer<UInt32>], _ generator: inout SeededGenerator, _ space: RowWorkspace
  ) {
    let values = space.projection(columns: matrix.columnCount)
    for word in Self.width * matrix.pivotCount..<Self.width * matrix.columnCount {
      values[word] = UInt32(
        truncatingIfNeeded: ((generator.next() >> 32) * UInt64(lanes.fields[0].prime)) >> 32)
    }
    ck_project_pivots(values, pivots.base, UInt32(matrix.pivotCount), lanes.constants)
    for (number, target) in targets.enumerated() {
      ck_project_row(values, matrix.lower[number].kernelRow(matrix, lower), target, lanes.constants)
    }
  }
}

extension MacaulayMatrix.Row {
  /// The row as the kernels read it.
  func kernelRow(_ matrix: MacaulayMatrix, _ basis: PartialBasis) -> CKRow {
    CKRow(
      columns: matrix.entries.base + start, shortColumns: nil,
      coefficients: basis.polynomials[Int(polynomial)].coefficients, count: count)
  }
}
