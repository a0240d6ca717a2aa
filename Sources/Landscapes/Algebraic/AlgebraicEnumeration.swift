import Algebra

/// Finds all local minima of a problem by the algebraic road, which needs no convexity: the gradient system of
/// every stratum is decomposed and solved over the real numbers, and what satisfies the stratum's sign
/// conditions is judged by exact signs (Fukasaku, Kabata, Okuno, arXiv 2508.17783).
///
/// Guarantee: if the result is `complete`, its components are all connected components of the set of local
/// minima, up to the symmetries of the network, provided that the Gröbner bases, which come from many primes,
/// are right; see `GroebnerBasis`. Cost: a decomposition for each stratum.
public struct AlgebraicEnumeration<Engine: AlgebraEngine>: Sendable {
  public struct Options: Sendable, Hashable {
    /// Significant decimal digits of all enclosures, at least 1.
    public var digits = 15
    /// Which open regions are decomposed. Infeasible ones hold no minima.
    public var patterns = PatternSelection.feasible

    public init(digits: Int = 15, patterns: PatternSelection = .feasible) {
      self.digits = digits
      self.patterns = patterns
    }
  }

  private enum Road {
    case balanced(BalancedEnumeration<Engine>)
    case general(GeneralEnumeration<Engine>)
  }

  public let problem: TrainingProblem<Engine>
  public let options: Options
  private let road: Road

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
    Engine.prepareThread()
    control.progress?(Progress(stage: "dividing", done: 0, total: 0))
    if let balanced = try problem.balancedProblem {
      road = .balanced(
        try BalancedEnumeration(problem, balanced: balanced, options: options, control: control))
    } else {
      road = .general(try GeneralEnumeration(problem, options: options, control: control))
    }
  }

  /// The number of strata whose minima will be decided.
  public var strataCount: Int {
    switch road {
    case .balanced(let enumeration): enumeration.strataCount
    case .general(let enumeration): enumeration.strataCount
    }
  }

  public var facesPerUnit: Int {
    switch road {
    case .balanced(let enumeration): enumeration.facesPerUnit
    case .general(let enumeration): enumeration.facesPerUnit
    }
  }

  /// Decides all strata. A limit that is reached ends the run early with what has been decided until then.
  public func run() throws -> EnumerationResult {
    switch road {
    case .balanced(let enumeration): try enumeration.run()
    case .general(let enumeration): try enumeration.run()
    }
  }
}
