/// An integer of any size, exact.
///
/// Value semantics; equal numbers hash equally. Operators never fail; what can fail throws.
public protocol ExactInteger: SignedNumeric, Comparable, Hashable, Sendable, CustomStringConvertible
where Magnitude == Self {
  init(_ value: Int)

  /// The same integer from its neutral form.
  init(_ value: WideInteger)

  /// The neutral form. Cost: linear in backends that work on words.
  var wide: WideInteger { get }

  /// Reads an optional sign and decimal digits, nothing else.
  ///
  /// - Throws: `AlgebraError.malformed`.
  init(decimal text: some StringProtocol) throws

  /// −1, 0 or 1.
  func signum() -> Int

  /// The number of bits of the absolute value; 0 for zero.
  var bitLength: Int { get }

  /// The value, if it fits a machine word.
  var asInt: Int? { get }

  /// The nearest double up to one unit in its last place; infinite beyond the range of doubles.
  var doubleValue: Double { get }

  /// Quotient rounded towards zero, and the remainder, which has the sign of `self`.
  ///
  /// - Throws: `AlgebraError.divisionByZero`.
  func quotientAndRemainder(dividingBy divisor: Self) throws -> (quotient: Self, remainder: Self)

  /// The quotient, which must be exact.
  ///
  /// - Throws: `AlgebraError.divisionByZero`, `AlgebraError.inexactDivision`.
  func dividedExactly(by divisor: Self) throws -> Self

  /// The nonnegative greatest common divisor; `gcd(0, 0) = 0`.
  func greatestCommonDivisor(with other: Self) -> Self

  /// `self` to the power `exponent ≥ 0`; `0⁰ = 1`.
  ///
  /// - Throws: `AlgebraError.outOfRange` for a negative exponent, `AlgebraError.tooLarge` if the result
  ///   would have more than 2³³ bits.
  func power(_ exponent: Int) throws -> Self

  /// The integer part of the square root, and whether the number is a perfect square.
  ///
  /// - Throws: `AlgebraError.domain` for a negative number.
  func squareRoot() throws -> (root: Self, isExact: Bool)
}

/// A rational number, exact, always in lowest terms with a positive denominator.
public protocol ExactRational: SignedNumeric, Comparable, Hashable, Sendable, CustomStringConvertible
where Magnitude == Self {
  associatedtype Integer: ExactInteger

  init(_ value: Int)
  init(_ value: Integer)

  /// - Throws: `AlgebraError.divisionByZero` if the denominator is zero.
  init(numerator: Integer, denominator: Integer) throws

  var numerator: Integer { get }
  var denominator: Integer { get }

  /// −1, 0 or 1.
  func signum() -> Int

  /// The nearest double up to one unit in its last place; infinite beyond the range of doubles, zero or
  /// subnormal below it.
  var doubleValue: Double { get }

  /// - Throws: `AlgebraError.divisionByZero`.
  func inverse() throws -> Self

  /// - Throws: `AlgebraError.divisionByZero`.
  func divided(by divisor: Self) throws -> Self

  /// `self` to any integer power; `0⁰ = 1`.
  ///
  /// - Throws: `AlgebraError.divisionByZero` for a negative power of zero, `AlgebraError.tooLarge`.
  func power(_ exponent: Int) throws -> Self
}

extension ExactRational {
  /// The same number of another type.
  public init<Other: ExactRational>(converting other: Other) {
    let (top, bottom) = (Integer(other.numerator.wide), Integer(other.denominator.wide))
    guard let value = try? Self(numerator: top, denominator: bottom) else {
      preconditionFailure("a rational number has a positive denominator")
    }
    self = value
  }

  /// True for an integer.
  public var isInteger: Bool { denominator == 1 }

  /// The greatest integer that is not greater.
  public func floor() -> Integer {
    guard let (quotient, remainder) = try? numerator.quotientAndRemainder(dividingBy: denominator) else {
      preconditionFailure("a rational number has a positive denominator")
    }
    return remainder.signum() < 0 ? quotient - 1 : quotient
  }
}

extension ExactInteger {
  public init(_ value: WideInteger) {
    // Horner's scheme with digits that fit Int.
    let radix = Self(1 << 32)
    var sum = Self(0)
    for word in value.words.reversed() {
      sum = sum * radix + Self(Int(word >> 32))
      sum = sum * radix + Self(Int(word & 0xffff_ffff))
    }
    self = value.isNegative ? -sum : sum
  }

  public var wide: WideInteger {
    let radix = Self(1 << 32)
    var halves: [UInt64] = []
    var rest = magnitude
    while rest.signum() != 0 {
      guard let (quotient, digit) = try? rest.quotientAndRemainder(dividingBy: radix), let half = digit.asInt
      else { preconditionFailure("the radix is not zero") }
      halves.append(UInt64(half))
      rest = quotient
    }
    if halves.count % 2 == 1 { halves.append(0) }
    return WideInteger(
      isNegative: signum() < 0,
      words: stride(from: 0, to: halves.count, by: 2).map { halves[$0] | halves[$0 + 1] << 32 })
  }
}
