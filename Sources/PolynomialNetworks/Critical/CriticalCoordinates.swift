import Algebra
import Ideals
import RealSolving

/// The coordinates of a real critical form in its chart, at any precision and exactly.
struct CriticalCoordinates<Engine: AlgebraEngine>: Sendable {
  typealias Rational = Engine.Rational

  private enum Source: Sendable {
    case rational([Rational])
    case solution(RealSolution<Engine>, FiniteSolutions<Engine>, images: [TermList<Rational>])
  }

  private let source: Source

  init(rational values: [Rational]) { source = .rational(values) }

  /// - Parameter images: the coordinates in the unknowns of the system that was solved.
  init(
    _ solution: RealSolution<Engine>, of solutions: FiniteSolutions<Engine>, images: [TermList<Rational>]
  ) {
    if solution.box.allSatisfy(\.isExact) {
      let point = solution.box.map(\.lower)
      source = .rational(images.map { $0.value(at: point, RationalArithmetic<Rational>()) })
    } else {
      source = .solution(solution, solutions, images: images)
    }
  }

  /// The coordinates, if all of them are rational.
  var rational: [Rational]? {
    if case .rational(let values) = source { return values }
    return nil
  }

  func balls(precision: Int, control: Control) throws -> [Engine.Ball] {
    let arithmetic = BallArithmetic<Engine.Ball>(precision: precision + 64)
    switch source {
    case .rational(let values): return values.map(arithmetic.constant)
    case .solution(let solution, let solutions, let images):
      let point = try solutions.coordinates(of: solution, precision: precision, control: control)
        .map { $0.withPrecision(precision + 64) }
      return images.map { $0.value(at: point, arithmetic) }
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
    case .solution(let solution, let solutions, let images):
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
      return (arithmetic, images.map { $0.value(at: point, arithmetic) })
    }
  }
}
