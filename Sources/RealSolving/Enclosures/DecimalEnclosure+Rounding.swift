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
    let tiny = DecimalNumber.powerOfTen(floorExponent, as: R.self)
    if -tiny < lower, upper < tiny {
      self.init(
        lower: DecimalNumber(significand: R.Integer(-1), exponent: floorExponent),
        upper: DecimalNumber(significand: R.Integer(1), exponent: floorExponent))
      return
    }
    guard lower.signum() == upper.signum(), lower.signum() != 0 else { return nil }
    let exponent = DecimalNumber.decimalExponent(of: lower.signum() > 0 ? upper : -lower) - digits + 1
    let scale = DecimalNumber.powerOfTen(-exponent, as: R.self)
    let (low, high) = (lower * scale, upper * scale)
    // The interval must be far smaller than the unit for the text to be canonical.
    guard (high - low) * 16 < 1 else { return nil }
    let roundedLow = DecimalNumber.roundToEven(low)
    let roundedHigh = DecimalNumber.roundToEven(high)
    guard roundedLow == roundedHigh || decidesTies else { return nil }
    let even =
      roundedLow == roundedHigh || (try? roundedLow.quotientAndRemainder(dividingBy: 2).remainder) == 0
      ? roundedLow : roundedHigh
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
    self.init(
      significand: Self.roundToEven(value * Self.powerOfTen(-exponent, as: R.self)), exponent: exponent)
  }

  fileprivate static func powerOfTen<R: ExactRational>(_ exponent: Int, as type: R.Type) -> R {
    guard let power = try? R(10).power(exponent) else {
      preconditionFailure("powers of ten of this size can be stored")
    }
    return power
  }

  /// The `e` with `10^e ≤ value < 10^(e+1)`, for a positive value.
  fileprivate static func decimalExponent<R: ExactRational>(of value: R) -> Int {
    let bits = value.numerator.bitLength - value.denominator.bitLength
    var exponent = Int((Double(bits) * 0.301029995663981).rounded(.down)) - 1
    while powerOfTen(exponent + 1, as: R.self) <= value { exponent += 1 }
    return exponent
  }

  fileprivate static func roundToEven<R: ExactRational>(_ value: R) -> R.Integer {
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

extension ExactRational {
  /// The value of a decimal.
  ///
  /// - Throws: `AlgebraError.tooLarge` for more digits than can be stored.
  public init(exactly decimal: DecimalNumber) throws {
    try self.init(exactly: decimal.description, maximumDigits: 1_000_000)
  }
}
