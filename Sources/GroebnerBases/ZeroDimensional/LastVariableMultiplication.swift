import Algebra
import CKernels

/// Multiplication by the last variable in the ring modulo a zero-dimensional ideal over Q, ready to be reduced
/// modulo primes: for ideals in which every product of a standard monomial with the last variable is a
/// standard or a leading monomial, so that nothing needs to be reduced.
///
/// That is the rule for the degree reverse lexicographic order in generic coordinates (Faugère, Gaudry, Huot,
/// Renault, ISSAC 2014, doi:10.1145/2608628.2608669).
final class LastVariableMultiplication: @unchecked Sendable {
  let dimension: Int
  /// Words of a vector: the dimension rounded up to what the kernels work on.
  let stride: Int
  /// The standard monomial that each product is, or −1 − (number of its row).
  private let products: [Int]
  /// For each coordinate but the last its number among the standard monomials, or −1 − (number of its row).
  private let coordinates: [Int]
  private struct Row {
    /// Where the leading coefficient stands in `table`; the others follow.
    var lead: Int
    var columns: [Int]
  }
  private let rows: [Row]
  private let table = DigitTable()

  /// `nil` if a product would have to be reduced.
  init?(_ basis: GroebnerBasis, standardMonomials: [[UInt32]]) {
    let n = basis.variableCount
    let number = Dictionary(uniqueKeysWithValues: standardMonomials.enumerated().map { ($1, $0) })
    let leads = Dictionary(uniqueKeysWithValues: basis.leadingExponents.enumerated().map { ($1, $0) })
    var rows: [Row] = []
    var rowOfElement: [Int: Int] = [:]
    let table = self.table
    func place(_ monomial: [UInt32]) -> Int? {
      if let place = number[monomial] { return place }
      guard let element = leads[monomial] else { return nil }
      if let row = rowOfElement[element] { return -1 - row }
      let polynomial = basis[element]
      let row = Row(
        lead: table.count,
        columns: (1..<polynomial.termCount).compactMap { number[Array(polynomial.exponents(ofTerm: $0))] })
      for coefficient in polynomial.coefficients { table.append(coefficient) }
      rowOfElement[element] = rows.count
      rows.append(row)
      return -1 - (rows.count - 1)
    }
    var products: [Int] = []
    for vector in standardMonomials {
      var product = vector
      product[n - 1] += 1
      guard let place = place(product) else { return nil }
      products.append(place)
    }
    var coordinates: [Int] = []
    for variable in 0..<n - 1 {
      var vector = [UInt32](repeating: 0, count: n)
      vector[variable] = 1
      guard let place = place(vector) else { return nil }
      coordinates.append(place)
    }
    dimension = standardMonomials.count
    stride = (dimension + 15) / 16 * 16
    self.products = products
    self.coordinates = coordinates
    self.rows = rows
  }

  /// The values of a random linear form at powers of the last variable and at their products with the other
  /// coordinates; `nil` if the prime divides a leading coefficient.
  ///
  /// - Throws: `LimitReached`.
  func moments(field: PrimeField, control: Control) throws(LimitReached) -> QuotientMoments? {
    let lanes = FieldLanes(repeating: field)
    let residues = table.residues(lanes: lanes)
    let dense = GrowableBuffer<UInt32>(capacity: max(1, stride * rows.count))
    dense.append(repeating: 0, count: stride * rows.count)
    for (number, row) in rows.enumerated() {
      let lead = residues[row.lead]
      guard lead != 0 else { return nil }
      let factor = field.negate(field.inverse(lead))
      for (term, column) in row.columns.enumerated() {
        dense[number * stride + column] = field.multiply(residues[row.lead + 1 + term], factor)
      }
    }
    let form = GrowableBuffer<UInt32>(capacity: stride)
    let next = GrowableBuffer<UInt32>(capacity: stride)
    QuotientMoments.fillWithForm(form, next, dimension: dimension, stride: stride, field: field)
    func value(_ place: Int) -> UInt32 {
      guard place < 0 else { return form[place] }
      let sum = ck_dense_dot(form.base, dense.base + (-1 - place) * stride, stride, lanes.constants)
      return UInt32(truncatingIfNeeded: sum % UInt64(field.prime))
    }
    var moments = QuotientMoments(coordinateCount: coordinates.count)
    for k in 0..<2 * dimension {
      if k & 15 == 0 { try control.check() }
      moments.powers.append(form[0])
      if k < dimension {
        for (i, place) in coordinates.enumerated() { moments.coordinates[i].append(value(place)) }
      }
      for (i, place) in products.enumerated() { next[i] = value(place) }
      form.base.update(from: next.base, count: dimension)
    }
    return moments
  }
}

/// The values of a linear form at the powers of an element of a quotient ring, and at their products with
/// coordinates.
struct QuotientMoments {
  var powers: [UInt32] = []
  var coordinates: [[UInt32]]

  init(coordinateCount: Int) { coordinates = Array(repeating: [], count: coordinateCount) }

  /// Writes a form that depends on nothing but the prime and the dimension.
  static func fillWithForm(
    _ form: GrowableBuffer<UInt32>, _ next: GrowableBuffer<UInt32>, dimension: Int, stride: Int,
    field: PrimeField
  ) {
    var generator = SeededGenerator(seed: 0x5EED, task: UInt64(field.prime))
    for buffer in [form, next] {
      buffer.count = 0
      buffer.append(repeating: 0, count: stride)
    }
    for i in 0..<dimension {
      form[i] = UInt32(truncatingIfNeeded: ((generator.next() >> 32) * UInt64(field.prime)) >> 32)
    }
  }
}
