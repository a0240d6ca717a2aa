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
    /// The signs are all zero for dead units.
    public var pattern: Face
    /// The sign of the output weight `a`; 0 for dead units.
    public var outputSign: Int
    /// The number of units on the face.
    public var count: Int
    /// The sum of their `a²`; its range, if it varies over the component. Absent for families of problems
    /// that only the algebraic method can treat.
    public var total: DecimalEnclosure?
    /// The unit vector `u` along which the hidden weights of these units point: one with `a² = s` has
    /// `a = outputSign·√s` and `w = √s·u`, wherever it is on the component. Present for alive units where the ridge
    /// balances the weights of both layers (`|w| = |a|`).
    public var direction: [DecimalEnclosure]?
    /// Present and true for the linear activation, where `(−a, −w)` is the same unit as `(a, w)` and both
    /// signs occur in the component.
    public var bothSigns: Bool?

    package init(
      pattern: Face, outputSign: Int, count: Int, total: DecimalEnclosure? = nil,
      direction: [DecimalEnclosure]? = nil, bothSigns: Bool? = nil
    ) {
      self.pattern = pattern
      self.outputSign = outputSign
      self.count = count
      self.total = total
      self.direction = direction
      self.bothSigns = bothSigns
    }
  }

  /// A point of the component.
  public struct Point: Codable, Hashable, Sendable {
    /// The output weights, length `L`.
    public var a: [DecimalEnclosure]
    /// The hidden weights, `L × D`, the bias last.
    public var w: [[DecimalEnclosure]]
    /// The coefficients of the skip connection, then the output bias; absent if there are none.
    public var c: [DecimalEnclosure]?
    /// The network's outputs at the data, row by row, if asked for.
    public var fitted: [DecimalEnclosure]?
    /// The targets minus the outputs, row by row, if asked for.
    public var residuals: [DecimalEnclosure]?

    package init(
      a: [DecimalEnclosure], w: [[DecimalEnclosure]], c: [DecimalEnclosure]? = nil,
      fitted: [DecimalEnclosure]? = nil, residuals: [DecimalEnclosure]? = nil
    ) {
      self.a = a
      self.w = w
      self.c = c
      self.fitted = fitted
      self.residuals = residuals
    }
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

  package init(
    id: Int, kind: Kind, dimension: Int, ends: Ends, location: Location, kinks: Int, orbitSize: Int,
    loss: DecimalEnclosure, certificateRatio: DecimalEnclosure? = nil, globalForWidth: Trilean,
    globalForEveryWidth: Bool, units: [Units], vertices: [[DecimalEnclosure]]? = nil, point: Point,
    exact: ExactDescription? = nil
  ) {
    self.id = id
    self.kind = kind
    self.dimension = dimension
    self.ends = ends
    self.location = location
    self.kinks = kinks
    self.orbitSize = orbitSize
    self.loss = loss
    self.certificateRatio = certificateRatio
    self.globalForWidth = globalForWidth
    self.globalForEveryWidth = globalForEveryWidth
    self.units = units
    self.vertices = vertices
    self.point = point
    self.exact = exact
  }
}
