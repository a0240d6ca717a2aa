import Algebra
import Ideals
import RealSolving

/// The coordinates of a real critical form in its chart, at any precision and exactly.
struct CriticalCoordinates<Engine: AlgebraEngine>: Sendable {
  typealias Rational = Engine.Rational

  private enum Source: Sendable {
    case rational([Rational])
    case solution(RealSolution<Engine>, FiniteSolutions<Engine>)
  }

  private let source: Source
  private let core: CoreSolver<Rational>?
  private let images: [TermList<Rational>]

  /// - Parameters:
  ///   - core: for equations in the unknowns of the subspace alone.
  ///   - images: the coordinates in the unknowns of the system that was solved, and those of the core.
  init(
    _ solution: RealSolution<Engine>, of solutions: FiniteSolutions<Engine>, core: CoreSolver<Rational>?,
    images: [TermList<Rational>]
  ) throws {
    self.core = core
    self.images = images
    if solution.box.allSatisfy(\.isExact) {
      let arithmetic = RationalArithmetic<Rational>()
      let point = solution.box.map(\.lower)
      let extended = try Self.extended(point, core, arithmetic)
      source = .rational(images.map { $0.value(at: extended, arithmetic) })
    } else {
      source = .solution(solution, solutions)
    }
  }

  /// In an arithmetic that knows all signs.
  private static func extended<A: PointArithmetic>(
    _ point: [A.Scalar], _ core: CoreSolver<Rational>?, _ arithmetic: A
  ) throws -> [A.Scalar] where A.Rational == Rational {
    guard let core else { return point }
    guard let extended = try core.extended(point, arithmetic) else {
      preconditionFailure("normal equations are definite at real points")
    }
    return extended
  }

  /// The coordinates, if all of them are rational.
  var rational: [Rational]? {
    if case .rational(let values) = source { return values }
    return nil
  }

  func balls(precision: Int, control: Control) throws -> [Engine.Ball] {
    switch source {
    case .rational(let values):
      return values.map(BallArithmetic<Engine.Ball>(precision: precision + 64).constant)
    case .solution(let solution, let solutions):
      var precision = precision
      while true {
        try control.check()
        let arithmetic = BallArithmetic<Engine.Ball>(precision: precision + 64)
        let point = try solutions.coordinates(of: solution, precision: precision, control: control)
          .map { $0.withPrecision(precision + 64) }
        if let extended = try core.map({ try $0.extended(point, arithmetic) }) ?? point {
          return images.map { $0.value(at: extended, arithmetic) }
        }
        precision *= 2
      }
    }
  }

  /// The number field that the solution generates, and the coordinates in it.
  func exact(control: Control) throws -> (FieldArithmetic<Engine>, [NumberField<Engine>.Element]) {
    switch source {
    case .rational(let values):
      let field = try IsolatedRoot<Engine>(
        polynomial: Engine.UnivariatePolynomial(coefficients: [0, 1]),
        interval: IsolatingInterval(lower: 0, upper: 0)
      ).field
      return (FieldArithmetic(field: field), values.map(field.constant))
    case .solution(let solution, let solutions):
      let points = solutions.points
      let factor = try points.minimalPolynomial.factored().factors.map(\.polynomial).first { factor in
        let lower = try factor.evaluated(at: solution.root.lower).signum()
        let upper = try factor.evaluated(at: solution.root.upper).signum()
        return solution.root.isExact ? lower == 0 : lower * upper < 0
      }
      guard let factor else { preconditionFailure("every root belongs to a factor") }
      let field = try IsolatedRoot<Engine>(polynomial: factor, interval: solution.root).field
      let slope = try field.inverse(field.element(points.derivative))
      let point = try zip(points.numerators, points.denominators).map {
        field.multiply(try field.element($0, over: $1), slope)
      }
      let arithmetic = FieldArithmetic(field: field)
      let extended = try Self.extended(point, core, arithmetic)
      return (arithmetic, images.map { $0.value(at: extended, arithmetic) })
    }
  }
}
