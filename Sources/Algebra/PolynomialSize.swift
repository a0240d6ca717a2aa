#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Upper bounds on what a polynomial takes up, for deciding whether a result can be stored.
package struct PolynomialSize {
  /// The degree in each variable; a floating-point number, as it is only a bound.
  private let degrees: [Double]
  /// The binary logarithm of the number of terms.
  private let terms: Double
  /// The binary logarithm of the coefficients' numerators and denominators.
  private let bits: Double

  /// - Parameters:
  ///   - degrees: in each variable, 0 for zero.
  ///   - terms: the binary logarithm of their number.
  ///   - bits: an upper bound for the binary logarithm of numerators and denominators.
  package init(degrees: [Double], terms: Double, bits: Double) {
    self.degrees = degrees
    // There are not more terms than monomials of such degrees.
    self.terms = min(terms, degrees.reduce(0) { $0 + log2($1 + 1) })
    self.bits = bits
  }

  package func times(_ other: PolynomialSize) -> PolynomialSize {
    PolynomialSize(
      degrees: zip(degrees, other.degrees).map { $0 + $1 }, terms: terms + other.terms,
      bits: bits + other.bits + min(terms, other.terms))
  }

  package func power(_ exponent: Int) -> PolynomialSize {
    let factors = Double(exponent)
    // A choice of `exponent` terms with repetition: binomial(n, k) ≤ (e · n / k)^k.
    let (free, chosen) = (exp2(terms) - 1, factors)
    let least = min(free, chosen)
    let choices = least < 0.5 ? 0 : least * log2(2.7182818284590453 * (free + chosen) / least)
    return PolynomialSize(
      degrees: degrees.map { $0 * factors }, terms: choices, bits: (bits + terms) * factors)
  }

  /// - Throws: `AlgebraError.tooLarge` if an exponent would pass 2⁴⁰ or the whole 8 GiB.
  package func check() throws {
    try checkExponents()
    guard bits <= SizeLimits.bits, exp2(terms) * (bits + Double(64 * (degrees.count + 1))) <= 0x1p36 else {
      throw AlgebraError.tooLarge("a polynomial of more than 2^36 bits")
    }
  }

  /// The number of terms of a product is mostly far below the bound, so that much is allowed.
  ///
  /// - Throws: `AlgebraError.tooLarge` if an exponent would pass 2⁴⁰, or if there could be more than 2³⁶ terms.
  package func checkProduct(with other: PolynomialSize) throws {
    let product = times(other)
    try product.checkExponents()
    guard product.terms <= 36 else { throw AlgebraError.tooLarge("a product of more than 2^36 terms") }
  }

  /// For a product of powers of polynomials in so many variables, one for each factor.
  ///
  /// - Throws: as `check`.
  package static func checkProduct(
    of factors: [PolynomialSize], exponents: [Int], variableCount: Int
  ) throws {
    let one = PolynomialSize(degrees: Array(repeating: 0, count: variableCount), terms: 0, bits: 0)
    try zip(factors, exponents).reduce(one) { product, factor in
      factor.1 > 0 ? product.times(factor.0.power(factor.1)) : product
    }.check()
  }

  private func checkExponents() throws {
    guard degrees.allSatisfy({ $0 <= Double(SizeLimits.exponent) }) else {
      throw AlgebraError.tooLarge("an exponent above 2^40")
    }
  }
}
