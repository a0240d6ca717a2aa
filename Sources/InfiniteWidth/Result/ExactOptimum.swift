import Algebra
import ConvexMethod
import LandscapeModel
import RealSolving
import Strata

/// An optimum in exact numbers.
struct ExactOptimum<Engine: AlgebraEngine> {
  private let optimum: SparseOptimum<Engine>
  private let polytope: SolutionPolytope<Engine>
  private let exact: BoundedExactDecision<Engine>
  private let scaling: Scaling<Engine>
  private let digits: Int
  private let control: Control

  init(
    _ optimum: SparseOptimum<Engine>, _ polytope: SolutionPolytope<Engine>,
    _ exact: BoundedExactDecision<Engine>, _ scaling: Scaling<Engine>,
    digits: Int, control: Control
  ) {
    self.optimum = optimum
    self.polytope = polytope
    self.exact = exact
    self.scaling = scaling
    self.control = control
    self.digits = digits
  }

  /// - Returns: `nil` if no exact description is within reach.
  func numbers() throws -> InfiniteWidthResult.Exact? {
    guard let block = try exact.block(of: optimum.system, at: optimum.point) else { return nil }
    let field = block.field
    let problem = optimum.division.problem
    let text = ExactText<Engine>(field: field, digits: digits, control: control)
    // ℓ = ⟨y, r⟩ + λ Σ c, with the same Σ c for all solutions.
    let solutions = optimum.isZero ? [[]] : try polytope.exactSolutions(block, control: control)
    guard let first = solutions.first else { return nil }
    let mass = first.reduce(field.zero) { field.add($0, $1) }
    let loss = field.add(block.value(of: problem.targets), field.scale(mass, by: problem.ridge))
    let lossScale = try Engine.Rational(2).power(scaling.lossExponent)
    let massScale = try Engine.Rational(2).power(scaling.shareExponent)
    let masses = polytope.dimension == 0 && !optimum.isZero ? first : nil
    return InfiniteWidthResult.Exact(
      loss: try text.number(field.scale(loss, by: lossScale)),
      masses: try masses?.map { try text.number(field.scale($0, by: massScale)) })
  }
}
