import Algebra
import Arrangements
import GroebnerBases
import Ideals
import LandscapeModel
import Strata

/// The algebraic method for balanced problems: every set of at most `L` distinct faces leads to a polynomial
/// system of degree 2, whose real solutions are judged by exact signs.
package struct BalancedEnumeration<Engine: AlgebraEngine>: Sendable {
  package let problem: TrainingProblem<Engine>
  package let division: Division<Engine>
  package let options: AlgebraicOptions
  package let control: Control
  private let strata: StratumIndex
  /// The division's faces, then the infeasible sign patterns that are visited.
  private let regions: [UnitRegion<Engine>]
  /// Sets of regions with an infeasible one among them: they are decomposed only.
  private let infeasibleSets: [[Int]]
  private let patterns: PatternList
  private let outcomes: StratumResults<Outcome>

  /// - Parameter balanced: the same problem, to which the convex method applies.
  /// - Throws: `EnumerationError`, `AlgebraError`, `Interruption`.
  package init(
    _ problem: TrainingProblem<Engine>, balanced: Problem<Engine>,
    options: AlgebraicOptions, control: Control
  ) throws {
    self.problem = problem
    self.options = options
    self.control = control
    division = try Division(balanced, control: control)
    guard let strata = StratumIndex(count: division.faces.count, maximumSize: problem.units) else {
      throw EnumerationError.tooManyStrata(
        StratumIndex.approximateTotal(
          count: Double(division.faces.count), maximumSize: problem.units))
    }
    self.strata = strata
    let division = self.division
    var regions = division.faces.map { UnitRegion($0, of: division) }
    patterns = try PatternList(division, selection: options.patterns) { pattern in
      let region = UnitRegion<Engine>(pattern: pattern, of: division)
      guard !region.isInactive(balanced.vectors) else { return nil }
      regions.append(region)
      return regions.count - 1
    }
    self.regions = regions
    infeasibleSets = patterns.infeasibleSets(atMost: problem.units, feasibleCount: division.faces.count)
    outcomes = StratumResults(count: strata.total + infeasibleSets.count)
  }

  package var facesPerUnit: Int { division.faces.count }
  package var strataCount: Int { strata.total }

  /// What one set of regions came to.
  private struct Outcome: Sendable {
    var decomposition: BalancedDecomposition<Engine>?
    var minima: [BalancedMinimum<Engine>] = []
    var reason: String?
  }

  /// Decides all strata. A limit that is reached ends this early with what has been decided until then.
  package func run() throws -> AlgebraicOutcome<BalancedMinimum<Engine>> {
    try ConcurrentStrata.map(into: outcomes, engine: Engine.self, control: control) { number in
      let set = number < strata.total ? strata[number] : infeasibleSets[number - strata.total]
      return try outcome(of: set, isFeasible: number < strata.total)
    }
    var outcomes = outcomes.list
    try addFamilies(to: &outcomes)
    return result(of: outcomes, decomposition: try census(outcomes))
  }

  /// What has been decided so far, without the strata whose families are still to be found; any thread may ask.
  package func partialOutcome() -> AlgebraicOutcome<BalancedMinimum<Engine>> {
    result(
      of: outcomes.list.map { $0?.decomposition?.hasFamilies == true ? nil : $0 }, decomposition: nil)
  }

  private func result(
    of outcomes: [Outcome?], decomposition: EnumerationResult.Decomposition?
  ) -> AlgebraicOutcome<BalancedMinimum<Engine>> {
    let decided = outcomes[..<strata.total].compactMap { $0 }
    let undecided = outcomes.indices.compactMap { number -> Undecided? in
      guard number < strata.total, let reason = outcomes[number]?.reason else { return nil }
      return .stratum(strata[number].map { division.faces[$0].face }, reason: reason)
    }
    return AlgebraicOutcome(
      facesPerUnit: facesPerUnit, strataCount: strata.total, visitedCount: decided.count,
      minima: decided.flatMap(\.minima), undecided: undecided, undecidedStrata: undecided.count,
      decomposition: decomposition)
  }

  private func outcome(of set: [Int], isFeasible: Bool) throws -> Outcome {
    var outcome = Outcome()
    do {
      let system = try BalancedSystem(problem, regions: set.map { regions[$0] })
      let decomposition = try BalancedDecomposition(system, findsSolutions: isFeasible, control: control)
      outcome.decomposition = decomposition
      let judge = BalancedJudge(problem: problem, division: division)
      if isFeasible {
        outcome.minima = try decomposition.solutions.compactMap {
          try judge.minimum(at: $0, on: set.map { division.faces[$0] }, control)
        }
      }
    } catch AlgebraError.tooLarge(let what) {
      outcome.reason = AlgebraError.tooLarge(what).description
    }
    return outcome
  }

  /// Minima on faces with dependent vectors come from those on fewer faces, which are known now.
  private func addFamilies(to outcomes: inout [Outcome?]) throws {
    let judge = BalancedJudge(problem: problem, division: division)
    for number in 0..<strata.total where outcomes[number]?.decomposition?.hasFamilies == true {
      let set = strata[number]
      let subsets = (0..<number).filter { Set(strata[$0]).isStrictSubset(of: set) }
      let known = subsets.flatMap { outcomes[$0]?.minima ?? [] }
      // A limit that ends the run does not take back what is known.
      if let family = try judge.family(on: set.map { division.faces[$0] }, among: known, Control()) {
        outcomes[number]?.minima.append(family)
      }
    }
  }

  /// Counts the primes of all strata; `nil` if some system was not decomposed, or a limit was reached.
  private func census(_ outcomes: [Outcome?]) throws -> EnumerationResult.Decomposition? {
    do {
      return try countPrimes(outcomes)
    } catch is Interruption {
      return nil
    } catch AlgebraError.tooLarge {
      return nil
    }
  }

  private func countPrimes(_ outcomes: [Outcome?]) throws -> EnumerationResult.Decomposition? {
    var known: [[Int]: BalancedDecomposition<Engine>] = [:]
    for (number, outcome) in outcomes.enumerated() {
      guard let decomposition = outcome?.decomposition else { return nil }
      let set = number < strata.total ? strata[number] : infeasibleSets[number - strata.total]
      known[set] = decomposition
    }
    let decompositions = known
    return try patterns.census(units: problem.units) { counts in
      try PrimeCount.primes(of: counts, decompositions) {
        // Inactive units are dead: they add a point.
        try GradientSystem(problem, regions: $0.map { regions[$0] }).ideal(control)
          .minimalPrimes(control: control).map { ($0.dimension, $0.degree, 1) }
      }
    }
  }
}
