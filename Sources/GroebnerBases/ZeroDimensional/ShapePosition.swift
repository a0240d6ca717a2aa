import Algebra

/// The lexicographic basis `m(x_n), x_i − h_i(x_n)` of an ideal in shape position over a prime field.
///
/// By sparse linear algebra (Faugère and Mou, J. Symb. Comp. 80, 2017, doi:10.1016/j.jsc.2016.07.025). Cost:
/// quadratic in the dimension of the quotient ring, for each variable.
struct ShapePosition {
  /// m, monic, ascending.
  let minimalPolynomial: [UInt32]
  /// h_i for each variable but the last, ascending.
  let images: [[UInt32]]
  private let field: PrimeField

  /// `nil` if the ideal does not have this shape (or, seldom, if the random linear form was unfit).
  ///
  /// - Parameter moments: of the last variable, with all others as coordinates.
  init?(moments: QuotientMoments, dimension: Int, field: PrimeField) {
    let univariate = ModularUnivariate(field: field)
    let minimal = univariate.minimalPolynomial(ofSequence: moments.powers)
    guard minimal.count == dimension + 1 else { return nil }
    // With S = sum of s_k z^(-k-1) = a/m and T_i = a_i/m: a_i = h_i a modulo m.
    let numerator = univariate.numerator(of: moments.powers, over: minimal)
    guard let inverse = univariate.inverse(numerator, modulo: minimal) else { return nil }
    images = moments.coordinates.map { values in
      let product = univariate.multiply(univariate.numerator(of: values, over: minimal), inverse)
      return univariate.divide(product, by: minimal).remainder
    }
    minimalPolynomial = minimal
    self.field = field
  }

  /// The elements by ascending leading monomials, terms in descending order.
  var elements: [SparsePolynomial<UInt32>] {
    [element(minimalPolynomial, lead: nil)]
      + images.indices.reversed().map { element(images[$0].map(field.negate), lead: $0) }
  }

  private func element(_ coefficients: [UInt32], lead: Int?) -> SparsePolynomial<UInt32> {
    let n = images.count + 1
    var result = SparsePolynomial<UInt32>(variableCount: n)
    if let lead { result.append(exponents: (0..<n).map { $0 == lead ? 1 : 0 }, coefficient: 1) }
    var exponents = [UInt32](repeating: 0, count: n)
    for power in coefficients.indices.reversed() where coefficients[power] != 0 {
      exponents[n - 1] = UInt32(power)
      result.append(exponents: exponents, coefficient: coefficients[power])
    }
    return result
  }
}
