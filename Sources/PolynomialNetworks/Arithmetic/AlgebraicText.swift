import Algebra
import LandscapeModel
import RealSolving

/// Writes real algebraic numbers down.
struct AlgebraicText<Engine: AlgebraEngine> {
  typealias Number = TeacherResult.AlgebraicNumber

  /// Significant digits of the bounds, at least.
  let digits: Int
  let control: Control

  func number(_ value: Engine.Rational) throws -> Number { try number(RealAlgebraicNumber<Engine>(value)) }

  func number(_ number: RealAlgebraicNumber<Engine>) throws -> Number {
    try self.number(number.minimalPolynomial, number.interval)
  }

  /// A root of an irreducible polynomial between canonical decimals, with as many digits as it takes to tell it
  /// from its conjugates.
  func number(
    _ polynomial: Engine.UnivariatePolynomial, _ interval: IsolatingInterval<Engine.Rational>
  ) throws -> Number {
    let text = try Self.text(polynomial)
    if interval.isExact {
      let enclosure = Enclosures(digits: digits).exact(interval.lower)
      return Number(minimalPolynomial: text, lower: enclosure.lower, upper: enclosure.upper)
    }
    var digits = digits
    while digits <= 1 << 14 {
      let enclosure = try Enclosures(digits: digits).all(control: control) {
        (precision: Int) -> [Engine.Ball]? in
        let narrow = try polynomial.refined(
          interval, width: Engine.Rational(2).power(-precision), control: control)
        return [Engine.Ball(lower: narrow.lower, upper: narrow.upper, precision: precision + 64)]
      }[0]
      let (lower, upper) = try (
        Engine.Rational(exactly: enclosure.lower), Engine.Rational(exactly: enclosure.upper)
      )
      let inside = try polynomial.isolatedRealRoots(width: upper - lower, control: control).filter {
        $0.upper >= lower && $0.lower <= upper
      }
      if inside.count == 1 {
        return Number(minimalPolynomial: text, lower: enclosure.lower, upper: enclosure.upper)
      }
      digits *= 2
    }
    throw AlgebraError.tooLarge("conjugate numbers agree to more than \(digits) digits")
  }

  private static func text(_ polynomial: Engine.UnivariatePolynomial) throws -> String {
    let ring = try Engine.PolynomialRing(variables: ["x"], order: .degreeReverseLexicographic)
    let terms = polynomial.coefficients.enumerated().filter { $1 != 0 }.map {
      PolynomialTerm(exponents: [$0], coefficient: Engine.Rational($1))
    }
    return try ring.polynomial(terms: terms).description
  }
}
