/// Where a trained network stands in the landscape of its training loss.
///
/// The fields are those of the tool's JSON, `allminima/locate/1`.
public struct LocationResult: Codable, Hashable, Sendable {
  /// What is nearby.
  public enum Kind: String, Codable, Hashable, Sendable {
    /// A local minimum, proved.
    case minimum
    /// A point where the loss falls in no direction to the first order within its activation patterns, but which is
    /// proved to be no local minimum.
    case saddle
    /// No critical point could be found that has the network's activation patterns, or nearly.
    case none
    /// There is a critical point, but it is not decided what it is.
    case undecided
  }

  /// The units of the critical point with one activation pattern.
  public struct Unit: Codable, Hashable, Sendable {
    public var pattern: Face
    public var outputSign: Int
    public var count: Int
    /// The sum of their `a²`.
    public var total: DecimalEnclosure

    public init(pattern: Face, outputSign: Int, count: Int, total: DecimalEnclosure) {
      self.pattern = pattern
      self.outputSign = outputSign
      self.count = count
      self.total = total
    }
  }

  /// Parameters of a network.
  public struct Point: Codable, Hashable, Sendable {
    /// Output weights, length `L`.
    public var a: [DecimalEnclosure]
    /// Hidden weights, `L × D`, the bias last.
    public var w: [[DecimalEnclosure]]

    public init(a: [DecimalEnclosure], w: [[DecimalEnclosure]]) {
      self.a = a
      self.w = w
    }
  }

  /// The critical point's place among networks.
  public struct Component: Codable, Hashable, Sendable {
    /// The activation patterns of the living units, in the order of their signs.
    public var units: [Unit]
    /// The critical point, unit by unit as the weights were given.
    public var point: Point
    /// Whether no network of any width has a smaller loss.
    public var globalForEveryWidth: Trilean

    public init(units: [Unit], point: Point, globalForEveryWidth: Trilean) {
      self.units = units
      self.point = point
      self.globalForEveryWidth = globalForEveryWidth
    }
  }

  /// A direction in which the loss falls from the given weights.
  public struct Descent: Codable, Hashable, Sendable {
    /// The step in the output weights, as decimals; likewise in the hidden weights.
    public var a: [String]
    public var w: [[String]]
    /// The loss after the step.
    public var loss: DecimalEnclosure

    public init(a: [String], w: [[String]], loss: DecimalEnclosure) {
      self.a = a
      self.w = w
      self.loss = loss
    }
  }

  public var schema = "allminima/locate/1"
  public var problem: EnumerationResult.ProblemSummary
  public var complete = true
  public var kind = Kind.none
  /// The loss of the given weights.
  public var weightsLoss: DecimalEnclosure
  /// The loss of the critical point.
  public var loss: DecimalEnclosure?
  /// From the given weights to the critical point, in the Euclidean norm of all parameters.
  public var distance: DecimalEnclosure?
  public var component: Component?
  /// The units that are zero at the critical point, from 1; without one, those that are zero or active nowhere.
  public var deadUnits: [Int] = []
  /// The least loss of all widths.
  public var infiniteWidthLoss: DecimalEnclosure?
  /// How far the loss (of the critical point, or else of the weights) is above that.
  public var gapToInfiniteWidth: DecimalEnclosure?
  /// The least loss of this width, if it was asked for.
  public var bestLoss: DecimalEnclosure?
  /// How far the loss (of the critical point, or else of the weights) is above that.
  public var gapToBest: DecimalEnclosure?
  /// Steps from the given weights that make the loss smaller, the best of them; none at a minimum.
  public var descent: [Descent] = []
  /// What could not be decided.
  public var undecided: [String] = []
  public var run: EnumerationResult.Run?

  public init(problem: EnumerationResult.ProblemSummary, weightsLoss: DecimalEnclosure) {
    self.problem = problem
    self.weightsLoss = weightsLoss
  }
}
