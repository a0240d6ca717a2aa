import Components
import Algebra
import AlgebraicMethod
import LandscapeModel
import Strata

/// Finds all local minima of a problem by the algebraic method, which needs no convexity: the gradient system of
/// every stratum is decomposed and solved over the real numbers, and what satisfies the stratum's sign
/// conditions is judged by exact signs (Fukasaku, Kabata, Okuno, arXiv 2508.17783).
///
/// Guarantee: if the result is `complete`, its components are all connected components of the set of local
/// minima, up to the symmetries of the network, provided that the Gröbner bases, which come from many primes,
/// are right; see `GroebnerBasis`. Cost: a decomposition for each stratum.
public struct AlgebraicEnumeration<Engine: AlgebraEngine>: Sendable {
  public typealias Options = AlgebraicOptions

  /// How the gradient systems are written.
  private enum Approach {
    case balanced(BalancedEnumeration<Engine>)
    case general(GeneralEnumeration<Engine>)
  }

  public let problem: TrainingProblem<Engine>
  public let options: Options
  private let control: Control
  private let method: Approach

  /// Divides the parameter space.
  ///
  /// - Throws: `Interruption`; `EnumerationError.tooManyStrata`; `AlgebraError.tooLarge` for more sign patterns
  ///   than can be listed.
  public init(
    _ problem: TrainingProblem<Engine>, options: Options = Options(), control: Control = Control()
  ) throws {
    precondition(options.digits >= 1)
    self.problem = problem
    self.options = options
    self.control = control
    Engine.prepareThread()
    control.progress?(Progress(stage: "dividing", done: 0, total: 0))
    if let balanced = try problem.convexProblem {
      method = .balanced(
        try BalancedEnumeration(problem, balanced: balanced, options: options, control: control))
    } else {
      method = .general(try GeneralEnumeration(problem, options: options, control: control))
    }
  }

  /// The number of strata whose minima will be decided.
  public var strataCount: Int {
    switch method {
    case .balanced(let enumeration): enumeration.strataCount
    case .general(let enumeration): enumeration.strataCount
    }
  }

  public var facesPerUnit: Int {
    switch method {
    case .balanced(let enumeration): enumeration.facesPerUnit
    case .general(let enumeration): enumeration.facesPerUnit
    }
  }

  /// Decides all strata. A limit that is reached ends the run early with what has been decided until then.
  public func run() throws -> EnumerationResult {
    switch method {
    case .balanced(let enumeration): try result(enumeration.run(), of: enumeration)
    case .general(let enumeration): try result(enumeration.run())
    }
  }

  /// What a run has decided so far; any thread may ask.
  public func partialResult() throws -> EnumerationResult {
    Engine.prepareThread()
    return switch method {
    case .balanced(let enumeration): try result(enumeration.partialOutcome(), of: enumeration)
    case .general(let enumeration): try result(enumeration.partialOutcome())
    }
  }

  private func result(
    _ outcome: AlgebraicOutcome<BalancedMinimum<Engine>>, of enumeration: BalancedEnumeration<Engine>
  ) throws -> EnumerationResult {
    let components = try balancedComponents(enumeration.division).components(
      of: outcome.minima, isComplete: outcome.isComplete, threads: control.threads
    ).components
    return result(outcome, components)
  }

  private func result(_ outcome: AlgebraicOutcome<CriticalSample<Engine>>) throws -> EnumerationResult {
    let components = try GeneralComponents(
      problem: problem, digits: options.digits, describesFit: options.describesFit
    )
    .components(of: outcome.minima, isComplete: outcome.isComplete)
    return result(outcome, components)
  }

  private func balancedComponents(
    _ division: Division<Engine>
  ) -> ComponentBuilder<BalancedNumbers<Engine>> {
    ComponentBuilder(
      NetworkShape(
        rows: problem.rowCount, units: problem.units, weightDimension: problem.weightDimension),
      symmetry: division.problem.activation.symmetry, digits: options.digits,
      describesFit: options.describesFit
    ) { [problem, options] in
      BalancedNumbers($0, of: problem, division, digits: options.digits)
    }
  }

  private func result<Minimum>(
    _ outcome: AlgebraicOutcome<Minimum>, _ components: [LandscapeComponent]
  ) -> EnumerationResult {
    EnumerationResult(
      problem: EnumerationResult.ProblemSummary(problem), method: .algebraic,
      complete: outcome.isComplete,
      strata: EnumerationResult.Strata(
        facesPerUnit: outcome.facesPerUnit, total: outcome.strataCount,
        decided: .init(exact: outcome.visitedCount - outcome.undecidedStrata),
        undecided: outcome.undecidedStrata),
      components: components, undecided: outcome.undecided, decomposition: outcome.decomposition)
  }
}
