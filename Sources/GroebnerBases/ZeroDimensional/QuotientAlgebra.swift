import Algebra
import CKernels

/// The ring modulo a zero-dimensional ideal over a prime field, as a vector space on the standard monomials,
/// with the multiplications by variables.
final class QuotientAlgebra {
  let field: PrimeField
  let lanes: FieldLanes
  let variableCount: Int
  /// Exponent vectors of the standard monomials by ascending order; the first one is 1.
  let standardMonomials: [[UInt32]]
  /// Words of a vector: the dimension rounded up to what the kernels work on.
  let stride: Int
  private let basis: PartialBasis
  private let number: [[UInt32]: Int]
  private var multiplications: [Int: Multiplication] = [:]

  var dimension: Int { standardMonomials.count }

  /// What multiplying the standard monomials by a variable gives.
  final class Multiplication {
    /// The standard monomial that the product is, or −1.
    fileprivate(set) var monomial: [Int] = []
    /// Otherwise the number of its vector in `vectors`.
    fileprivate(set) var dense: [Int] = []
    fileprivate let vectors = GrowableBuffer<UInt32>(capacity: 64)
    fileprivate let stride: Int

    fileprivate init(stride: Int) { self.stride = stride }

    @inline(__always)
    func vector(_ number: Int) -> UnsafeMutablePointer<UInt32> { vectors.base + number * stride }
  }

  /// - Parameters:
  ///   - basis: a reduced basis modulo the prime, packed; takes ownership of the polynomials.
  ///   - standardMonomials: all monomials outside of the leading ideal.
  init(
    basis polynomials: [ModularPolynomial], layout: MonomialLayout, standardMonomials: [[UInt32]],
    field: PrimeField
  ) {
    self.field = field
    self.standardMonomials = standardMonomials
    lanes = FieldLanes(repeating: field)
    variableCount = layout.variableCount
    stride = FieldLanes.padded(standardMonomials.count)
    basis = PartialBasis(layout: layout)
    for polynomial in polynomials { basis.appendElement(polynomial, sugar: 0) }
    number = Dictionary(uniqueKeysWithValues: standardMonomials.enumerated().map { ($1, $0) })
  }

  /// The monomials outside of the monomial ideal with these generators, by ascending order; `nil` if there are
  /// infinitely many.
  ///
  /// - Throws: `AlgebraError.tooLarge` above `limit` monomials.
  static func standardMonomials(
    leadingExponents: [[UInt32]], variableCount: Int, order: MonomialOrder, limit: Int
  ) throws -> [[UInt32]]? {
    for variable in 0..<variableCount {
      let hasPower = leadingExponents.contains { vector in
        (0..<variableCount).allSatisfy { $0 == variable || vector[$0] == 0 }
      }
      guard hasPower else { return nil }
    }
    func isStandard(_ vector: [UInt32]) -> Bool {
      !leadingExponents.contains { lead in (0..<variableCount).allSatisfy { lead[$0] <= vector[$0] } }
    }
    var found: [[UInt32]] = []
    var border = [[UInt32](repeating: 0, count: variableCount)]
    if !isStandard(border[0]) { return [] }
    // Each monomial is reached once: by raising its last variable.
    while let vector = border.popLast() {
      found.append(vector)
      guard found.count <= limit else {
        throw AlgebraError.tooLarge("a quotient ring of dimension above \(limit)")
      }
      let last = vector.lastIndex { $0 > 0 } ?? 0
      for variable in last..<variableCount {
        var next = vector
        next[variable] += 1
        if isStandard(next) { border.append(next) }
      }
    }
    return found.sorted { order.compare($0.map(Int.init), $1.map(Int.init)) < 0 }
  }

  /// The normal forms of monomials, one vector of `stride` words after the other.
  ///
  /// - Throws: `ExponentOverflow`, `Interruption`.
  func normalForms(_ monomials: [[UInt32]], control: Control) throws -> GrowableBuffer<UInt32> {
    let layout = basis.layout
    let result = GrowableBuffer<UInt32>(capacity: max(1, monomials.count * stride))
    result.append(repeating: 0, count: monomials.count * stride)
    let owner = PartialBasis(layout: layout)
    let matrix = MacaulayMatrix(layout: layout)
    for (i, monomial) in monomials.enumerated() {
      let single = ModularPolynomial(count: 1, words: layout.words)
      owner.appendInput(single)
      single.coefficients[0] = 1
      guard layout.pack(monomial, into: single.monomials),
        matrix.appendLower(i, in: owner, lead: single.monomials)
      else { throw ExponentOverflow() }
    }
    guard try matrix.complete(with: basis, control: control) else { throw ExponentOverflow() }
    var exponents = [UInt32](repeating: 0, count: variableCount)
    let places = (0..<matrix.remainingCount).map { column -> Int in
      layout.unpack(matrix.monomial(ofColumn: matrix.pivotCount + column), into: &exponents)
      guard let place = number[exponents] else { preconditionFailure("only standard monomials remain") }
      return place
    }
    try MatrixReduction(field: field).reduceLower(matrix, upper: basis, lower: owner, control: control) {
      i, row in
      for (column, place) in places.enumerated() { result[i * stride + place] = row[column] }
    }
    return result
  }

  /// - Throws: `ExponentOverflow`, `Interruption`.
  func multiplication(by variable: Int, control: Control) throws -> Multiplication {
    if let known = multiplications[variable] { return known }
    let result = Multiplication(stride: stride)
    var products: [[UInt32]] = []
    for vector in standardMonomials {
      var product = vector
      product[variable] += 1
      if let place = number[product] {
        result.monomial.append(place)
        result.dense.append(-1)
      } else {
        result.monomial.append(-1)
        result.dense.append(products.count)
        products.append(product)
      }
    }
    let vectors = try normalForms(products, control: control)
    result.vectors.append(from: vectors.base, count: vectors.count)
    multiplications[variable] = result
    return result
  }

  /// The vector of a product with a variable.
  ///
  /// - Parameter result: a vector different from the argument.
  func multiply(
    _ vector: UnsafePointer<UInt32>, by multiplication: Multiplication,
    into result: UnsafeMutablePointer<UInt32>
  ) {
    result.update(repeating: 0, count: stride)
    var sources: [UnsafePointer<UInt32>?] = []
    var factors: [UInt32] = []
    for (i, place) in multiplication.monomial.enumerated() where vector[i] != 0 {
      if place >= 0 {
        result[place] = field.add(result[place], vector[i])
      } else {
        sources.append(UnsafePointer(multiplication.vector(multiplication.dense[i])))
        factors.append(vector[i])
      }
    }
    var target: UnsafeMutablePointer<UInt32>? = result
    ck_add_dense(&target, 1, sources, sources.count, factors, 0, stride, lanes.constants)
  }
}
