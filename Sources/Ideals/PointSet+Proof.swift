import Algebra
import GroebnerBases

extension PointSet {
  /// A polynomial in θ that vanishes at a root of the minimal polynomial iff the given one vanishes at the
  /// point that belongs to it. Exact.
  ///
  /// - Throws: `AlgebraError.tooLarge`; `Interruption`.
  public func numerator(
    of polynomial: SparsePolynomial<WideInteger>, control: Control = Control()
  ) throws -> Engine.UnivariatePolynomial {
    let n = numerators.count
    // The point is (P_i / Q) with one denominator.
    var denominator = Engine.Integer(1)
    for other in denominators {
      let common = denominator.greatestCommonDivisor(with: other)
      denominator = try denominator.dividedExactly(by: common) * other
    }
    let images = try (0..<n).map { i in
      let factor = try denominator.dividedExactly(by: denominators[i])
      return try remainder(numerators[i] * Univariate(coefficients: [factor]))
    }
    let common = try remainder(derivative * Univariate(coefficients: [denominator]))
    let degree = polynomial.degree
    // Fractions: the same power of the leading coefficient is multiplied into every term.
    var sum = Scaled(polynomial: Univariate(coefficients: []), scale: 1)
    for term in 0..<polynomial.termCount {
      try control.check()
      let exponents = polynomial.exponents(ofTerm: term)
      var product = Scaled(
        polynomial: Univariate(coefficients: [Engine.Integer(polynomial.coefficients[term])]), scale: 1)
      var missing = degree
      for (image, exponent) in zip(images, exponents) {
        for _ in 0..<exponent { product = try multiply(product, image) }
        missing -= Int(exponent)
      }
      for _ in 0..<missing { product = try multiply(product, common) }
      sum = try add(sum, product)
    }
    return sum.polynomial.primitivePart
  }

  /// Whether all points are zeros of the polynomials. Exact: a proof that the parametrisation is right.
  public func verify(
    _ polynomials: [SparsePolynomial<WideInteger>], control: Control = Control()
  ) throws -> Bool {
    try polynomials.allSatisfy { try numerator(of: $0, control: control).isZero }
  }

  /// `polynomial / scale`, as a remainder modulo the minimal polynomial.
  private struct Scaled {
    var polynomial: Engine.UnivariatePolynomial
    var scale: Engine.Integer
  }

  private func remainder(_ polynomial: Univariate) throws -> Scaled {
    let (remainder, scale) = try polynomial.pseudoRemainder(dividingBy: minimalPolynomial)
    return try reduced(Scaled(polynomial: remainder, scale: scale))
  }

  /// In lowest terms.
  private func reduced(_ value: Scaled) throws -> Scaled {
    var content = value.scale
    for coefficient in value.polynomial.coefficients {
      content = content.greatestCommonDivisor(with: coefficient)
    }
    guard content != 1, content != 0 else { return value }
    return Scaled(
      polynomial: try value.polynomial.dividedExactly(by: Univariate(coefficients: [content])),
      scale: try value.scale.dividedExactly(by: content))
  }

  private func multiply(_ left: Scaled, _ right: Scaled) throws -> Scaled {
    let product = try remainder(left.polynomial * right.polynomial)
    return try reduced(
      Scaled(polynomial: product.polynomial, scale: product.scale * left.scale * right.scale))
  }

  private func add(_ left: Scaled, _ right: Scaled) throws -> Scaled {
    let sum =
      left.polynomial * Univariate(coefficients: [right.scale]) + right.polynomial
      * Univariate(coefficients: [left.scale])
    return try reduced(Scaled(polynomial: sum, scale: left.scale * right.scale))
  }
}
