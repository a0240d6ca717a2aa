import Algebra
import GroebnerBases
import Ideals

extension FiniteSolutions {
  /// The exact sign of a polynomial at a real solution: −1, 0 or 1.
  ///
  /// Intervals decide what is not zero; zero is decided by a greatest common divisor, never by precision.
  /// Cost: a few evaluations, else the polynomial's remainder modulo the eliminating polynomial.
  ///
  /// - Throws: `AlgebraError.shapeMismatch`, `.tooLarge`; `Interruption`.
  public func sign(
    of polynomial: SparsePolynomial<WideInteger>, at solution: RealSolution<Engine>,
    control: Control = Control()
  ) throws -> Int {
    let n = points.numerators.count
    guard polynomial.variableCount == n else {
      throw AlgebraError.shapeMismatch(expected: "\(n) variables", found: "\(polynomial.variableCount)")
    }
    var root = solution.root
    var isKnownNonzero = false
    var bits = 64
    while true {
      try control.check()
      if !root.isExact {
        let width = CoordinateRefinement<Engine>.width(bits: bits)
        root = try points.minimalPolynomial.refined(root, width: width, control: control)
      }
      let coordinates = points.coordinates(at: root, precision: bits + 64)
      switch Self.value(of: polynomial, at: coordinates, precision: bits + 64).sign {
      case .positive: return 1
      case .negative: return -1
      case .zero: return 0
      case .unknown: break
      }
      if !isKnownNonzero, bits >= 256 {
        if try points.vanishes(points.numerator(of: polynomial, control: control), at: root) { return 0 }
        isKnownNonzero = true
      }
      bits *= 2
    }
  }

  /// The value of a polynomial at a point.
  public static func value(
    of polynomial: SparsePolynomial<WideInteger>, at coordinates: [Engine.Ball], precision: Int
  ) -> Engine.Ball {
    var sum = Engine.Ball(Engine.Rational(0), precision: precision)
    for term in 0..<polynomial.termCount {
      let coefficient = Engine.Rational(Engine.Integer(polynomial.coefficients[term]))
      var product = Engine.Ball(coefficient, precision: precision)
      for (variable, exponent) in polynomial.exponents(ofTerm: term).enumerated() {
        for _ in 0..<exponent { product = product * coordinates[variable] }
      }
      sum = sum + product
    }
    return sum
  }
}
