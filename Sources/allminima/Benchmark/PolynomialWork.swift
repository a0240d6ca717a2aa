import Algebra

/// Arithmetic with polynomials over Q.
enum PolynomialWork: Sendable {
  /// f·(f + 1) for f = (x + y + z + t + 1)^n (R. Fateman, SIGSAM Bulletin 37, 2003, doi:10.1145/844076.844080).
  case product(power: Int)
  /// gcd(f·g, f·h) for polynomials in four variables with degree n.
  case greatestCommonDivisor(degree: Int)
  /// The factorisation of a product of three such polynomials.
  case factorisation(degree: Int)
  /// The factorisation of a product of two polynomials in one variable, with pseudo-random coefficients.
  case univariateFactorisation(degree: Int)

  func computation<Engine: AlgebraEngine>(on _: Engine.Type) throws -> Computation {
    switch self {
    case .product(let power): try Self.product(Engine.self, power: power)
    case .greatestCommonDivisor(let degree):
      try Self.greatestCommonDivisor(Engine.self, degree: degree)
    case .factorisation(let degree): try Self.factorisation(Engine.self, degree: degree)
    case .univariateFactorisation(let degree):
      try Self.univariateFactorisation(Engine.self, degree: degree)
    }
  }

  private static func product<Engine: AlgebraEngine>(_: Engine.Type, power: Int) throws -> Computation {
    let ring = try ring(Engine.self)
    let f = try linear(ring, [1, 1, 1, 1, 1]).power(power)
    let g = try f.adding(ring.constant(1))
    return {
      let product = try f.multiplied(by: g)
      return { product.description }
    }
  }

  private static func greatestCommonDivisor<Engine: AlgebraEngine>(
    _: Engine.Type, degree: Int
  ) throws -> Computation {
    let (f, g, h) = try three(Engine.self, degree: degree)
    let (left, right) = (try f.multiplied(by: g), try f.multiplied(by: h))
    return {
      let divisor = try left.greatestCommonDivisor(with: right)
      return { divisor.description }
    }
  }

  private static func factorisation<Engine: AlgebraEngine>(
    _: Engine.Type, degree: Int
  ) throws -> Computation {
    let (f, g, h) = try three(Engine.self, degree: degree)
    let product = try f.multiplied(by: g).multiplied(by: h)
    return {
      let factors = try product.factored().factors
      return { factors.map { "\($0.polynomial) \($0.multiplicity)" }.joined(separator: "\n") }
    }
  }

  private static func univariateFactorisation<Engine: AlgebraEngine>(
    _: Engine.Type, degree: Int
  ) throws -> Computation {
    var random = SeededGenerator(seed: 1)
    func polynomial() -> Engine.UnivariatePolynomial {
      let coefficients = (0..<degree).map { _ in
        Engine.Integer(Int.random(in: -1_000_000...1_000_000, using: &random))
      }
      return Engine.UnivariatePolynomial(coefficients: coefficients + [1])
    }
    let product = polynomial() * polynomial()
    return {
      let factors = try product.factored().factors
      return { factors.map { "\($0.polynomial) \($0.multiplicity)" }.joined(separator: "\n") }
    }
  }

  // MARK: - Operands

  private static func ring<Engine: AlgebraEngine>(_: Engine.Type) throws -> Engine.PolynomialRing {
    try Engine.PolynomialRing(variables: ["x", "y", "z", "t"], order: .degreeReverseLexicographic)
  }

  /// A linear polynomial; the last coefficient is the constant one.
  private static func linear<Ring: RationalPolynomialRing>(
    _ ring: Ring, _ coefficients: [Int]
  ) throws -> Ring.Element {
    let count = ring.variables.count
    return try ring.polynomial(
      terms: coefficients.enumerated().map { place, coefficient in
        PolynomialTerm(
          exponents: (0..<count).map { $0 == place ? 1 : 0 }, coefficient: Ring.Element.Rational(coefficient))
      })
  }

  /// Three different irreducible polynomials.
  private static func three<Engine: AlgebraEngine>(
    _: Engine.Type, degree: Int
  ) throws -> (Engine.Polynomial, Engine.Polynomial, Engine.Polynomial) {
    let ring = try ring(Engine.self)
    func polynomial(_ coefficients: [Int], plus constant: Int) throws -> Engine.Polynomial {
      try linear(ring, coefficients).power(degree).adding(ring.constant(Engine.Rational(constant)))
    }
    return (
      try polynomial([1, 2, -3, 1, 1], plus: 3), try polynomial([1, -1, 1, 2, -1], plus: 5),
      try polynomial([2, 1, 1, -1, 1], plus: 7)
    )
  }
}
