import Algebra

extension NumberField {
  /// The minimal polynomial of an element over Q, primitive with positive leading coefficient. Exact.
  /// Cost: the reduced echelon form of a `degree × (degree + 1)` matrix.
  ///
  /// - Throws: `Interruption`.
  package func minimalPolynomial(
    of element: Element, control: Control = Control()
  ) throws -> Engine.UnivariatePolynomial {
    var powers = [constant(1)]
    for _ in 0..<degree {
      try control.check()
      powers.append(multiply(powers[powers.count - 1], element))
    }
    var matrix = Engine.RationalMatrix.zero(rows: degree, columns: degree + 1)
    for (column, power) in powers.enumerated() {
      for row in 0..<degree { matrix[row, column] = power.coefficients[row] }
    }
    // The first power that depends on the lower ones is the first column without a pivot.
    let (form, pivots) = matrix.reducedRowEchelonForm()
    let length = (0...degree).first { $0 >= pivots.count || pivots[$0] != $0 } ?? degree
    let coefficients = (0..<length).map { -form[$0, length] } + [1]
    return try Engine.UnivariatePolynomial(clearing: coefficients)
  }

  /// The irreducible polynomial of a square root of an element, and the root.
  ///
  /// - Parameter sign: of the root; the element is positive.
  package func squareRoot(
    of element: Element, sign: Int, control: Control = Control()
  ) throws -> IsolatedRoot<Engine> {
    let square = try minimalPolynomial(of: element, control: control)
    let coefficients = square.coefficients.flatMap { [$0, Engine.Integer(0)] }
    return try root(of: Engine.UnivariatePolynomial(coefficients: coefficients), control) { precision in
      let root = try ball(element, precision: precision).squareRoot(clampingAtZero: true)
      return sign < 0 ? -root : root
    }
  }

  /// The root that an element is.
  package func root(_ element: Element, control: Control = Control()) throws -> IsolatedRoot<Engine> {
    try root(of: try minimalPolynomial(of: element, control: control), control) {
      try ball(element, precision: $0)
    }
  }

  /// The root of one of the irreducible factors that the balls enclose.
  private func root(
    of polynomial: Engine.UnivariatePolynomial, _ control: Control,
    in ball: (_ precision: Int) throws -> Engine.Ball
  ) throws -> IsolatedRoot<Engine> {
    let factors = try polynomial.factored().factors.map(\.polynomial)
    var precision = 128
    while precision <= 1 << 16 {
      let enclosure = try ball(precision)
      var found: [IsolatedRoot<Engine>] = []
      var isUnclear = false
      for factor in factors {
        let width = try Engine.Rational(2).power(-precision)
        let candidates = try factor.isolatedRealRoots(width: width, control: control).filter {
          Engine.Ball(lower: $0.lower, upper: $0.upper, precision: precision).overlaps(enclosure)
        }
        if candidates.count > 1 { isUnclear = true }
        found += candidates.map { IsolatedRoot(polynomial: factor, interval: $0) }
      }
      if found.count == 1, !isUnclear { return found[0] }
      precision *= 2
    }
    throw AlgebraError.tooLarge("telling the roots of a polynomial apart needs more than 2^16 bits")
  }
}

extension IntegerPolynomial {
  /// The primitive multiple, with positive leading coefficient, of the polynomial with these coefficients.
  package init(clearing coefficients: [Rational]) throws {
    self = try Self(coefficients: Rational.overCommonDenominator(coefficients).numerators).primitivePart
  }
}

extension ExactRational {
  /// The numbers as fractions with their least common denominator.
  package static func overCommonDenominator(
    _ numbers: [Self]
  ) throws -> (numerators: [Integer], denominator: Integer) {
    var common = Integer(1)
    for number in numbers where number.denominator != common {
      let divisor = common.greatestCommonDivisor(with: number.denominator)
      common = try common * number.denominator.dividedExactly(by: divisor)
    }
    let numerators = try numbers.map { try $0.numerator * common.dividedExactly(by: $0.denominator) }
    return (numerators, common)
  }
}
