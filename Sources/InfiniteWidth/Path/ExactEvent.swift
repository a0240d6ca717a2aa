import Algebra
import ConvexMethod
import LandscapeModel
import RealSolving
import Strata

/// The end of a branch in exact numbers, where the equations are few enough for elimination theory.
struct ExactEvent<Engine: AlgebraEngine> {
  private let system: StratumSystem<Engine>
  private let block: ExactResidual<Engine>.Block
  private let ridge: NumberField<Engine>.Element

  /// The most unknowns that a Gröbner basis is asked for.
  private static var mostUnknowns: Int { 10 }

  /// - Returns: `nil` if an exact description is not within reach.
  /// - Throws: `Interruption`, `AlgebraError`.
  init?(_ end: PathEnd<Engine>, control: Control) throws {
    let (solver, solution) = (end.solver, end.solution)
    system = solver.system
    // Where a mass vanishes the other faces form the support, and its own face attains the ridge.
    var kept = Array(solver.support.indices)
    let equation: ResidualEquation<Engine>
    switch solver.equation {
    case .mass(let index):
      kept.remove(at: index)
      equation = .attains(solver.system.faces[solver.support[index]])
    case .form(let form): equation = .vanishes(form)
    case .attains(let face): equation = .attains(solver.system.faces[face])
    }
    let support = kept.map { solver.support[$0] }
    let unknowns = support.reduce(1) { $0 + solver.system.faces[$1].dimension + 1 }
    guard !support.isEmpty, unknowns <= Self.mostUnknowns else { return nil }
    do {
      let algebraic = try AlgebraicSupport(
        solver.system, support: support, enclosures: kept.map { solution.shares[$0] } + [solution.ridge],
        precision: solution.precision, control: control)
      guard let found = try algebraic.event(equation) else { return nil }
      (block, ridge) = (found.block, found.ridge)
      // The solution that was found is the branch's: it lies in the box where that is the only one.
      let (field, precision) = (block.field, solution.precision)
      let exact = try field.ball(ridge, precision: precision)
      var shares = solver.support.map { _ in Engine.Ball(0.0, precision: precision) }
      for (index, share) in zip(kept, found.shares) {
        shares[index] = try field.ball(share, precision: precision)
      }
      let block = self.block
      let vectors = try solver.support.flatMap { position in
        try block.gradient(try solver.system.design(position)).map {
          try field.ball($0, precision: precision) / exact
        }
      }
      guard end.segment.contains(vectors + shares, ridge: exact) else { return nil }
    } catch AlgebraError.tooLarge {
      return nil
    }
  }

  /// Whether a condition's function vanishes at the event.
  func vanishes(_ equation: EventEquation<Engine>, support: [Int]) throws -> Bool {
    let field = block.field
    switch equation {
    case .form(let form): return block.value(of: form).isZero
    case .attains(let face):
      let gradient = block.gradient(try system.design(face))
      let square = gradient.reduce(field.zero) { field.add($0, field.multiply($1, $1)) }
      return square == field.multiply(ridge, ridge)
    case .mass(let index): return !block.support.contains(support[index])
    }
  }

  /// The ridge, multiplied by a power of two.
  func number(scaledBy exponent: Int, digits: Int, control: Control) throws -> ExactDescription.Number {
    let text = ExactText<Engine>(field: block.field, digits: digits, control: control)
    return try text.number(block.field.scale(ridge, by: Engine.Rational(2).power(exponent)))
  }
}
