/// All local minima of a problem, as neutral values: what is printed, stored and compared.
///
/// The coding keys are the public JSON schema `allminima/enumerate/1`.
public struct EnumerationResult: Codable, Hashable, Sendable {
  /// The problem that was solved.
  public struct ProblemSummary: Codable, Hashable, Sendable {
    public var rows: Int
    public var inputs: Int
    public var units: Int
    public var activation: String
    public var ridge: String
    public var bias: Bool
    /// Present and true if the output has a bias.
    public var outputBias: Bool?
    /// Present and true if there is a linear connection past the hidden units.
    public var skip: Bool?
    /// Present and true if the observations have weights.
    public var observationWeights: Bool?
    /// Which parameters the ridge penalises; absent for all.
    public var penalty: Penalty?
    /// What is wrong with the problem as such; absent if it has a global minimum.
    public var illPosed: [IllPosedness]?
    /// The names of the data's columns, if they have any.
    public var columns: Columns?
    /// The SHA-256 of the data file's bytes, if the data came from a file.
    public var dataSHA256: String?

    /// The names of columns.
    public struct Columns: Codable, Hashable, Sendable {
      public var inputs: [String]
      public var target: String
      /// That of the observations' weights, if they have any.
      public var observationWeights: String?

      package init(inputs: [String], target: String, observationWeights: String? = nil) {
        self.inputs = inputs
        self.target = target
        self.observationWeights = observationWeights
      }
    }

    package init(
      rows: Int, inputs: Int, units: Int, activation: String, ridge: String, bias: Bool, outputBias: Bool?,
      skip: Bool? = nil, observationWeights: Bool? = nil, penalty: Penalty?, illPosed: [IllPosedness]?
    ) {
      self.rows = rows
      self.inputs = inputs
      self.units = units
      self.activation = activation
      self.ridge = ridge
      self.bias = bias
      self.outputBias = outputBias
      self.skip = skip
      self.observationWeights = observationWeights
      self.penalty = penalty
      self.illPosed = illPosed
    }
  }

  /// The minimal primes of the gradient ideals of all strata: what the algebraic method has decomposed.
  ///
  /// A stratum is here an ordered tuple of one pattern for each unit. Complex components count.
  public struct Decomposition: Codable, Hashable, Sendable {
    public struct Primes: Codable, Hashable, Sendable {
      /// `boundary` if some pattern of the stratum has a zero at a row that is not zero.
      public var location: LandscapeComponent.Location
      public var dimension: Int
      public var degree: Int
      public var count: Int

      package init(location: LandscapeComponent.Location, dimension: Int, degree: Int, count: Int) {
        self.location = location
        self.dimension = dimension
        self.degree = degree
        self.count = count
      }
    }

    /// The number of strata: all open regions (`2^{nL}` sign patterns, if the infeasible ones are counted) and
    /// their boundaries.
    public var interiorStrata: Int
    public var boundaryStrata: Int
    /// Sorted by location (interior first), dimension, degree.
    public var primes: [Primes]

    package init(interiorStrata: Int, boundaryStrata: Int, primes: [Primes]) {
      self.interiorStrata = interiorStrata
      self.boundaryStrata = boundaryStrata
      self.primes = primes
    }
  }

  /// How many strata were decided, and by which stage.
  public struct Strata: Codable, Hashable, Sendable {
    public struct Decided: Codable, Hashable, Sendable {
      /// Excluded in groups, without being visited; absent if strata are decided one by one.
      public var groups: Int?
      /// Covered by a proof about fewer faces, without being visited.
      public var pruned = 0
      public var filter = 0
      public var ball = 0
      public var exact = 0

      public init(groups: Int? = nil, pruned: Int = 0, filter: Int = 0, ball: Int = 0, exact: Int = 0) {
        self.groups = groups
        self.pruned = pruned
        self.filter = filter
        self.ball = ball
        self.exact = exact
      }
    }

    /// The number of faces on which one unit can be alive.
    public var facesPerUnit: Int
    /// The number of sets of at most `units` distinct faces, the empty set included.
    public var total: Int
    public var decided: Decided
    public var undecided: Int
    /// Those that a limit left over, if there are any.
    public var unvisited: Int?
    /// The number of groups of strata that were tested; absent if strata are decided one by one.
    public var groups: Int?

    package init(
      facesPerUnit: Int, total: Int, decided: Decided, undecided: Int, unvisited: Int? = nil,
      groups: Int? = nil
    ) {
      self.facesPerUnit = facesPerUnit
      self.total = total
      self.decided = decided
      self.undecided = undecided
      self.unvisited = unvisited
      self.groups = groups
    }
  }

  /// What may differ between two runs with the same result.
  public struct Run: Codable, Hashable, Sendable {
    public var engine: [String: String]
    public var threads: Int
    public var seed: UInt64
    public var digits: Int
    public var seconds: Double
    /// Why the run ended early, if it did.
    public var limit: String?

    public init(
      engine: [String: String], threads: Int, seed: UInt64, digits: Int, seconds: Double,
      limit: String? = nil
    ) {
      self.engine = engine
      self.threads = threads
      self.seed = seed
      self.digits = digits
      self.seconds = seconds
      self.limit = limit
    }
  }

  /// The schema of the JSON that this version writes.
  public static let currentSchema = "allminima/enumerate/1"

  public private(set) var schema = currentSchema
  public var problem: ProblemSummary
  public var method: Method
  /// True iff every stratum was decided and no limit was hit: the list is then all there is.
  public var complete: Bool
  public var strata: Strata
  public var components: [LandscapeComponent]
  /// The strata, then what else is undecided.
  public var undecided: [Undecided]
  /// Only by the algebraic method.
  public var decomposition: Decomposition?
  /// Only where both methods have been taken.
  public var comparison: MethodComparison?
  public var run: Run?

  package init(
    problem: ProblemSummary, method: Method, complete: Bool, strata: Strata, components: [LandscapeComponent],
    undecided: [Undecided], decomposition: Decomposition? = nil, comparison: MethodComparison? = nil,
    run: Run? = nil
  ) {
    self.problem = problem
    self.method = method
    self.complete = complete
    self.strata = strata
    self.components = components
    self.undecided = undecided
    self.decomposition = decomposition
    self.comparison = comparison
    self.run = run
  }
}

extension EnumerationResult {
  /// The number of strata that a limit has left over.
  public var unvisitedStrata: Int { strata.total - strata.decided.total - strata.undecided }
}
