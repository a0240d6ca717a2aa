import Algebra

extension RationalPolynomialRing where Element.Ring == Self {
  /// `Σ coefficients[i] values[i]`, of as many polynomials of the ring as coefficients.
  ///
  /// - Throws: `AlgebraError.ringMismatch`.
  package func combination(_ coefficients: [Element.Rational], _ values: [Element]) throws -> Element {
    try zip(coefficients, values).reduce(zero) { sum, term in
      term.0 == 0 ? sum : try sum.adding(term.1.scaled(by: term.0))
    }
  }

  /// `Σ coefficients[i] x_i` over as many variables, given by their indices.
  package func combination(_ coefficients: [Element.Rational], ofVariables indices: Range<Int>) throws
    -> Element
  {
    try combination(coefficients, indices.map { variable($0) })
  }
}
