import Algebra
import LandscapeModel

/// Writes exact numbers and polynomials down.
package struct ExactText<Engine: AlgebraEngine> {
  package typealias Number = ExactDescription.Number

  package let field: NumberField<Engine>
  private let digits: Int
  private let control: Control

  /// - Parameter digits: significant digits of the bounds of numbers, at least.
  package init(field: NumberField<Engine>, digits: Int, control: Control) {
    self.field = field
    self.digits = digits
    self.control = control
  }

  /// An element of the field as a polynomial in `t`.
  package func text(_ element: NumberField<Engine>.Element) throws -> String {
    try Self.polynomial(element.coefficients, variable: "t")
  }

  private static func polynomial(_ coefficients: [Engine.Rational], variable: String) throws -> String {
    let ring = try Engine.PolynomialRing(variables: [variable], order: .degreeReverseLexicographic)
    let terms = coefficients.enumerated().filter { $1 != 0 }.map {
      PolynomialTerm(exponents: [$0], coefficient: $1)
    }
    return try ring.polynomial(terms: terms).description
  }

  package func number(_ element: NumberField<Engine>.Element) throws -> Number {
    try number(field.root(element, control: control), variable: "x")
  }

  /// The generator.
  package func generator() throws -> Number {
    try number(field.root(field.generator, control: control), variable: "t")
  }

  /// A root between canonical decimals, with as many digits as it takes to tell it from its conjugates.
  package func number(_ root: IsolatedRoot<Engine>, variable: String = "x") throws -> Number {
    let polynomial = try Self.polynomial(
      root.polynomial.coefficients.map { Engine.Rational($0) }, variable: variable)
    if root.polynomial.degree == 1 {
      let coefficients = root.polynomial.coefficients
      let value = try Engine.Rational(numerator: -coefficients[0], denominator: coefficients[1])
      guard
        let enclosure = DecimalEnclosure(lower: value, upper: value, digits: digits, decidesTies: true)
      else { preconditionFailure("an exact number has a nearest decimal") }
      return Number(minimalPolynomial: polynomial, lower: enclosure.lower, upper: enclosure.upper)
    }
    var digits = self.digits
    while digits <= 1 << 14 {
      if let enclosure = try enclosure(of: root, digits: digits),
        try isIsolating(enclosure, root.polynomial)
      {
        return Number(minimalPolynomial: polynomial, lower: enclosure.lower, upper: enclosure.upper)
      }
      digits *= 2
    }
    throw AlgebraError.tooLarge("conjugate numbers agree to more than \(digits) digits")
  }

  private func enclosure(of root: IsolatedRoot<Engine>, digits: Int) throws -> DecimalEnclosure? {
    var precision = digits * 4 + 64
    while precision <= 1 << 18 {
      let interval = try root.refined(width: Engine.Rational(2).power(-precision), control: control)
        .interval
      if let enclosure = DecimalEnclosure(
        lower: interval.lower, upper: interval.upper, digits: digits,
        decidesTies: precision > 1 << 14)
      {
        return enclosure
      }
      precision *= 2
    }
    return nil
  }

  private func isIsolating(
    _ enclosure: DecimalEnclosure, _ polynomial: Engine.UnivariatePolynomial
  ) throws -> Bool {
    let (lower, upper) = try (
      Engine.Rational(exactly: enclosure.lower), Engine.Rational(exactly: enclosure.upper)
    )
    let width = upper - lower
    let inside = try polynomial.isolatedRealRoots(width: width, control: control).filter {
      $0.upper >= lower && $0.lower <= upper
    }
    return inside.count == 1
  }
}
