import Algebra
import GroebnerBases

/// The two forms of a polynomial: plain values for Gröbner bases, and the engine's polynomials for products,
/// greatest common divisors and factors.
public struct PolynomialNotation<Engine: AlgebraEngine>: Sendable {
  public let variables: [String]
  public let ring: Engine.PolynomialRing

  /// - Throws: `AlgebraError.outOfRange` for repeated names or none.
  public init(variables: [String]) throws {
    self.variables = variables
    ring = try Engine.PolynomialRing(variables: variables, order: .degreeReverseLexicographic)
  }

  /// - Throws: `AlgebraError.tooLarge`, `.shapeMismatch`.
  public func polynomial(_ value: SparsePolynomial<WideInteger>) throws -> Engine.Polynomial {
    try ring.polynomial(
      terms: (0..<value.termCount).map { term in
        PolynomialTerm(
          exponents: value.exponents(ofTerm: term).map(Int.init),
          coefficient: Engine.Rational(Engine.Integer(value.coefficients[term])))
      })
  }

  /// The primitive multiple with positive leading coefficient.
  ///
  /// - Throws: `AlgebraError.tooLarge` for exponents of 2³¹ or more.
  public func value(_ polynomial: Engine.Polynomial) throws -> SparsePolynomial<WideInteger> {
    try integerValue(polynomial.primitivePart)
  }

  /// A polynomial with integer coefficients as it is.
  func integerValue(_ polynomial: Engine.Polynomial) throws -> SparsePolynomial<WideInteger> {
    var result = SparsePolynomial<WideInteger>(variableCount: variables.count)
    for term in polynomial.terms {
      guard term.exponents.allSatisfy({ $0 < 1 << 31 }) else {
        throw AlgebraError.tooLarge("an exponent above 2^31")
      }
      result.append(exponents: term.exponents.map(UInt32.init), coefficient: term.coefficient.numerator.wide)
    }
    return result
  }

  /// `Σ coefficients[i] x_i`.
  func linearForm(_ coefficients: [Int]) -> SparsePolynomial<WideInteger> {
    var form = SparsePolynomial<WideInteger>(variableCount: variables.count)
    for (variable, coefficient) in coefficients.enumerated() where coefficient != 0 {
      form.append(
        exponents: coefficients.indices.map { $0 == variable ? 1 : 0 }, coefficient: WideInteger(coefficient))
    }
    return form
  }
}

extension SparsePolynomial {
  /// The polynomial in other variables: variable i becomes number `places[i]` of `count`.
  func renamed(_ places: [Int], count: Int) -> SparsePolynomial {
    var vectors = [UInt32](repeating: 0, count: count * termCount)
    for term in 0..<termCount {
      for (exponent, place) in zip(exponents(ofTerm: term), places) {
        vectors[term * count + place] = exponent
      }
    }
    return SparsePolynomial(variableCount: count, exponents: vectors, coefficients: coefficients)
  }

  /// The total degree, 0 for zero.
  var degree: Int { (0..<termCount).map { exponents(ofTerm: $0).reduce(0) { $0 + Int($1) } }.max() ?? 0 }

  var isConstant: Bool { exponents.allSatisfy { $0 == 0 } }
}
