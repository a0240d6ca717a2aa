import Algebra
import Ideals
import LandscapeModel
import RealSolving
import Strata

/// The algebraic method for problems of any kind: the gradient system of every stratum in its parameters.
///
/// With ridge zero a unit can be scaled without changing the loss, `(a, w) → (t^{-m} a, t w)`, and its output
/// weight is made ±1. What this leaves out are units with output weight zero. For a polynomial activation those
/// are no minima, unless the loss is the least that any number of units reaches: otherwise `η` is not zero
/// somewhere near the unit's weight, and a small output weight of the right sign lowers the loss.
package struct GeneralEnumeration<Engine: AlgebraEngine>: Sendable {
  package let problem: TrainingProblem<Engine>
  package let options: AlgebraicOptions
  package let control: Control
  private let division: GeneralDivision<Engine>
  private let strata: [[ChartUnit]]
  private let outcomes: StratumResults<ChartOutcome<Engine>>

  /// The most strata that are listed.
  private static var mostStrata: Int { 1_000_000 }

  /// - Throws: `EnumerationError`, `AlgebraError`, `Interruption`.
  package init(
    _ problem: TrainingProblem<Engine>, options: AlgebraicOptions, control: Control
  ) throws {
    self.problem = problem
    self.options = options
    self.control = control
    division = try GeneralDivision(problem, control: control)
    strata = try Self.multisets(of: Self.unitChoices(problem, division), count: problem.units)
    outcomes = StratumResults(count: strata.count)
  }

  package var facesPerUnit: Int { division.regions.count }
  package var strataCount: Int { strata.count }

  /// Regions and signs of the output weight that one unit can have.
  private static func unitChoices(
    _ problem: TrainingProblem<Engine>, _ division: GeneralDivision<Engine>
  ) -> [ChartUnit] {
    division.regions.indices.flatMap { region -> [ChartUnit] in
      guard problem.ridge == 0 else { return [ChartUnit(region: region, output: nil)] }
      // A unit that contributes nothing near its weight has no sign.
      if division.regions[region].isIdle || problem.isOddInUnit {
        return [ChartUnit(region: region, output: 1)]
      }
      return [ChartUnit(region: region, output: -1), ChartUnit(region: region, output: 1)]
    }
  }

  private static func multisets(of choices: [ChartUnit], count: Int) throws -> [[ChartUnit]] {
    var list: [[ChartUnit]] = []
    func extend(_ chosen: [ChartUnit], from start: Int) throws {
      guard chosen.count < count else {
        list.append(chosen)
        guard list.count <= mostStrata else { throw EnumerationError.tooManyStrata(Double(list.count)) }
        return
      }
      for next in start..<choices.count { try extend(chosen + [choices[next]], from: next) }
    }
    try extend([], from: 0)
    return list
  }

  /// Decides all strata. A limit that is reached ends this early with what has been decided until then.
  package func run() throws -> AlgebraicOutcome<CriticalSample<Engine>> {
    try decide()
    return try outcome(looksAtAll: true)
  }

  /// What has been decided so far; any thread may ask.
  package func partialOutcome() throws -> AlgebraicOutcome<CriticalSample<Engine>> {
    try outcome(looksAtAll: false)
  }

  /// - Parameter looksAtAll: whether what holds for all strata together is decided, if all strata are.
  private func outcome(looksAtAll: Bool) throws -> AlgebraicOutcome<CriticalSample<Engine>> {
    let outcomes = outcomes.list
    let decided = outcomes.compactMap { $0 }
    var undecided = zip(strata, outcomes).compactMap { units, outcome -> Undecided? in
      guard let outcome, !outcome.reasons.isEmpty else { return nil }
      return .stratum(
        units.map { division.regions[$0.region].face }, reason: outcome.reasons.joined(separator: "; "))
    }
    let openStrata = undecided.count
    let isAll = decided.count == strata.count
    if isAll {
      do {
        guard looksAtAll else { throw Interruption(.interrupted) }
        undecided += try notes(on: decided).map { .global(reason: $0) }
      } catch is Interruption {
        undecided.append(
          .global(reason: "the run ended before minima with vanishing output weights were excluded"))
      }
    }
    return AlgebraicOutcome(
      facesPerUnit: facesPerUnit, strataCount: strata.count, visitedCount: decided.count,
      minima: decided.flatMap(\.samples), undecided: undecided, undecidedStrata: openStrata,
      decomposition: nil)
  }

  /// What holds for all strata together, and was not decided.
  private func notes(on outcomes: [ChartOutcome<Engine>]) throws -> [String] {
    let isSmooth = division.regions.allSatisfy { $0.signs == nil }
    let minima = outcomes.flatMap(\.samples).filter { $0.judgement.verdict == .minimum }
    var notes: [String] = []
    if !isSmooth, minima.contains(where: { $0.dimension > 0 }) {
      notes.append("families of different strata may be connected")
    }
    guard problem.ridge == 0 else { return notes }
    if !isSmooth {
      notes.append("minima with a vanishing output weight have not been sought")
    } else if try hasGlobalMinimumOfSmallerWidth() {
      notes.append("there are global minima with a vanishing output weight, which may connect families")
    }
    return notes
  }

  /// Whether fewer units may reach the least loss that any number of them does. False is proved.
  private func hasGlobalMinimumOfSmallerWidth() throws -> Bool {
    // Without units the residual is what the linear terms leave.
    let residual = try problem.linearResidual()
    let reachesIt = division.certificateForms().allSatisfy { form in
      zip(form, residual).reduce(Engine.Rational(0)) { $0 + $1.0 * $1.1 } == 0
    }
    if reachesIt { return true }
    let width = problem.units - 1
    guard width > 0 else { return false }
    return try Self.multisets(of: Self.unitChoices(problem, division), count: width).contains { units in
      let chart = try Chart(problem, division: division, units: units)
      let forms = try division.certificateForms().map { try chart.restricted(chart.system.form($0)) }
      let gradient = try chart.system.gradient.map(chart.restricted)
      let ideal = try Ideal(of: gradient + forms, in: chart.notation, control: control)
      switch try ideal.dimensionAndDegree(control: control).dimension {
      case ..<0: return false
      case 0:
        let found = try FiniteSolutions(of: ideal, options: SolveOptions(digits: 10), control: control)
        return !found.solutions.isEmpty
      default: return true
      }
    }
  }

  /// All strata on the control's threads, until a limit is reached.
  private func decide() throws {
    try ConcurrentStrata.map(into: outcomes, engine: Engine.self, control: control) { number in
      if problem.hasOnlyVanishingWeights,
        !strata[number].allSatisfy({ division.regions[$0.region].containsBiases(of: problem) })
      {
        return ChartOutcome()
      }
      return try ChartOutcome(
        Chart(problem, division: division, units: strata[number]), division: division, control: control)
    }
  }

  /// The real critical points of all strata; for tests, and whoever wants saddles as well.
  package func criticalPoints() throws -> [CriticalSample<Engine>] {
    try decide()
    return outcomes.list.compactMap { $0 }.flatMap(\.samples)
  }
}

extension GeneralRegion {
  /// Whether some hidden weight in the region is zero, its bias aside.
  fileprivate func containsBiases(of problem: TrainingProblem<Engine>) -> Bool {
    guard let signs else { return true }
    let different = Set((0..<signs.count).map { signs[$0] })
    return problem.bias ? different.count <= 1 : different.isSubset(of: [0])
  }

  /// Whether the contribution vanishes in a neighbourhood of every point.
  package var isIdle: Bool { isInactive && kinkRays.isEmpty }
}

extension TrainingProblem {
  /// Whether `(a, w) → (−a, −w)` leaves a unit unchanged.
  package var isOddInUnit: Bool {
    switch activation {
    case .power(let exponent): exponent % 2 == 1
    case .twoPiece(let activation): activation.slope == 1
    }
  }

  /// Whether `w → −w` leaves a unit unchanged.
  package var isEvenInWeight: Bool {
    switch activation {
    case .power(let exponent): exponent % 2 == 0
    case .twoPiece(let activation): activation.slope == -1
    }
  }
}
