import Algebra

extension SwiftEngine {
  /// A rational number as two integers in lowest terms, the denominator positive.
  public struct Rational: ExactRational {
    public typealias Integer = SwiftEngine.Integer

    public let numerator: Integer
    public let denominator: Integer

    /// - Precondition: lowest terms, a positive denominator.
    @inline(__always)
    init(reduced numerator: Integer, _ denominator: Integer) {
      self.numerator = numerator
      self.denominator = denominator
    }

    /// Reduces to lowest terms; the denominator is not zero.
    @inline(__always)
    init(reducing numerator: Integer, _ denominator: Integer) {
      let divisor = numerator.greatestCommonDivisor(with: denominator)
      let signed = denominator.isNegative ? -divisor : divisor
      if signed == 1 {
        self.init(reduced: numerator, denominator)
      } else {
        self.init(reduced: numerator.divided(by: signed).quotient, denominator.divided(by: signed).quotient)
      }
    }

    /// `numerator · 2^exponent`.
    init(_ numerator: Integer, timesTwoTo exponent: Int) {
      if exponent >= 0 {
        self.init(reduced: numerator.shiftedLeft(by: exponent), 1)
      } else if numerator.isZero {
        self.init(reduced: 0, 1)
      } else {
        let common = min(numerator.trailingZeroBits, -exponent)
        self.init(
          reduced: numerator.shiftedRight(by: common), Integer(small: 1).shiftedLeft(by: -exponent - common))
      }
    }
  }
}

extension SwiftEngine.Rational {
  public init(_ value: Int) { self.init(reduced: Integer(small: value), 1) }
  public init(integerLiteral value: Int) { self.init(value) }
  public init(_ value: Integer) { self.init(reduced: value, 1) }

  public init?<T: BinaryInteger>(exactly source: T) {
    guard let integer = Integer(exactly: source) else { return nil }
    self.init(integer)
  }

  public init(numerator: Integer, denominator: Integer) throws {
    guard !denominator.isZero else { throw AlgebraError.divisionByZero }
    self.init(reducing: numerator, denominator)
  }

  public func signum() -> Int { numerator.signum() }
  public var magnitude: Self { Self(reduced: numerator.magnitude, denominator) }

  public var description: String {
    denominator == 1 ? numerator.description : "\(numerator)/\(denominator)"
  }

  public static func < (left: Self, right: Self) -> Bool {
    let signs = (left.signum(), right.signum())
    if signs.0 != signs.1 { return signs.0 < signs.1 }
    return left.numerator * right.denominator < right.numerator * left.denominator
  }

  public static func + (left: Self, right: Self) -> Self { sum(left, right.numerator, right.denominator) }
  public static func - (left: Self, right: Self) -> Self { sum(left, -right.numerator, right.denominator) }

  @inline(__always)
  private static func sum(_ left: Self, _ numerator: Integer, _ denominator: Integer) -> Self {
    if left.denominator == 1, denominator == 1 { return Self(reduced: left.numerator + numerator, 1) }
    let common = left.denominator.greatestCommonDivisor(with: denominator)
    if common == 1 {
      return Self(
        reduced: left.numerator * denominator + numerator * left.denominator, left.denominator * denominator)
    }
    // Only factors of the common divisor can cancel.
    let (rest, other) = (
      left.denominator.divided(by: common).quotient, denominator.divided(by: common).quotient
    )
    let top = left.numerator * other + numerator * rest
    let divisor = top.greatestCommonDivisor(with: common)
    return Self(
      reduced: top.divided(by: divisor).quotient, rest * denominator.divided(by: divisor).quotient)
  }

  public static func * (left: Self, right: Self) -> Self {
    if left.denominator == 1, right.denominator == 1 {
      return Self(reduced: left.numerator * right.numerator, 1)
    }
    let first = left.numerator.greatestCommonDivisor(with: right.denominator)
    let second = right.numerator.greatestCommonDivisor(with: left.denominator)
    return Self(
      reduced: left.numerator.divided(by: first).quotient * right.numerator.divided(by: second).quotient,
      left.denominator.divided(by: second).quotient * right.denominator.divided(by: first).quotient)
  }

  public static func *= (left: inout Self, right: Self) { left = left * right }
  public static prefix func - (value: Self) -> Self { Self(reduced: -value.numerator, value.denominator) }

  public func inverse() throws -> Self {
    guard !numerator.isZero else { throw AlgebraError.divisionByZero }
    return numerator.isNegative
      ? Self(reduced: -denominator, -numerator) : Self(reduced: denominator, numerator)
  }

  public func divided(by divisor: Self) throws -> Self { try self * divisor.inverse() }

  /// The numerator over a multiple of the denominator.
  func numerator(over multiple: Integer) -> Integer {
    denominator == multiple ? numerator : numerator * multiple.divided(by: denominator).quotient
  }

  /// log₂ of the greater one of |numerator| and denominator, up to rounding.
  var log2OfSize: Double { max(numerator.log2OfMagnitude, denominator.log2OfMagnitude) }

  public func power(_ exponent: Int) throws -> Self {
    let base = exponent < 0 ? try inverse() : self
    try SizeLimits.checkPower(bits: base.log2OfSize, exponent: exponent.magnitude)
    // Only ±1 and 0 have powers whose exponents do not fit.
    let power = exponent == .min ? 2 : Swift.abs(exponent)
    return Self(reduced: base.numerator.raised(to: power), base.denominator.raised(to: power))
  }

  /// Correctly rounded where the result is a normal number; below, rounded twice.
  public var doubleValue: Double {
    guard !numerator.isZero else { return 0 }
    let bits = (numerator.bitLength, denominator.bitLength)
    if bits.0 <= 53, bits.1 <= 53 { return numerator.doubleValue / denominator.doubleValue }
    // The quotient shifted so that it has 62 or 63 bits, its last bit standing for all that follow.
    let shift = 62 - (bits.0 - bits.1)
    let sign = numerator.isNegative ? -1.0 : 1.0
    guard shift > -1100, shift < 1300 else { return sign * (shift < 0 ? .infinity : 0) }
    let (quotient, remainder) = numerator.magnitude.shiftedLeft(by: max(shift, 0))
      .divided(by: denominator.shiftedLeft(by: max(-shift, 0)))
    let leading = quotient.word | (remainder.isZero ? 0 : 1)
    return sign * Double(sign: .plus, exponent: -shift, significand: Double(leading))
  }
}
