/// The teachers and metrics at which the critical points of a polynomial student change, as plain values.
///
/// The coding keys are the public JSON schema `allminima/teacher-discriminant/1`.
public struct DiscriminantResult: Codable, Hashable, Sendable {
  public struct Factor: Codable, Hashable, Sendable {
    /// Primitive with positive leading coefficient.
    public var polynomial: String
    public var multiplicity: Int

    package init(polynomial: String, multiplicity: Int) {
      self.polynomial = polynomial
      self.multiplicity = multiplicity
    }
  }

  public struct Component: Codable, Hashable, Sendable {
    /// Primitive with positive leading coefficient; `0` where all values of the unknowns belong to it.
    public var polynomial: String
    public var factors: [Factor]
    /// The total degree.
    public var degree: Int

    package init(polynomial: String, factors: [Factor], degree: Int) {
      self.polynomial = polynomial
      self.factors = factors
      self.degree = degree
    }
  }

  /// A connected set of values of the unknowns between the real zeros of all components.
  public struct Chamber: Codable, Hashable, Sendable {
    /// A value of each unknown, exact.
    public var sample: [String]
    /// Of rank equal to the width.
    public var realCriticalPoints: Int
    /// How many of them are local minima on the forms of this rank.
    public var minima: Int

    package init(sample: [String], realCriticalPoints: Int, minima: Int) {
      self.sample = sample
      self.realCriticalPoints = realCriticalPoints
      self.minima = minima
    }
  }

  public struct Discriminant: Codable, Hashable, Sendable {
    public var variables: [String]
    /// Where some critical form of rank equal to the width is degenerate.
    public var degenerate: Component
    /// Where some critical form drops rank.
    public var rankDrop: Component
    /// Where the metric is singular; only for unknown moments.
    public var singularMetric: Component?
    /// The bounds of unknowns that have some, by name: all chambers lie between them.
    public var box: [String: [String]]?
    /// All chambers in which the metric is positive definite; for at most two unknowns.
    public var chambers: [Chamber]?

    package init(
      variables: [String], degenerate: Component, rankDrop: Component, singularMetric: Component? = nil,
      box: [String: [String]]? = nil, chambers: [Chamber]? = nil
    ) {
      self.variables = variables
      self.degenerate = degenerate
      self.rankDrop = rankDrop
      self.singularMetric = singularMetric
      self.box = box
      self.chambers = chambers
    }
  }

  public static let currentSchema = "allminima/teacher-discriminant/1"

  public var schema = Self.currentSchema
  public var inputs: Int
  public var degree: Int
  public var width: Int
  public var metric: String
  public var complete: Bool
  public var discriminant: Discriminant
  /// What could not be decided, in words.
  public var undecided: [String]
  public var run: TeacherResult.Run?

  package init(
    inputs: Int, degree: Int, width: Int, metric: String, complete: Bool, discriminant: Discriminant,
    undecided: [String], run: TeacherResult.Run? = nil
  ) {
    self.inputs = inputs
    self.degree = degree
    self.width = width
    self.metric = metric
    self.complete = complete
    self.discriminant = discriminant
    self.undecided = undecided
    self.run = run
  }
}
