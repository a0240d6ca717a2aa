import Algebra
import GroebnerBases
import Ideals
import LandscapeModel

/// A real solution of a polynomial system: the value θ of the separating form as a root of the eliminating
/// polynomial, from which all coordinates follow.
public struct RealSolution<Engine: AlgebraEngine>: Sendable {
  public typealias Interval = IsolatingInterval<Engine.Rational>

  /// Isolates θ among the real roots of the eliminating polynomial.
  public let root: Interval
  /// Contains the coordinates.
  public let box: [Interval]
  /// The multiplicity of the solution.
  public let multiplicity: Int
}

/// All real solutions of a system with finitely many complex ones.
public struct FiniteSolutions<Engine: AlgebraEngine>: Sendable {
  public typealias Interval = IsolatingInterval<Engine.Rational>

  /// All complex solutions.
  public let points: PointSet<Engine>
  /// The dimension of the quotient ring: the number of complex solutions with their multiplicities.
  public let degree: Int
  /// Ascending by the value of the separating form.
  public let solutions: [RealSolution<Engine>]
  /// The canonical enclosures of the coordinates of each solution.
  public let enclosures: [[DecimalEnclosure]]
}

extension FiniteSolutions {
  /// Enclosures of the coordinates of a solution, with at least this many bits behind the binary point of
  /// each unless it is huge.
  ///
  /// - Throws: `Interruption`.
  public func coordinates(
    of solution: RealSolution<Engine>, precision: Int, control: Control = Control()
  ) throws -> [Engine.Ball] {
    var bits = precision
    while true {
      let root = try points.minimalPolynomial.refined(
        solution.root, width: CoordinateRefinement<Engine>.width(bits: bits), control: control)
      let balls = points.coordinates(at: root, precision: bits + 64)
      let wanted = CoordinateRefinement<Engine>.width(bits: precision)
      let isTight = try balls.allSatisfy { ball in
        guard ball.isFinite else { return false }
        let (lower, upper) = try ball.bounds()
        return upper - lower <= wanted
      }
      if isTight { return balls }
      try control.check()
      bits *= 2
    }
  }
}

extension PointSet {
  /// The coordinates at a root of the minimal polynomial; balls that are not finite where the precision does
  /// not suffice.
  public func coordinates(
    at root: IsolatingInterval<Engine.Rational>, precision: Int
  ) -> [Engine.Ball] {
    let theta = Engine.Ball(lower: root.lower, upper: root.upper, precision: precision)
    let values = Engine.evaluate(numerators + [derivative], at: theta)
    let slope = values[numerators.count]
    return denominators.indices.map { i in
      values[i] / (slope * Engine.Ball(Engine.Rational(denominators[i]), precision: precision))
    }
  }

  /// Whether a polynomial in θ that is given by its numerator vanishes at a root. Exact: by the greatest common
  /// divisor with the minimal polynomial.
  func vanishes(
    _ numerator: Engine.UnivariatePolynomial, at root: IsolatingInterval<Engine.Rational>
  ) throws -> Bool {
    if numerator.isZero { return true }
    let common = numerator.greatestCommonDivisor(with: minimalPolynomial)
    guard common.degree > 0 else { return false }
    let lower = try common.evaluated(at: root.lower).signum()
    if root.isExact { return lower == 0 }
    // The ends are no roots of the minimal polynomial, and θ is the only one of its roots in between.
    return try lower * common.evaluated(at: root.upper).signum() < 0
  }
}
