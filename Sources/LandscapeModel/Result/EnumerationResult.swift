import Algebra

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
    /// Which parameters the ridge penalises; absent for all.
    public var penalty: Penalty?
    /// The SHA-256 of the data file's bytes, if the data came from a file.
    public var dataSHA256: String?

    public init<Engine: AlgebraEngine>(_ problem: Problem<Engine>) { self.init(TrainingProblem(problem)) }

    public init<Engine: AlgebraEngine>(_ problem: TrainingProblem<Engine>) {
      rows = problem.rowCount
      inputs = problem.inputCount
      units = problem.units
      activation = problem.activation.description
      ridge = problem.ridge.description
      bias = problem.bias
      outputBias = problem.outputBias ? true : nil
      penalty = problem.penalty == .all ? nil : problem.penalty
    }
  }

  /// The minimal primes of the gradient ideals of all strata: what the algebraic road has decomposed.
  ///
  /// A stratum is here an ordered tuple of one pattern for each unit. Complex components count.
  public struct Decomposition: Codable, Hashable, Sendable {
    public struct Primes: Codable, Hashable, Sendable {
      /// `boundary` if some pattern of the stratum has a zero at a row that is not zero.
      public var location: LandscapeComponent.Location
      public var dimension: Int
      public var degree: Int
      public var count: Int
    }

    /// The number of strata: all open regions (`2^{nL}` sign patterns, if the infeasible ones are counted) and
    /// their boundaries.
    public var interiorStrata: Int
    public var boundaryStrata: Int
    /// Sorted by location (interior first), dimension, degree.
    public var primes: [Primes]
  }

  /// How many strata were decided, and by which stage.
  public struct Strata: Codable, Hashable, Sendable {
    public struct Decided: Codable, Hashable, Sendable {
      /// Covered by a proof about fewer faces, without being visited.
      public var pruned = 0
      public var filter = 0
      public var ball = 0
      public var exact = 0

      public init(pruned: Int = 0, filter: Int = 0, ball: Int = 0, exact: Int = 0) {
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
  }

  /// A stratum that could not be decided.
  public struct Undecided: Codable, Hashable, Sendable {
    /// The activation patterns of the stratum's faces.
    public var faces: [String]
    public var reason: String

    public init(faces: [String], reason: String) {
      self.faces = faces
      self.reason = reason
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

  public var schema = "allminima/enumerate/1"
  public var problem: ProblemSummary
  public var method: String
  /// True iff every stratum was decided and no limit was hit: the list is then all there is.
  public var complete: Bool
  public var strata: Strata
  public var components: [LandscapeComponent]
  /// The undecided strata; then, by the algebraic road, what is undecided for all of them, without faces; by the
  /// convex road the components that could not be described exactly though that was asked for.
  public var undecided: [Undecided]
  /// Only by the algebraic road.
  public var decomposition: Decomposition?
  /// Only where both roads have been taken.
  public var comparison: RoadComparison?
  public var run: Run?
}

/// One connected component of the set of local minima, up to the symmetries of the network.
public struct LandscapeComponent: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, Hashable, Sendable {
    case isolated
    case family
  }

  public enum Ends: String, Codable, Hashable, Sendable {
    /// Limits at which a unit dies are no local minima and do not belong to the component.
    case open
    case closed
  }

  public enum Location: String, Codable, Hashable, Sendable {
    case interior
    /// Some unit has a kink at a data point.
    case boundary
  }

  /// The units on one face.
  public struct Units: Codable, Hashable, Sendable {
    /// One of `-`, `0`, `+` for each data row; all `0` for dead units.
    public var pattern: String
    /// The sign of the output weight `a`; 0 for dead units.
    public var outputSign: Int
    /// The number of units on the face.
    public var count: Int
    /// The sum of their `a²`; its range, if it varies over the component. Absent for families of problems
    /// that only the algebraic road can treat.
    public var total: DecimalEnclosure?
    /// Present and true for the linear activation, where `(−a, −w)` is the same unit as `(a, w)` and both
    /// signs occur in the component.
    public var bothSigns: Bool?
  }

  /// A point of the component.
  public struct Point: Codable, Hashable, Sendable {
    /// The output weights, length `L`.
    public var a: [DecimalEnclosure]
    /// The hidden weights, `L × D`, the bias last.
    public var w: [[DecimalEnclosure]]
    /// The output bias, if there is one.
    public var c: DecimalEnclosure?
  }

  public var id: Int
  public var kind: Kind
  public var dimension: Int
  public var ends: Ends
  public var location: Location
  /// The number of pairs of an alive unit and a hyperplane `⟨w, z_i⟩ = 0` that it lies on.
  public var kinks: Int
  /// The number of images under the symmetries of the network.
  public var orbitSize: Int
  public var loss: DecimalEnclosure
  /// `max |η| / λ`; exactly 1 for a minimum with an alive unit that is global for every width.
  public var certificateRatio: DecimalEnclosure?
  public var globalForWidth: Trilean
  public var globalForEveryWidth: Bool
  public var units: [Units]
  /// The vertices of the polytope of totals, each in the order of the alive `units`; only if it is more than
  /// a point.
  public var vertices: [[DecimalEnclosure]]?
  public var point: Point
  /// The component in exact numbers, if asked for.
  public var exact: ExactDescription?
}

/// Yes, no, or not decided.
public enum Trilean: Hashable, Sendable, Codable {
  case yes
  case no
  case undecided

  /// Reads `true`, `false` or `"undecided"`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = value ? .yes : .no
      return
    }
    guard try container.decode(String.self) == "undecided" else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected true, false or \"undecided\"")
    }
    self = .undecided
  }

  /// Writes `true`, `false` or `"undecided"`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .yes: try container.encode(true)
    case .no: try container.encode(false)
    case .undecided: try container.encode("undecided")
    }
  }
}
