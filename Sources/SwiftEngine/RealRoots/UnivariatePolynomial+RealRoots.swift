import Algebra

extension SwiftEngine: RootIsolatingEngine {
  package typealias Coefficients = FixedPointVector

  package static func dyadic(_ integer: Integer, exponent: Int) -> Rational {
    Rational(integer, timesTwoTo: exponent)
  }

  package static func shifted(_ integer: Integer, by bits: Int) -> Integer {
    bits >= 0 ? integer.shiftedLeft(by: bits) : integer.flooredRight(by: -bits)
  }

  /// By continued fractions.
  package static func simplestRational(from lower: Rational, to upper: Rational) -> Rational {
    if lower.signum() <= 0, upper.signum() >= 0 { return 0 }
    if upper.signum() < 0 { return -simplestRational(from: -upper, to: -lower) }
    // The expansions of the ends agree in the first quotients; convergents p/q.
    var (a, b) = (lower.numerator, lower.denominator)
    var (c, d) = (upper.numerator, upper.denominator)
    var (p0, q0, p1, q1): (Integer, Integer, Integer, Integer) = (0, 1, 1, 0)
    while true {
      let (quotient, rest) = a.divided(by: b)
      let (other, otherRest) = c.divided(by: d)
      // The least number from here on is the quotient if the lower end is it, else the next one if that fits.
      let isLast = rest.isZero || quotient < other
      let digit = rest.isZero ? quotient : (quotient < other ? quotient + 1 : quotient)
      (p0, q0, p1, q1) = (p1, q1, digit * p1 + p0, digit * q1 + q0)
      if isLast { return Rational(reduced: p1, q1) }
      // Inverting the fractional parts exchanges the ends.
      (a, b, c, d) = (d, otherRest, b, rest)
    }
  }
}

extension SwiftEngine.UnivariatePolynomial {
  /// Cost: see `RootIsolation`; then evaluations whose number is logarithmic in the bits that `width` asks for.
  public func isolatedRealRoots(
    width: SwiftEngine.Rational?, control: Control
  ) throws -> [IsolatingInterval<SwiftEngine.Rational>] {
    try SwiftEngine.isolatedRealRoots(of: self, width: width, control: control)
  }

  /// Cost: evaluations whose number is logarithmic in the wanted bits.
  public func refined(
    _ interval: IsolatingInterval<SwiftEngine.Rational>, width: SwiftEngine.Rational, control: Control
  ) throws -> IsolatingInterval<SwiftEngine.Rational> {
    try SwiftEngine.refined(interval, of: self, width: width, control: control)
  }
}

extension SwiftEngine {
  /// By Horner's scheme.
  public static func evaluate(_ polynomials: [UnivariatePolynomial], at point: Ball) -> [Ball] {
    polynomials.map { polynomial in
      polynomial.coefficients.reversed().reduce(
        Ball(BinaryFloat.zero, radius: .zero, precision: point.precision)
      ) { sum, coefficient in
        let product = sum * point
        return product.adding(coefficient)
      }
    }
  }
}
