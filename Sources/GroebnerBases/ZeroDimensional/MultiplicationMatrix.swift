import Algebra
import CKernels

/// Multiplication by an element of a quotient ring over a prime field, in the basis of standard monomials, and
/// some coordinates as vectors in that basis.
///
/// Products that are standard monomials are known by their numbers; all others have a row.
struct MultiplicationMatrix {
  let dimension: Int
  /// For each standard monomial the one that its product is, or −1 − (number of the product's row).
  let products: [Int]
  /// The same for the coordinates themselves.
  let coordinates: [Int]
  private let rowCount: Int
  /// Words of a row: the dimension rounded up to what the kernels work on.
  private let stride: Int
  private let rows: GrowableBuffer<UInt32>
  private let lanes: FieldLanes

  /// With zeros in all rows.
  init(dimension: Int, products: [Int], coordinates: [Int], rowCount: Int, field: PrimeField) {
    self.dimension = dimension
    self.products = products
    self.coordinates = coordinates
    self.rowCount = rowCount
    stride = FieldLanes.padded(dimension)
    rows = GrowableBuffer(capacity: max(1, stride * rowCount))
    rows.append(repeating: 0, count: stride * rowCount)
    lanes = FieldLanes(repeating: field)
  }

  func row(_ number: Int) -> UnsafeMutablePointer<UInt32> { rows.base + number * stride }

  /// The values of a linear form at the powers of the element, and at their products with the coordinates.
  ///
  /// The form depends on the prime and the dimension only. Cost: twice the dimension times the size of the rows.
  ///
  /// - Throws: `Interruption`.
  func moments(control: Control) throws(Interruption) -> QuotientMoments {
    let field = lanes.fields[0]
    let form = GrowableBuffer<UInt32>(capacity: max(1, stride))
    form.append(repeating: 0, count: stride)
    var generator = SeededGenerator(seed: 0x5EED, task: UInt64(field.prime))
    for i in 0..<dimension {
      form[i] = UInt32(truncatingIfNeeded: ((generator.next() >> 32) * UInt64(field.prime)) >> 32)
    }
    let next = GrowableBuffer<UInt32>(capacity: max(1, stride))
    next.append(repeating: 0, count: stride)
    var values = [UInt32](repeating: 0, count: rowCount)
    var moments = QuotientMoments(coordinateCount: coordinates.count)
    for k in 0..<2 * dimension {
      if k & 15 == 0 { try control.check() }
      ck_dense_dots(&values, rows.base, rowCount, stride, form.base, lanes.constants)
      moments.powers.append(form[0])
      if k < dimension {
        for (i, place) in coordinates.enumerated() {
          moments.coordinates[i].append(place < 0 ? values[-1 - place] : form[place])
        }
      }
      for (i, place) in products.enumerated() { next[i] = place < 0 ? values[-1 - place] : form[place] }
      form.base.update(from: next.base, count: dimension)
    }
    return moments
  }
}

/// The values of a linear form at the powers of an element of a quotient ring, and at their products with
/// coordinates.
struct QuotientMoments: Sendable {
  var powers: [UInt32] = []
  var coordinates: [[UInt32]]

  init(coordinateCount: Int) { coordinates = Array(repeating: [], count: coordinateCount) }
}
