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

  private let support: [Int]
  /// Of the shares, and of the ridge if that is unknown: in these balls there is only one solution.
  private let enclosures: [Engine.Ball]
  private let precision: Int
  private let equations: SupportEquations<Engine>
  private let notation: PolynomialNotation<Engine>
  private let control: Control

  package init(_ system: StratumSystem<Engine>, _ point: CriticalPoint<Engine>, control: Control) throws {
    try self.init(
      system, support: point.support, enclosures: point.shares, precision: point.precision, control: control)
  }

  /// - Parameter enclosures: balls of the shares, in which there is only one solution; then of the ridge if that is
  ///   an unknown, too.
  package init(
    _ system: StratumSystem<Engine>, support: [Int], enclosures: [Engine.Ball], precision: Int,
    control: Control
  ) throws {
    self.support = support
    self.enclosures = enclosures
    self.precision = precision
    self.control = control
    equations = try SupportEquations(
      system, support: support, ridgeIsUnknown: enclosures.count > support.count)
    notation = try PolynomialNotation(variables: equations.variables)
  }

  /// The residual at the point.
  ///
  /// - Parameter assumptions: equations that it is supposed to satisfy as well; they make the work less.
  /// - Returns: `nil` if the point does not satisfy them, or is not told from other solutions by its balls.
  /// - Throws: `Interruption`, `AlgebraError.tooLarge`.
  package func block(assuming assumptions: [ResidualEquation<Engine>]) throws -> Block? {
    try solution(assuming: assumptions)?.block
  }

  /// The residual, the shares and the ridge, which is an unknown, where one more equation holds.
  ///
  /// - Returns: `nil` if no solution lies in the balls, or balls do not tell.
  /// - Throws: `Interruption`, `AlgebraError.tooLarge`.
  package func event(
    _ equation: ResidualEquation<Engine>
  ) throws -> (block: Block, shares: [Element], ridge: Element)? {
    guard let (block, unknowns) = try solution(assuming: [equation]), let ridge = unknowns.last,
      try equations.leftHandSide(of: equation, in: block.field, at: unknowns).isZero
    else { return nil }
    return (block, Array(unknowns[equations.weightCount..<unknowns.count - 1]), ridge)
  }

  private func solution(
    assuming assumptions: [ResidualEquation<Engine>]
  ) throws -> (block: Block, unknowns: [Element])? {
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
          if try isThePoint(points, root), let solution = try solution(points, root) { return solution }
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
    while precision <= 16 * self.precision {
      try control.check()
      root = try root.refined(width: Engine.Rational(2).power(-precision), control: control)
      let shares = points.coordinates(at: root.interval, precision: precision + 64)[equations.weightCount...]
      if zip(shares, enclosures).contains(where: { $0.isFinite && !$0.overlaps($1) }) { return false }
      if zip(shares, enclosures).allSatisfy({ $1.containsInInterior($0) }) { return true }
      precision *= 2
    }
    return false
  }

  /// The point's numbers in the field of the root; `nil` if they fail in the equations.
  private func solution(
    _ points: PointSet<Engine>, _ root: IsolatedRoot<Engine>
  ) throws -> (block: Block, unknowns: [Element])? {
    let field = try root.field
    let slope = try field.inverse(field.element(points.derivative))
    let unknowns = try zip(points.numerators, points.denominators).map { numerator, denominator in
      let value = field.multiply(try field.element(numerator), slope)
      return field.scale(value, by: try Engine.Rational(denominator).inverse())
    }
    guard try equations.equations(in: field, at: unknowns).allSatisfy(\.isZero) else { return nil }
    let block = Block(
      support: support, field: field, residual: try equations.residual(in: field, at: unknowns))
    return (block, unknowns)
  }
}
