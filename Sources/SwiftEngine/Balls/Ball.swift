import Algebra

extension SwiftEngine {
  /// A real ball: a binary midpoint that is rounded to whole words, and a radius that is rounded up.
  ///
  /// The error of every rounding is added to the radius, as van der Hoeven describes (Ball arithmetic, 2009).
  public struct Ball: RealBall {
    public typealias Rational = SwiftEngine.Rational

    let middle: BinaryFloat
    let radius: Radius
    public let precision: Int

    @inline(__always)
    init(_ middle: BinaryFloat, radius: Radius, precision: Int) {
      self.precision = precision
      if radius.isInfinite || middle.exponent > BinaryFloat.exponentLimit {
        self.middle = .zero
        self.radius = .infinite
      } else if middle.exponent < -BinaryFloat.exponentLimit {
        self.middle = .zero
        self.radius = radius + .powerOfTwo(-BinaryFloat.exponentLimit)
      } else {
        self.middle = middle
        self.radius = radius
      }
    }

    @inline(__always)
    init(_ rounded: BinaryFloat.Rounded, radius: Radius = .zero, precision: Int) {
      self.init(rounded.value, radius: rounded.error + radius, precision: precision)
    }

    static func indeterminate(precision: Int) -> Ball { Ball(.zero, radius: .infinite, precision: precision) }

    /// The words of a midpoint of this precision.
    @inline(__always)
    static func words(precision: Int) -> Int { (precision + 63) / 64 }
  }
}

extension SwiftEngine.Ball {
  /// - Precondition: `precision ≥ 2`.
  private static func checkPrecision(_ precision: Int) {
    precondition(precision >= 2, "a precision of \(precision) bits")
  }

  public init(_ value: SwiftEngine.Rational, precision: Int) {
    Self.checkPrecision(precision)
    self.init(BinaryFloat.rounding(value, limit: Self.words(precision: precision)), precision: precision)
  }

  public init(_ value: Double, precision: Int) {
    Self.checkPrecision(precision)
    if let middle = BinaryFloat(value) {
      self.init(middle, radius: .zero, precision: precision)
    } else {
      self = .indeterminate(precision: precision)
    }
  }

  public init(lower: SwiftEngine.Rational, upper: SwiftEngine.Rational, precision: Int) {
    Self.checkPrecision(precision)
    let limit = Self.words(precision: precision) + 1
    self.init(
      spanning: BinaryFloat.rounding(lower, limit: limit), BinaryFloat.rounding(upper, limit: limit),
      precision: precision)
  }

  /// The ball around two numbers, each of them given with an error.
  private init(spanning start: BinaryFloat.Rounded, _ end: BinaryFloat.Rounded, precision: Int) {
    let limit = Self.words(precision: precision)
    let sum = BinaryFloat.add(start.value, end.value, limit: limit)
    let difference = BinaryFloat.add(end.value, start.value.negated, limit: 2)
    let width = difference.value.magnitudeUp + difference.error + sum.error
    self.init(
      sum.value.halved, radius: width.halved + start.error + end.error, precision: precision)
  }

  public var isFinite: Bool { !radius.isInfinite }

  /// −1, 0 or 1 for a midpoint whose absolute value is less than, equal to or greater than the radius.
  private var comparison: Int {
    if radius.isZero { return middle.isZero ? 0 : 1 }
    // 2^(exponent − 1) ≤ |middle|, radius < 2^(31 + exponent).
    if !middle.isZero, middle.exponent > radius.exponent + 31 { return 1 }
    return middle.compareMagnitude(radius.binaryFloat)
  }

  public var sign: BallSign {
    guard isFinite else { return .unknown }
    if radius.isZero, middle.isZero { return .zero }
    guard comparison > 0 else { return .unknown }
    return middle.isNegative ? .negative : .positive
  }

  public var approximation: Double { isFinite ? middle.doubleValue : .nan }

  public var approximationError: Double {
    guard isFinite, let double = BinaryFloat(middle.doubleValue) else { return .infinity }
    let distance = BinaryFloat.add(middle, double.negated, limit: 1)
    return (distance.value.magnitudeUp + distance.error + radius).doubleValue
  }

  /// The end points have at most about 2²⁸ bits; a ball with a more extreme exponent is refused.
  public func bounds() throws -> (lower: SwiftEngine.Rational, upper: SwiftEngine.Rational) {
    guard isFinite else { throw AlgebraError.domain("the bounds of a ball that is not finite") }
    let limit = 1 << 28
    guard abs(middle.exponent) < limit, radius.isZero || abs(radius.exponent) < limit else {
      throw AlgebraError.domain("the bounds of a ball with an extreme exponent")
    }
    let (centre, centreExponent) = middle.integerAndExponent
    guard !radius.isZero else {
      let point = SwiftEngine.Rational(centre, timesTwoTo: centreExponent)
      return (point, point)
    }
    let exponent = middle.isZero ? radius.exponent : min(centreExponent, radius.exponent)
    let scaled = middle.isZero ? centre : centre.shiftedLeft(by: centreExponent - exponent)
    let width = SwiftEngine.Integer(Int(radius.mantissa)).shiftedLeft(by: radius.exponent - exponent)
    return (
      SwiftEngine.Rational(scaled - width, timesTwoTo: exponent),
      SwiftEngine.Rational(scaled + width, timesTwoTo: exponent)
    )
  }

  public func withPrecision(_ precision: Int) -> Self {
    Self.checkPrecision(precision)
    return Self(middle, radius: radius, precision: precision)
  }

  /// Not finite if the ball is not.
  public var midpoint: Self { isFinite ? Self(middle, radius: .zero, precision: precision) : self }

  /// Midpoints further apart in size than this many words are compared with a rounded difference.
  private static var comparedWords: Int { 1 << 12 }

  /// False if one of the balls is not finite.
  public func containsInInterior(_ other: Self) -> Bool {
    guard isFinite, other.isFinite, !radius.isZero else { return false }
    let distance = BinaryFloat.add(middle, other.middle.negated, limit: Self.comparedWords)
    let reach = BinaryFloat.add(
      distance.value.magnitude, (other.radius + distance.error).binaryFloat, limit: Self.comparedWords)
    return reach.value.compareMagnitude(radius.binaryFloat) < 0
  }

  public func overlaps(_ other: Self) -> Bool {
    guard isFinite, other.isFinite else { return true }
    let distance = BinaryFloat.add(middle, other.middle.negated, limit: Self.comparedWords)
    let reach = BinaryFloat.add(
      radius.binaryFloat, (other.radius + distance.error).binaryFloat, limit: Self.comparedWords)
    return distance.value.compareMagnitude(reach.value) <= 0
  }

  public func union(_ other: Self) -> Self {
    let precision = max(precision, other.precision)
    guard isFinite, other.isFinite else { return .indeterminate(precision: precision) }
    let limit = Self.words(precision: precision) + 1
    func end(_ ball: Self, isUpper: Bool) -> BinaryFloat.Rounded {
      let radius = ball.radius.binaryFloat
      return BinaryFloat.add(ball.middle, isUpper ? radius : radius.negated, limit: limit)
    }
    func extreme(isUpper: Bool) -> BinaryFloat.Rounded {
      let (first, second) = (end(self, isUpper: isUpper), end(other, isUpper: isUpper))
      let difference = BinaryFloat.add(first.value, second.value.negated, limit: 1).value
      let choosesFirst = isUpper ? difference.signum >= 0 : difference.signum <= 0
      return BinaryFloat.Rounded(
        value: choosesFirst ? first.value : second.value, error: first.error + second.error)
    }
    return Self(spanning: extreme(isUpper: false), extreme(isUpper: true), precision: precision)
  }

  public var description: String { isFinite ? "\(approximation) ± \(approximationError)" : "not finite" }
}
