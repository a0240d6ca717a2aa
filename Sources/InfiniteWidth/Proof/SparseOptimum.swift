import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// A proved minimiser of the infinitely wide network's loss: all directions at which the dual certificate `η` attains
/// `±λ`, and the masses on some of them.
struct SparseOptimum<Engine: AlgebraEngine>: Sendable {
  /// The extremal faces: `|q_f| = λ` with `q_f` or `−q_f` in the face, in the order of their sign vectors.
  let division: Division<Engine>
  /// Of all extremal faces.
  let system: StratumSystem<Engine>
  /// On a support with independent `K_f r`, all masses positive.
  let point: CriticalPoint<Engine>
  /// The sign of `η` on each extremal face.
  let signs: [Int]
  /// Faces with `|q_f| = λ` where `q_f` lies on a wall, so in a lower face that is extremal.
  let touching: Set<SignVector>
  /// The number of cells of directions that the proof has looked at.
  let cells: Int

  var extremal: [UnitFace<Engine>] { system.faces }
}

/// What a proof came to.
enum OptimumOutcome<Engine: AlgebraEngine> {
  case proved(SparseOptimum<Engine>)
  case undecided(reason: String)
}

/// Finds the minimiser in doubles and proves it.
///
/// The proof has three parts. Krawczyk's operator encloses the solution of the finite optimality conditions on
/// a support with independent `K_f r`; a search over all directions leaves few faces on which `|η|` may reach the
/// ridge; each of these is decided in balls, or exactly. The measure is then optimal by strong duality.
struct OptimumProof<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball

  let problem: ScaledProblem<Engine>
  let search: DirectionSearch<Engine>
  let exact: BoundedExactDecision<Engine>
  let control: Control

  private static var mostRounds: Int { 12 }

  init(_ problem: ScaledProblem<Engine>, search: DirectionSearch<Engine>, control: Control) {
    self.problem = problem
    self.search = search
    self.control = control
    exact = BoundedExactDecision(control: control)
  }

  private var ridge: Double { problem.ridge.doubleValue }

  /// Cost: grows with the number of atoms and with how near `|η|` comes to the ridge elsewhere.
  ///
  /// - Throws: `Interruption`.
  func outcome() throws -> OptimumOutcome<Engine> {
    let generation = ColumnGeneration(
      search: search, targets: problem.targets.map(\.doubleValue), metric: ApproximateMetric(problem.metric),
      ridge: ridge, control: control)
    var shares: [SignVector: Double] = [:]
    for atom in try generation.measure().atoms {
      // For the absolute value a face stands for its negative, too: the one that is positive first.
      let isOpposite = problem.activation.slope == -1 && atom.signs < atom.signs.negated
      shares[isOpposite ? atom.signs.negated : atom.signs, default: 0] += atom.mass
    }
    for _ in 0..<Self.mostRounds {
      switch try attempt(&shares) {
      case .finished(let outcome): return outcome
      case .again: continue
      }
    }
    return .undecided(reason: "the search for the minimiser does not settle")
  }

  private enum Attempt {
    case finished(OptimumOutcome<Engine>)
    case again
  }

  /// One proof for the faces that have masses; if it shows that some are missing, they get a mass of zero.
  private func attempt(_ shares: inout [SignVector: Double]) throws -> Attempt {
    let division = try Division(problem, faces: Array(shares.keys), control: control)
    let system = try StratumSystem(division, faces: division.faces)
    let start = division.faces.map { shares[$0.pattern] ?? 0 }
    var found: SupportSearch<Engine>.Outcome?
    for precision in CriticalPoint<Engine>.precisions where found == nil {
      found = SupportSearch(system: system, precision: precision).find(from: start)
    }
    guard let found else {
      return .finished(
        .undecided(reason: "the optimality conditions on the atoms' faces could not be solved"))
    }
    let residual = ApproximateResidual(found.point.residual)
    let searched = try search.candidates(
      residual.function(on: search.rows), .fixed(ridge * (1 - 1e-14)), control: control)
    let support = found.point.support.map { system.faces[$0].pattern }
    let masses = Dictionary(uniqueKeysWithValues: zip(support, found.point.shares))
    let standings = try FaceStandings(
      problem, masses: masses, others: searched.candidates.map(\.signs), exact: exact, control: control)
    guard let standings else {
      return .finished(
        .undecided(reason: "the optimality conditions could not be proved for the atoms' faces"))
    }
    if !standings.above.isEmpty {
      shares = Dictionary(uniqueKeysWithValues: zip(support, found.point.shares.map(\.approximation)))
      for signs in standings.above { shares[signs] = shares[signs] ?? 0 }
      return .again
    }
    if let reason = standings.undecided { return .finished(.undecided(reason: reason)) }
    guard let optimum = try standings.optimum(cells: searched.cells, control: control) else {
      return .finished(
        .undecided(reason: "the optimality conditions could not be proved on the extremal faces"))
    }
    return .finished(.proved(optimum))
  }
}

/// A residual in doubles.
struct ApproximateResidual {
  let values: [Double]
  /// At least the distance to the residual that is meant.
  let uncertainty: Double

  init<Engine: AlgebraEngine>(_ residual: ImplicitResidual<Engine>) {
    let balls = (0..<residual.division.problem.rowCount).map { residual.value(at: $0) }
    values = balls.map(\.approximation)
    uncertainty = balls.reduce(0) { $0 + $1.approximationError } * (1 + 1e-10)
  }

  func function(on rows: DirectionRows) -> SphereFunction {
    SphereFunction(rows, weights: values, uncertainty: uncertainty)
  }
}

extension UnitFace {
  /// Its sign vector. Faces of directions have one: the linear activation plays no part here.
  var pattern: SignVector {
    guard let signs else { preconditionFailure("a face of a kinked activation has a pattern") }
    return signs
  }
}
