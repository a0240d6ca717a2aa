import Algebra

extension SwiftEngine.Ball {
  /// Machin's formula (1706): π = 16 arctan(1/5) − 4 arctan(1/239).
  ///
  /// Cost: about a quarter of the precision in divisions by single words.
  public static func pi(precision: Int) -> Self {
    precondition(precision >= 2, "a precision of \(precision) bits")
    let working = precision + 32
    func number(_ value: Int) -> Self { Self(SwiftEngine.Rational(value), precision: working) }
    func angle(_ cotangent: Int) -> Self { (number(1) / number(cotangent)).arcTangentSeries }
    return (number(16) * angle(5) - number(4) * angle(239)).withPrecision(precision).rounded
  }

  /// Halving the angle some times, then the power series.
  public var arcTangent: Self {
    guard isFinite else { return self }
    guard !middle.isZero else { return self }
    let angle = Self.arcTangent(middle.magnitude, precision: precision)
    return Self(
      middle.isNegative ? angle.middle.negated : angle.middle, radius: angle.radius + arcTangentRadius,
      precision: precision)
  }

  /// What the radius contributes: the derivative is 1/(1 + x²).
  private var arcTangentRadius: Radius {
    guard !radius.isZero else { return .zero }
    let least = middle.magnitudeDown.subtractingDown(radius)
    guard least.exponent >= -30, !least.isZero else { return radius }
    return radius.dividedUp(byLower: least).dividedUp(byLower: least)
  }

  /// The angle whose tangent is a positive number.
  private static func arcTangent(_ tangent: BinaryFloat, precision: Int) -> Self {
    // Each halving doubles the error of the result; there are at most about √precision.
    let most = Int(Double(precision).squareRoot() / 2) + 2
    let working = precision + most + 32
    func number(_ value: Int) -> Self { Self(SwiftEngine.Rational(value), precision: working) }
    let one = number(1)
    var tangent = Self(tangent, radius: .zero, precision: working)
    let isLarge = tangent.middle.exponent > 0
    if isLarge { tangent = one / tangent }
    // tan(x/2) = tan x / (1 + √(1 + tan² x)); the tangent is below 2^exponent.
    let halvings = max(0, most + min(tangent.middle.exponent, 0))
    for _ in 0..<halvings {
      tangent = tangent / (one + (one + tangent * tangent).squareRoot(clampingAtZero: false))
    }
    let small = tangent.arcTangentSeries
    let angle = Self(
      small.middle.scaled(by: halvings), radius: small.radius.scaled(by: halvings), precision: working)
    guard isLarge else { return angle.withPrecision(precision).rounded }
    let half = pi(precision: working) / number(2)
    return (half - angle).withPrecision(precision).rounded
  }

  /// Σ (−1)^j x^(2j+1) / (2j+1), for a ball in [0, 1): the terms decrease and alternate, so that what follows is
  /// less than the first term that is left out.
  private var arcTangentSeries: Self {
    let square = self * self
    var (power, sum, index) = (self, self, 1)
    while true {
      power = power * square
      let divisor = Self(SwiftEngine.Rational(2 * index + 1), precision: precision)
      let term = power / divisor
      let size = term.middle.magnitudeUp + term.radius
      if size.isZero || size.exponent + 31 < sum.middle.exponent - precision {
        return Self(sum.middle, radius: sum.radius + size, precision: precision)
      }
      sum = index.isMultiple(of: 2) ? sum + term : sum - term
      index += 1
    }
  }

  /// The midpoint rounded to the precision.
  private var rounded: Self {
    Self(middle.rounded(limit: Self.words(precision: precision)), radius: radius, precision: precision)
  }
}
