import Algebra

extension SwiftEngine.Ball {
  public static func + (left: Self, right: Self) -> Self {
    let precision = max(left.precision, right.precision)
    return Self(
      BinaryFloat.add(left.middle, right.middle, limit: words(precision: precision)),
      radius: left.radius + right.radius, precision: precision)
  }

  public static func - (left: Self, right: Self) -> Self {
    let precision = max(left.precision, right.precision)
    return Self(
      BinaryFloat.add(left.middle, right.middle.negated, limit: words(precision: precision)),
      radius: left.radius + right.radius, precision: precision)
  }

  public static func * (left: Self, right: Self) -> Self {
    let precision = max(left.precision, right.precision)
    return Self(
      BinaryFloat.multiply(left.middle, right.middle, limit: words(precision: precision)),
      radius: productRadius(left, right), precision: precision)
  }

  /// A bound for what the operands' radii contribute to a product.
  @inline(__always)
  static func productRadius(_ left: Self, _ right: Self) -> Radius {
    if left.radius.isZero, right.radius.isZero { return .zero }
    // Nothing is known of zero times what is not finite, either.
    guard left.isFinite, right.isFinite else { return .infinite }
    let (x, y) = (left.middle.magnitudeUp, right.middle.magnitudeUp)
    return x * right.radius + left.radius * (y + right.radius)
  }

  public static func / (left: Self, right: Self) -> Self {
    let precision = max(left.precision, right.precision)
    guard left.isFinite, right.isFinite, right.sign == .positive || right.sign == .negative else {
      return .indeterminate(precision: precision)
    }
    let quotient = BinaryFloat.divide(left.middle, by: right.middle, limit: words(precision: precision))
    guard !left.radius.isZero || !right.radius.isZero else { return Self(quotient, precision: precision) }
    // |(m + r) / (n + s) − m / n| ≤ (|r| + |m / n| |s|) / (|n| − |s|).
    let size = quotient.value.magnitudeUp + quotient.error
    let radius = (left.radius + size * right.radius)
      .dividedUp(byLower: right.middle.magnitudeDown.subtractingDown(right.radius))
    return Self(quotient, radius: radius, precision: precision)
  }

  public static prefix func - (ball: Self) -> Self {
    Self(ball.middle.negated, radius: ball.radius, precision: ball.precision)
  }

  /// May reach below zero where the ball contains zero.
  public var absoluteValue: Self { Self(middle.magnitude, radius: radius, precision: precision) }

  public func squareRoot(clampingAtZero: Bool) -> Self {
    guard isFinite else { return self }
    let limit = Self.words(precision: precision)
    let reachesBelowZero =
      radius.isZero
      ? middle.signum < 0 : middle.signum <= 0 || middle.compareMagnitude(radius.binaryFloat) < 0
    guard reachesBelowZero else {
      let root = middle.squareRoot(limit: limit)
      // √m − √(m − r) ≤ r / √m.
      return Self(
        root, radius: radius.dividedUp(byLower: middle.squareRootDown), precision: precision)
    }
    guard clampingAtZero else { return .indeterminate(precision: precision) }
    // From zero to the root of the upper end.
    let upper = BinaryFloat.add(middle, radius.binaryFloat, limit: limit)
    guard upper.value.signum > 0 else {
      return Self(.zero, radius: upper.error.squareRootUp(), precision: precision)
    }
    let root = (upper.value.magnitudeUp + upper.error).squareRootUp().halved
    return Self(root.binaryFloat, radius: root, precision: precision)
  }
}

extension SwiftEngine.Ball {
  /// The sum with an exact integer.
  func adding(_ integer: SwiftEngine.Integer) -> Self {
    if integer.isZero { return self }
    return Self(
      BinaryFloat.add(middle, BinaryFloat(integer), limit: Self.words(precision: precision)),
      radius: radius, precision: precision)
  }
}
