import Algebra

/// A real root of a polynomial, told from the others by an interval.
package struct IsolatedRoot<Engine: AlgebraEngine>: Sendable {
  package typealias Interval = IsolatingInterval<Engine.Rational>

  package let polynomial: Engine.UnivariatePolynomial
  package let interval: Interval

  package init(polynomial: Engine.UnivariatePolynomial, interval: Interval) {
    self.polynomial = polynomial
    self.interval = interval
  }

  /// The only root that may lie in a ball; `nil` if there is none or if there are several.
  package init?(of polynomial: Engine.UnivariatePolynomial, in enclosure: Engine.Ball) throws {
    let width = try Engine.Rational(2).power(-enclosure.precision)
    let candidates = try polynomial.isolatedRealRoots(width: width).filter {
      Engine.Ball(lower: $0.lower, upper: $0.upper, precision: enclosure.precision).overlaps(enclosure)
    }
    guard candidates.count == 1 else { return nil }
    self.init(polynomial: polynomial, interval: candidates[0])
  }

  /// In an interval of at most this width.
  package func refined(width: Engine.Rational, control: Control = Control()) throws -> Self {
    Self(
      polynomial: polynomial,
      interval: try polynomial.refined(interval, width: width, control: control))
  }

  /// A ball around the root with a radius of about `2^−precision`.
  package func ball(precision: Int) throws -> Engine.Ball {
    let narrow = try refined(width: Engine.Rational(2).power(-precision)).interval
    return Engine.Ball(lower: narrow.lower, upper: narrow.upper, precision: precision)
  }

  /// The number field that it generates, if its polynomial is irreducible.
  package var field: NumberField<Engine> {
    get throws {
      try NumberField(modulus: polynomial.coefficients.map { Engine.Rational($0) }) { precision in
        try ball(precision: precision)
      }
    }
  }
}
