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
      self = .zero
      return
    }
    let floorExponent = -(digits + 20)
    if DecimalNumber.isBelowPowerOfTen(floorExponent, lower),
      DecimalNumber.isBelowPowerOfTen(floorExponent, upper)
    {
      self.init(
        lower: DecimalNumber(significand: R.Integer(-1), exponent: floorExponent),
        upper: DecimalNumber(significand: R.Integer(1), exponent: floorExponent))
      return
    }
    guard lower.signum() == upper.signum(), lower.signum() != 0 else { return nil }
    let exponent = DecimalNumber.decimalExponent(of: lower.signum() > 0 ? upper : -lower) - digits + 1
    let low = DecimalNumber.fraction(lower, timesTenTo: -exponent)
    let roundedLow = DecimalNumber.roundToEven(low.top, over: low.bottom)
    var even = roundedLow
    if lower != upper {
      let high = DecimalNumber.fraction(upper, timesTenTo: -exponent)
      // The interval must be far smaller than the unit for the text to be canonical.
      let width = high.top * low.bottom - low.top * high.bottom
      guard width * 16 < low.bottom * high.bottom else { return nil }
      let roundedHigh = DecimalNumber.roundToEven(high.top, over: high.bottom)
      guard roundedLow == roundedHigh || decidesTies else { return nil }
      if roundedLow != roundedHigh, DecimalNumber.isOdd(roundedLow) { even = roundedHigh }
    }
    self.init(
      lower: DecimalNumber(significand: even - 1, exponent: exponent),
      upper: DecimalNumber(significand: even + 1, exponent: exponent))
  }
}

extension DecimalNumber {
  /// `significand · 10^exponent`.
  package init(significand: some ExactInteger, exponent: Int) {
    self.init(
      isNegative: significand.signum() < 0, digits: significand.magnitude.description, exponent: exponent)
  }

  /// The decimal with so many significant digits that is nearest to a number; of two equally near ones that with
  /// an even last digit.
  public init<R: ExactRational>(rounding value: R, toDigits digits: Int) {
    precondition(digits >= 1)
    guard value != 0 else {
      self.init(isNegative: false, digits: "0", exponent: 0)
      return
    }
    let exponent = Self.decimalExponent(of: value.magnitude) - digits + 1
    let scaled = Self.fraction(value, timesTenTo: -exponent)
    self.init(significand: Self.roundToEven(scaled.top, over: scaled.bottom), exponent: exponent)
  }

  fileprivate static func powerOfTen<I: ExactInteger>(_ exponent: Int, as type: I.Type) -> I {
    guard let power = try? I(10).power(exponent) else {
      preconditionFailure("powers of ten of this size can be stored")
    }
    return power
  }

  /// `value · 10^exponent` as a fraction with a positive denominator, perhaps not in lowest terms.
  fileprivate static func fraction<R: ExactRational>(
    _ value: R, timesTenTo exponent: Int
  ) -> (top: R.Integer, bottom: R.Integer) {
    let power = powerOfTen(abs(exponent), as: R.Integer.self)
    return exponent >= 0
      ? (value.numerator * power, value.denominator) : (value.numerator, value.denominator * power)
  }

  /// Whether `|value| < 10^exponent`, for a negative exponent.
  fileprivate static func isBelowPowerOfTen<R: ExactRational>(_ exponent: Int, _ value: R) -> Bool {
    let (top, bottom) = (value.numerator.magnitude, value.denominator)
    // A value that is not zero is at least 2 to this power, and 2³ is less than 10.
    if top.signum() != 0, top.bitLength - bottom.bitLength - 1 >= 3 * exponent { return false }
    return top * powerOfTen(-exponent, as: R.Integer.self) < bottom
  }

  /// The `e` with `10^e ≤ value < 10^(e+1)`, for a positive value.
  fileprivate static func decimalExponent<R: ExactRational>(of value: R) -> Int {
    let (top, bottom) = (value.numerator, value.denominator)
    let bits = top.bitLength - bottom.bitLength
    var exponent = Int((Double(bits) * 0.301029995663981).rounded(.down)) - 1
    func isAtLeastPower(_ exponent: Int) -> Bool {
      let power = powerOfTen(abs(exponent), as: R.Integer.self)
      return exponent >= 0 ? power * bottom <= top : bottom <= top * power
    }
    while isAtLeastPower(exponent + 1) { exponent += 1 }
    return exponent
  }

  fileprivate static func isOdd<I: ExactInteger>(_ value: I) -> Bool {
    (try? value.quotientAndRemainder(dividingBy: 2).remainder) != 0
  }

  /// The integer nearest to `top / bottom`; of two equally near ones the even one.
  ///
  /// - Parameter bottom: positive.
  fileprivate static func roundToEven<I: ExactInteger>(_ top: I, over bottom: I) -> I {
    guard let (quotient, rest) = try? top.quotientAndRemainder(dividingBy: bottom) else {
      preconditionFailure("a denominator is not zero")
    }
    let doubled = (rest + rest).magnitude
    if doubled < bottom || (doubled == bottom && !isOdd(quotient)) { return quotient }
    return top.signum() < 0 ? quotient - 1 : quotient + 1
  }
}

extension ExactRational {
  /// The value of a decimal.
  ///
  /// - Throws: `AlgebraError.tooLarge` for more digits than can be stored.
  public init(exactly decimal: DecimalNumber) throws {
    try self.init(exactly: decimal.description, maximumDigits: 1_000_000)
  }
}
