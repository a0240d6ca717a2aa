/// A multivariate polynomial as a plain value: exponent vectors and coefficients, nothing else.
///
/// The neutral form in which polynomials pass between modules. It knows neither a ring nor an order; terms
/// stand in the sequence in which they were given, and whoever makes a value says what that sequence is.
public struct SparsePolynomial<Coefficient: Hashable & Sendable>: Hashable, Sendable {
  public let variableCount: Int
  /// The exponents of all terms, `variableCount` for each.
  public private(set) var exponents: [UInt32]
  public private(set) var coefficients: [Coefficient]

  /// Zero.
  public init(variableCount: Int) {
    precondition(variableCount >= 1, "a polynomial has at least one variable")
    self.variableCount = variableCount
    exponents = []
    coefficients = []
  }

  /// - Parameter exponents: `variableCount` numbers for each coefficient.
  public init(variableCount: Int, exponents: [UInt32], coefficients: [Coefficient]) {
    precondition(variableCount >= 1 && exponents.count == variableCount * coefficients.count)
    self.variableCount = variableCount
    self.exponents = exponents
    self.coefficients = coefficients
  }

  public var termCount: Int { coefficients.count }
  public var isEmpty: Bool { coefficients.isEmpty }

  /// The exponent vector of a term.
  public func exponents(ofTerm term: Int) -> ArraySlice<UInt32> {
    exponents[term * variableCount..<(term + 1) * variableCount]
  }

  public mutating func append(exponents vector: some Collection<UInt32>, coefficient: Coefficient) {
    precondition(vector.count == variableCount)
    exponents.append(contentsOf: vector)
    coefficients.append(coefficient)
  }

  /// The same exponents with other coefficients.
  public func mapCoefficients<Other, Failure: Error>(
    _ transform: (Coefficient) throws(Failure) -> Other
  ) throws(Failure) -> SparsePolynomial<Other> {
    var mapped: [Other] = []
    mapped.reserveCapacity(coefficients.count)
    for coefficient in coefficients { mapped.append(try transform(coefficient)) }
    return SparsePolynomial<Other>(variableCount: variableCount, exponents: exponents, coefficients: mapped)
  }
}
