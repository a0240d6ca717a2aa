import Algebra
import Ideals

/// A real point of a finite variety: exact signs of polynomials, and enclosures at any precision.
package struct AlgebraicPoint<Engine: AlgebraEngine>: Sendable {
  package typealias Ball = Engine.Ball

  private let solutions: FiniteSolutions<Engine>
  private let solution: RealSolution<Engine>

  package init(_ solution: RealSolution<Engine>, of solutions: FiniteSolutions<Engine>) {
    self.solution = solution
    self.solutions = solutions
  }

  /// −1, 0 or 1. Exact: zero is decided by a greatest common divisor.
  package func sign(
    of polynomial: Engine.Polynomial, in notation: PolynomialNotation<Engine>, _ control: Control
  )
    throws -> Int
  {
    guard let leading = polynomial.leadingTerm else { return 0 }
    if polynomial.totalDegree == 0 { return leading.coefficient.signum() }
    let sign = try solutions.sign(of: notation.value(polynomial), at: solution, control: control)
    return sign * leading.coefficient.signum()
  }

  /// Enclosures of all coordinates with about this many correct bits, in the sequence of the variables.
  package func coordinates(precision: Int) throws -> [Ball] {
    try solutions.coordinates(of: solution, precision: precision)
  }
}

extension RationalPolynomial {
  /// An enclosure of the value at a point.
  package func enclosure<Ball: RealBall>(at point: [Ball], precision: Int) -> Ball
  where Ball.Rational == Rational {
    terms.reduce(Ball(0.0, precision: precision)) { sum, term in
      var product = Ball(term.coefficient, precision: precision)
      for (variable, exponent) in term.exponents.enumerated() {
        for _ in 0..<exponent { product = product * point[variable] }
      }
      return sum + product
    }
  }
}
