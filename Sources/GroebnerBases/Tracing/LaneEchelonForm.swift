import Algebra
import CKernels

/// The reduced row echelon form of dense rows modulo eight primes at once, with prescribed pivots.
struct LaneEchelonForm {
  private static let width = FieldLanes.count
  /// Rows that are eliminated together before the others are brought up to date.
  private static let blockSize = 8

  private let lanes: FieldLanes
  private let columns: Int
  private let rows: [UnsafeMutablePointer<UInt32>]
  private let pivots: [Int]
  /// Lanes in which a pivot vanished, as a bit set.
  private(set) var failures: UInt8 = 0
  private let multipliers = GrowableBuffer<UInt32>(capacity: 1024)

  /// - Parameter rows: `columns` times eight words each; row i gets the pivot `pivots[i]`.
  init(rows: [UnsafeMutablePointer<UInt32>], columns: Int, pivots: [Int], lanes: FieldLanes) {
    self.rows = rows
    self.columns = columns
    self.pivots = pivots
    self.lanes = lanes
  }

  /// - Throws: `Interruption`.
  mutating func eliminate(_ control: Control) throws(Interruption) {
    var first = 0
    while first < rows.count {
      try control.check()
      let last = min(first + Self.blockSize, rows.count)
      reduce(Array(first..<last), by: 0..<first)
      for row in first..<last {
        normalise(row)
        reduce((first..<last).filter { $0 != row }, by: row..<row + 1)
      }
      reduce(Array(0..<first), by: first..<last)
      first = last
    }
  }

  /// Makes the pivot one where it is not zero.
  private mutating func normalise(_ row: Int) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.width) { factors in
      for lane in 0..<Self.width {
        let value = rows[row][Self.width * pivots[row] + lane]
        if value == 0 {
          failures |= 1 << UInt8(lane)
          factors[lane] = 0
        } else {
          factors[lane] = lanes.fields[lane].inverse(value)
        }
      }
      ck_scale_dense_lanes(rows[row], factors.baseAddress, 0, columns, lanes.constants)
    }
  }

  private func reduce(_ targets: [Int], by sources: Range<Int>) {
    guard !sources.isEmpty else { return }
    multipliers.count = 0
    var touched: [UnsafeMutablePointer<UInt32>?] = []
    for target in targets {
      var any: UInt32 = 0
      for source in sources {
        for lane in 0..<Self.width {
          let value = rows[target][Self.width * pivots[source] + lane]
          any |= value
          multipliers.append(lanes.fields[lane].negate(value))
        }
      }
      if any != 0 { touched.append(rows[target]) } else { multipliers.count -= Self.width * sources.count }
    }
    guard !touched.isEmpty else { return }
    let readable = sources.map { UnsafePointer<UInt32>?(rows[$0]) }
    ck_add_dense_lanes(
      touched, touched.count, readable, readable.count, multipliers.base, 0, columns, lanes.constants)
  }
}
