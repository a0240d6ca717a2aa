import Algebra
import GroebnerBases
import Ideals
import RealSolving

/// The exact residual of any support: its equations are solved by a Gröbner basis and a rational univariate
/// representation, and the solution that the certified point is, is found by its enclosure.
///
/// Guarantee: proved. Bases and parametrisations are only a way to find numbers: those that are returned
/// satisfy the equations exactly, and lie in the balls in which the point is the only solution.
package struct AlgebraicSupport<Engine: AlgebraEngine> {
  package typealias Block = ExactResidual<Engine>.Block
  package typealias Element = NumberField<Engine>.Element

  private let point: CriticalPoint<Engine>
  private let equations: SupportEquations<Engine>
  private let notation: PolynomialNotation<Engine>
  private let control: Control

  package init(_ system: StratumSystem<Engine>, _ point: CriticalPoint<Engine>, control: Control) throws {
    self.point = point
    self.control = control
    equations = try SupportEquations(system, support: point.support)
    notation = try PolynomialNotation(variables: equations.variables)
  }

  /// The residual at the point.
  ///
  /// - Parameter assumptions: equations that it is supposed to satisfy as well; they make the work less.
  /// - Returns: `nil` if the point does not satisfy them, or is not told from other solutions by its balls.
  /// - Throws: `Interruption`, `AlgebraError.tooLarge`.
  package func block(assuming assumptions: [ResidualEquation<Engine>]) throws -> Block? {
    let algebra = PolynomialAlgebra<Engine>(ring: notation.ring)
    let unknowns = notation.variables.indices.map { notation.ring.variable($0) }
    var generators = try equations.equations(in: algebra, at: unknowns)
    for assumption in assumptions {
      generators.append(try equations.leftHandSide(of: assumption, in: algebra, at: unknowns))
    }
    let ideal = try Ideal(of: generators, in: notation, control: control)
    for component in try finiteComponents(of: ideal) {
      let points = try PointSet<Engine>(of: component, control: control)
      for factor in try points.minimalPolynomial.factored().factors {
        for interval in try factor.polynomial.isolatedRealRoots(width: nil, control: control) {
          let root = IsolatedRoot<Engine>(polynomial: factor.polynomial, interval: interval)
          if try isThePoint(points, root), let block = try block(points, root) { return block }
        }
      }
    }
    return nil
  }

  /// The point is an isolated solution, so it lies in a component of dimension zero.
  private func finiteComponents(of ideal: Ideal<Engine>) throws -> [Ideal<Engine>] {
    switch try ideal.dimensionAndDegree(control: control).dimension {
    case ..<0: []
    case 0: [ideal]
    default: try ideal.minimalPrimes(control: control).filter { $0.dimension == 0 }.map(\.ideal)
    }
  }

  /// Whether the shares of a solution lie in the balls in which there is only one.
  private func isThePoint(_ points: PointSet<Engine>, _ root: IsolatedRoot<Engine>) throws -> Bool {
    var precision = 128
    var root = root
    while precision <= 16 * point.precision {
      try control.check()
      root = try root.refined(width: Engine.Rational(2).power(-precision), control: control)
      let shares = points.coordinates(at: root.interval, precision: precision + 64)[equations.weightCount...]
      if zip(shares, point.shares).contains(where: { $0.isFinite && !$0.overlaps($1) }) { return false }
      if zip(shares, point.shares).allSatisfy({ $1.containsInInterior($0) }) { return true }
      precision *= 2
    }
    return false
  }

  /// The point's numbers in the field of the root; `nil` if they fail in the equations.
  private func block(_ points: PointSet<Engine>, _ root: IsolatedRoot<Engine>) throws -> Block? {
    let field = try root.field
    let slope = try field.inverse(field.element(points.derivative))
    let unknowns = try zip(points.numerators, points.denominators).map { numerator, denominator in
      let value = field.multiply(try field.element(numerator), slope)
      return field.scale(value, by: try Engine.Rational(denominator).inverse())
    }
    guard try equations.equations(in: field, at: unknowns).allSatisfy(\.isZero) else { return nil }
    return Block(
      support: point.support, field: field, residual: try equations.residual(in: field, at: unknowns))
  }
}
