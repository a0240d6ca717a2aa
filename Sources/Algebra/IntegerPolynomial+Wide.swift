extension IntegerPolynomial {
  /// - Parameter coefficients: from the constant term upwards; zeros at the end are dropped.
  package init(_ coefficients: [WideInteger]) { self.init(coefficients: coefficients.map { Integer($0) }) }

  /// The coefficients from the constant term upwards.
  package var wideCoefficients: [WideInteger] { coefficients.map(\.wide) }
}

extension SparsePolynomial where Coefficient == WideInteger {
  /// A univariate polynomial in one of several variables, terms in descending order.
  package init(_ polynomial: some IntegerPolynomial, in variable: Int, variableCount: Int) {
    self.init(variableCount: variableCount)
    for (power, coefficient) in polynomial.coefficients.enumerated().reversed() where coefficient != 0 {
      append(
        exponents: (0..<variableCount).map { $0 == variable ? UInt32(power) : 0 },
        coefficient: coefficient.wide)
    }
  }
}
