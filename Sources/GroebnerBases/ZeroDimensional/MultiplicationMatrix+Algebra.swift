import Algebra
import CKernels

extension MultiplicationMatrix {
  /// Multiplication by any element, with reductions modulo the basis where products need them.
  ///
  /// - Parameters:
  ///   - element: a polynomial with residues as coefficients.
  ///   - coordinates: variables.
  /// - Throws: `ExponentOverflow`, `Interruption`.
  init(
    of element: SparsePolynomial<UInt32>, coordinates variables: [Int], in algebra: QuotientAlgebra,
    control: Control
  ) throws {
    let n = algebra.variableCount
    let images = try algebra.normalForms(
      variables.map { variable in (0..<n).map { $0 == variable ? 1 : 0 } }, control: control)
    // A single variable takes most monomials to monomials.
    let variable = element.singleVariable
    let known = try variable.map { try algebra.multiplication(by: $0, control: control) }
    var products = [Int](repeating: -1, count: algebra.dimension)
    var rowCount = 0
    for i in products.indices {
      if let known, known.monomial[i] >= 0 {
        products[i] = known.monomial[i]
      } else {
        rowCount += 1
        products[i] = -rowCount
      }
    }
    self.init(
      dimension: algebra.dimension, products: products,
      coordinates: variables.indices.map { -1 - rowCount - $0 }, rowCount: rowCount + variables.count,
      field: algebra.field)
    for (number, _) in variables.enumerated() {
      row(rowCount + number).update(from: images.base + number * algebra.stride, count: algebra.stride)
    }
    for (i, place) in products.enumerated() where place < 0 {
      if let known {
        row(-1 - place).update(from: known.vector(known.dense[i]), count: algebra.stride)
      } else {
        try algebra.multiply(standardMonomial: i, by: element, into: row(-1 - place), control: control)
      }
    }
  }
}

extension QuotientAlgebra {
  /// Adds the product of a standard monomial and an element to a vector.
  fileprivate func multiply(
    standardMonomial: Int, by element: SparsePolynomial<UInt32>, into result: UnsafeMutablePointer<UInt32>,
    control: Control
  ) throws {
    try control.check()
    let buffers = (0..<2).map { _ in GrowableBuffer<UInt32>(capacity: stride) }
    for buffer in buffers { buffer.append(repeating: 0, count: stride) }
    for term in 0..<element.termCount {
      var (present, other) = (buffers[0], buffers[1])
      // The monomial itself, as long as it stays a standard one.
      var place: Int? = standardMonomial
      for (variable, exponent) in element.exponents(ofTerm: term).enumerated() {
        for _ in 0..<exponent {
          let multiplication = try multiplication(by: variable, control: control)
          if let standard = place {
            if multiplication.monomial[standard] >= 0 {
              place = multiplication.monomial[standard]
            } else {
              present.base.update(
                from: multiplication.vector(multiplication.dense[standard]), count: stride)
              place = nil
            }
          } else {
            multiply(present.base, by: multiplication, into: other.base)
            swap(&present, &other)
          }
        }
      }
      if let place {
        result[place] = field.add(result[place], element.coefficients[term])
      } else {
        var (target, source) = (
          UnsafeMutablePointer<UInt32>?(result), UnsafePointer<UInt32>?(UnsafePointer(present.base))
        )
        ck_add_dense(&target, 1, &source, 1, [element.coefficients[term]], 0, stride, lanes.constants)
      }
    }
  }
}

extension SparsePolynomial where Coefficient == UInt32 {
  /// The variable that the polynomial consists of.
  fileprivate var singleVariable: Int? {
    guard termCount == 1, coefficients[0] == 1, exponents.reduce(0, +) == 1 else { return nil }
    return exponents.firstIndex(of: 1)
  }
}
