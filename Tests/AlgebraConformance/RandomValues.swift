import Algebra

/// Draws the values on which laws are checked.
struct RandomValues<Engine: AlgebraEngine> {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

  mutating func bool() -> Bool { Bool.random(using: &generator) }

  /// Small numbers, numbers around the limits of machine words, and large ones.
  mutating func integer() -> Engine.Integer {
    let size: Engine.Integer =
      switch int(0...5) {
      case 0: Engine.Integer(int(0...3))
      case 1: Engine.Integer(int(0...1000))
      case 2: Engine.Integer(1 << 31) * Engine.Integer(1 << int(28...33)) + Engine.Integer(int(-2...2))
      case 3: Engine.Integer(int(0...Int.max))
      default: bits(int(65...300))
      }
    return bool() ? size : -size
  }

  mutating func nonzeroInteger() -> Engine.Integer {
    let value = integer()
    return value == 0 ? 1 : value
  }

  /// A number of about that many bits, not negative.
  mutating func bits(_ count: Int) -> Engine.Integer {
    var value: Engine.Integer = 0
    for _ in 0..<(count / 32) {
      value = value * Engine.Integer(1 << 32) + Engine.Integer(int(0...(1 << 32) - 1))
    }
    return value * Engine.Integer(1 << (count % 32)) + Engine.Integer(int(0...(1 << (count % 32)) - 1))
  }

  mutating func rational() throws -> Engine.Rational {
    try Engine.Rational(numerator: integer(), denominator: nonzeroInteger())
  }

  mutating func nonzeroRational() throws -> Engine.Rational {
    try Engine.Rational(numerator: nonzeroInteger(), denominator: nonzeroInteger())
  }

  /// With a numerator and denominator of one or two digits.
  mutating func smallRational() throws -> Engine.Rational {
    try Engine.Rational(numerator: Engine.Integer(int(-12...12)), denominator: Engine.Integer(int(1...7)))
  }

  mutating func matrix(rows: Int, columns: Int) throws -> Engine.RationalMatrix {
    let entries = try (0..<(rows * columns)).map { _ in try smallRational() }
    return try Engine.RationalMatrix(rows: rows, columns: columns, entries: entries)
  }

  /// Of at most this degree, zero now and then.
  mutating func univariate(degree: Int, size: Int = 20) -> Engine.UnivariatePolynomial {
    let count = int(0...degree + 1)
    return Engine.UnivariatePolynomial(
      coefficients: (0..<count).map { _ in Engine.Integer(int(-size...size)) })
  }

  mutating func polynomial(
    in ring: Engine.PolynomialRing, terms: Int, degree: Int
  ) throws -> Engine.Polynomial {
    let list = try (0..<int(0...terms)).map { _ in
      PolynomialTerm(
        exponents: ring.variables.map { _ in int(0...degree) }, coefficient: try smallRational())
    }
    return try ring.polynomial(terms: list)
  }

  mutating func nonzeroPolynomial(
    in ring: Engine.PolynomialRing, terms: Int, degree: Int
  ) throws -> Engine.Polynomial {
    let value = try polynomial(in: ring, terms: terms, degree: degree)
    return value.isZero ? ring.constant(3) : value
  }
}

/// A finite double as a rational number.
func exactValue<R: ExactRational>(_ value: Double, as type: R.Type) throws -> R {
  guard value != 0 else { return 0 }
  let significand = Int(value.significand * 0x1p52) * (value < 0 ? -1 : 1)
  return R(significand) * (try R(2).power(Int(value.exponent) - 52))
}
