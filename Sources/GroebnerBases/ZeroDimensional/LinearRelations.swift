import CKernels

/// Finds how vectors over a prime field depend on those before them: a reduced echelon form whose rows carry,
/// beside the vector, the combination of the given vectors that it is.
///
/// The rows that came last are reduced by all others at once, but the others by them only eight at a time.
final class LinearRelations {
  private let field: PrimeField
  private let lanes: FieldLanes
  private let dimension: Int
  /// Words of a vector, and of a row.
  private let half: Int
  private let stride: Int
  private let rows: GrowableBuffer<UInt32>
  private let row: GrowableBuffer<UInt32>
  private var pivots: [Int] = []
  /// The number of the rows before the last ones.
  private var settled = 0
  private static let blockSize = 8

  /// - Parameter dimension: of the space.
  init(dimension: Int, field: PrimeField, lanes: FieldLanes) {
    self.field = field
    self.lanes = lanes
    self.dimension = dimension
    half = FieldLanes.padded(dimension)
    stride = 2 * half
    rows = GrowableBuffer(capacity: max(1, dimension * stride))
    row = GrowableBuffer(capacity: max(1, stride))
  }

  /// The coefficients c with `vector + sum of c_i · v_i = 0` in the independent vectors v so far; or `nil` if
  /// the vector is independent, and the next one of them. Cost: the dimension times the number of vectors.
  func insert(_ vector: UnsafePointer<UInt32>) -> [UInt32]? {
    row.count = 0
    row.append(from: vector, count: dimension)
    row.append(repeating: 0, count: stride - dimension)
    let place = pivots.count
    // As many vectors as the dimension make every further one dependent.
    if place < dimension { row[half + place] = 1 }
    reduce(row.base, 1, by: 0..<settled)
    reduce(row.base, 1, by: settled..<place)
    let pivot = ck_first_nonzero(row.base, 0, dimension)
    guard pivot < dimension else { return (0..<place).map { row[half + $0] } }
    ck_scale_dense(row.base, field.inverse(row[pivot]), 0, stride, lanes.constants)
    rows.append(from: row.base, count: stride)
    pivots.append(pivot)
    reduce(rows.base + settled * stride, place - settled, by: place..<place + 1)
    if place + 1 - settled == Self.blockSize {
      reduce(rows.base, settled, by: settled..<place + 1)
      settled = place + 1
    }
    return nil
  }

  /// Makes the entries at the pivots of the sources, which are reduced by each other, zero in `count` rows.
  private func reduce(_ first: UnsafeMutablePointer<UInt32>, _ count: Int, by sources: Range<Int>) {
    guard count > 0, !sources.isEmpty else { return }
    let targets = (0..<count).map { UnsafeMutablePointer<UInt32>?(first + $0 * stride) }
    let multipliers = (0..<count).flatMap { target in
      sources.map { field.negate(first[target * stride + pivots[$0]]) }
    }
    let readable = sources.map { UnsafePointer<UInt32>?(rows.base + $0 * stride) }
    ck_add_dense(targets, count, readable, readable.count, multipliers, 0, stride, lanes.constants)
  }
}
