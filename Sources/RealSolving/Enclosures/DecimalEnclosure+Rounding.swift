import Algebra
import LandscapeModel

extension DecimalEnclosure {
  /// The canonical enclosure of the number in `[lower, upper]`.
  ///
  /// A number below `10^−(digits + 20)` in absolute value is enclosed as `± 10^−(digits + 20)`.
  ///
  /// - Parameters:
  ///   - digits: significant decimal digits, at least 1.
  ///   - decidesTies: what to do if the interval contains a number half way between two decimals: take the
  ///     even one if true (still an enclosure, as the interval is far smaller than a unit), else give up.
  /// - Returns: `nil` if the interval is too wide to tell.
  public init?<R: ExactRational>(lower: R, upper: R, digits: Int, decidesTies: Bool) {
    precondition(digits >= 1 && lower <= upper)
    if lower == 0, upper == 0 {
      self.init(exact: "0")
      return
    }
    let floorExponent = -(digits + 20)
    let tiny = Self.powerOfTen(floorExponent, as: R.self)
    if -tiny < lower, upper < tiny {
      self.init(
        lower: DecimalText(significand: R.Integer(-1), exponent: floorExponent).text,
        upper: DecimalText(significand: R.Integer(1), exponent: floorExponent).text)
      return
    }
    guard lower.signum() == upper.signum(), lower.signum() != 0 else { return nil }
    let exponent = Self.decimalExponent(of: lower.signum() > 0 ? upper : -lower) - digits + 1
    let scale = Self.powerOfTen(-exponent, as: R.self)
    let (low, high) = (lower * scale, upper * scale)
    // The interval must be far smaller than the unit for the text to be canonical.
    guard (high - low) * 16 < 1 else { return nil }
    let roundedLow = Self.roundToEven(low)
    let roundedHigh = Self.roundToEven(high)
    guard roundedLow == roundedHigh || decidesTies else { return nil }
    let even =
      roundedLow == roundedHigh || (try? roundedLow.quotientAndRemainder(dividingBy: 2).remainder) == 0
      ? roundedLow : roundedHigh
    self.init(
      lower: DecimalText(significand: even - 1, exponent: exponent).text,
      upper: DecimalText(significand: even + 1, exponent: exponent).text)
  }

  /// The decimal nearest to the middle of the enclosure, for people to read.
  ///
  /// - Parameters:
  ///   - digits: significant decimal digits, at least 1.
  ///   - type: what to compute with.
  /// - Throws: `AlgebraError` if the bounds are not numbers, or not ones of a storable size.
  public func rounded<R: ExactRational>(toDigits digits: Int, using type: R.Type) throws -> String {
    precondition(digits >= 1)
    let (low, high) = try (
      R(exactly: lower, maximumDigits: Self.largestSize), R(exactly: upper, maximumDigits: Self.largestSize)
    )
    let middle = try (low + high).divided(by: 2)
    guard middle != 0 else { return "0" }
    let exponent = Self.decimalExponent(of: middle.magnitude) - digits + 1
    let significand = Self.roundToEven(middle * Self.powerOfTen(-exponent, as: R.self))
    return DecimalText(significand: significand, exponent: exponent).text
  }

  /// More digits than any bound needs: the exact numbers of a problem have at most ten thousand.
  private static var largestSize: Int { 1_000_000 }

  private static func powerOfTen<R: ExactRational>(_ exponent: Int, as type: R.Type) -> R {
    guard let power = try? R(10).power(exponent) else {
      preconditionFailure("powers of ten of this size can be stored")
    }
    return power
  }

  /// The `e` with `10^e ≤ value < 10^(e+1)`, for a positive value.
  private static func decimalExponent<R: ExactRational>(of value: R) -> Int {
    let bits = value.numerator.bitLength - value.denominator.bitLength
    var exponent = Int((Double(bits) * 0.301029995663981).rounded(.down)) - 1
    while powerOfTen(exponent + 1, as: R.self) <= value { exponent += 1 }
    return exponent
  }

  private static func roundToEven<R: ExactRational>(_ value: R) -> R.Integer {
    let doubled = (value + value).floor()
    guard let (half, rest) = try? doubled.quotientAndRemainder(dividingBy: 2) else {
      preconditionFailure("two is not zero")
    }
    // value = doubled / 2 + less than a half.
    guard rest != 0 else { return half }
    let floor = value.floor()
    if R(doubled) == value + value {
      let isEven = (try? floor.quotientAndRemainder(dividingBy: 2).remainder) == 0
      return isEven ? floor : floor + 1
    }
    return floor + 1
  }
}

/// Writes `significand · 10^exponent`: plainly where that is short, else in scientific notation.
struct DecimalText<I: ExactInteger> {
  let significand: I
  let exponent: Int

  var text: String {
    guard significand.signum() != 0 else { return "0" }
    let sign = significand.signum() < 0 ? "-" : ""
    let digits = significand.magnitude.description
    let pointPosition = digits.count + exponent
    if exponent == 0 { return sign + digits }
    if pointPosition > 0, pointPosition <= 21 {
      if exponent > 0 { return sign + digits + String(repeating: "0", count: exponent) }
      return sign + digits.prefix(pointPosition) + "." + digits.suffix(-exponent)
    }
    if pointPosition <= 0, pointPosition > -6 {
      return sign + "0." + String(repeating: "0", count: -pointPosition) + digits
    }
    let mantissa = digits.count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst()
    return sign + mantissa + "e" + String(pointPosition - 1)
  }
}
