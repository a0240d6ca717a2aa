import Algebra

extension SwiftEngine.Polynomial {
  /// - Throws: also `AlgebraError.tooLarge` for quotients of millions of terms.
  public func dividedExactly(by divisor: Self) throws -> Self {
    try requireSameRing(divisor)
    guard !divisor.isZero else { throw AlgebraError.divisionByZero }
    guard !isZero else { return self }
    // A quotient of primitive polynomials has integer coefficients (Gauss).
    guard let quotient = try primitive.quotient(by: divisor.primitive) else {
      throw AlgebraError.inexactDivision
    }
    return try Self(ring, primitive: quotient, content: content.divided(by: divisor.content))
  }

  /// - Throws: also `AlgebraError.tooLarge` for results of millions of terms, and if an exponent of the result
  ///   passes 2⁴⁰.
  public func quotientsAndRemainder(
    dividingBy divisors: [Self]
  ) throws -> (quotients: [Self], remainder: Self) {
    for divisor in divisors {
      try requireSameRing(divisor)
      guard !divisor.isZero else { throw AlgebraError.divisionByZero }
    }
    guard !divisors.isEmpty, !isZero else { return (divisors.map { _ in ring.zero }, self) }
    let division = try SparseDivision(primitive, by: divisors.map(\.primitive), requiring: .none)
    guard let division else { preconditionFailure("a division with remainder always ends") }
    func polynomial(_ terms: SparseDivision.Terms, times factor: Rational) -> Self {
      let (integers, denominator) = terms.over(division.layout)
      return Self(ring, integers, over: denominator, times: factor)
    }
    let quotients = try zip(division.quotients, divisors).map { terms, divisor in
      polynomial(terms, times: try content.divided(by: divisor.content))
    }
    return (quotients, polynomial(division.remainder, times: content))
  }

  public func greatestCommonDivisor(with other: Self) throws -> Self {
    try requireSameRing(other)
    let divisor = try SparseTerms.greatestCommonDivisor(primitive, other.primitive)
    guard let lead = divisor.coefficients.first else { return ring.zero }
    return Self(ring, primitive: divisor, content: Rational(reducing: 1, lead))
  }
}
