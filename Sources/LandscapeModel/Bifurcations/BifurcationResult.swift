/// How the landscape of a leaky ReLU student around its teacher changes with the slope, as plain values.
///
/// The coding keys are the public JSON schema `allminima/bifurcate/1`. Groups of keys are there only where they were
/// asked for. Types of representations are written `(k-2,1,1)`, permutations in one line and counted from 1.
public struct BifurcationResult: Codable, Hashable, Sendable {
  /// Which parameter changes.
  public enum Family: String, Codable, Hashable, Sendable, CaseIterable {
    /// λ = (1−α)²/(1+α²) of the normalised loss: 0 linear, 1 ReLU, 2 absolute value; beyond [0, 2] there is no
    /// activation with this loss.
    case homotopy
    /// The slope α of the activation max(t, αt), or rather of t ≥ 0 ? t : αt.
    case slope
  }

  /// An isotypic component of the k × k matrices under simultaneous permutations of rows and columns.
  public struct IsotypicComponent: Codable, Hashable, Sendable {
    public var type: String
    public var partition: [Int]
    /// Of one copy of the irreducible representation.
    public var dimension: Int
    /// The number of copies.
    public var multiplicity: Int
    /// The eigenvalues of the Hessian on the copies, in P, Q, k and pi; with `weights` in the parameter.
    public var closedForms: [String]

    public init(type: String, partition: [Int], dimension: Int, multiplicity: Int, closedForms: [String]) {
      self.type = type
      self.partition = partition
      self.dimension = dimension
      self.multiplicity = multiplicity
      self.closedForms = closedForms
    }
  }

  /// What `closedForms` are written in: the activation is p·t + q·|t|, and P = p², Q = q² up to normalisation.
  public struct Weights: Codable, Hashable, Sendable {
    public var P: String
    public var Q: String

    public init(P: String, Q: String) {
      self.P = P
      self.Q = Q
    }
  }

  public struct Kernel: Codable, Hashable, Sendable {
    public var type: String
    public var multiplicity: Int

    public init(type: String, multiplicity: Int) {
      self.type = type
      self.multiplicity = multiplicity
    }
  }

  /// A value of the parameter at which the Hessian at W = I is singular.
  public struct CriticalValue: Codable, Hashable, Sendable {
    public var value: DecimalEnclosure
    public var closedForm: String
    /// Whether the Morse index changes.
    public var crossing: Bool
    public var kernel: [Kernel]
    /// The dimension of the kernel.
    public var nullity: Int
    /// A family of critical points that exists at this value alone.
    public var verticalFamily: String?
    /// The branches that leave W = I, up to symmetry.
    public var branches: [HalfBranch]
    /// The jump of the equivariant degree, by orbit type; those with coefficient 0 are left out.
    public var invariant: [OrbitType]?
    public var maximalOrbitTypes: [MaximalOrbitType]?

    public init(
      value: DecimalEnclosure, closedForm: String, crossing: Bool, kernel: [Kernel], nullity: Int,
      verticalFamily: String? = nil, branches: [HalfBranch], invariant: [OrbitType]? = nil,
      maximalOrbitTypes: [MaximalOrbitType]? = nil
    ) {
      self.value = value
      self.closedForm = closedForm
      self.crossing = crossing
      self.kernel = kernel
      self.nullity = nullity
      self.verticalFamily = verticalFamily
      self.branches = branches
      self.invariant = invariant
      self.maximalOrbitTypes = maximalOrbitTypes
    }
  }

  /// One half of a branch where it leaves W = I, along W = I + sV with a unit matrix V in the kernel.
  public struct HalfBranch: Codable, Hashable, Sendable {
    public enum Side: String, Codable, Hashable, Sendable {
      case below
      case above
    }

    public enum Direction: String, Codable, Hashable, Sendable, CaseIterable {
      /// The first diagonal entry of W grows.
      case plus = "+"
      case minus = "-"
    }

    public var isotropy: String
    /// On which side of the critical value it exists.
    public var side: Side
    public var direction: Direction
    /// The limit of L(I + sV)/|s|³.
    public var cubic: DecimalEnclosure
    /// d|s|/dλ where the branch begins.
    public var slope: DecimalEnclosure

    public init(
      isotropy: String, side: Side, direction: Direction, cubic: DecimalEnclosure, slope: DecimalEnclosure
    ) {
      self.isotropy = isotropy
      self.side = side
      self.direction = direction
      self.cubic = cubic
      self.slope = slope
    }
  }

  /// The index of W = I between two critical values (`nil`: unbounded).
  public struct IndexInterval: Codable, Hashable, Sendable {
    public var from: DecimalEnclosure?
    public var to: DecimalEnclosure?
    public var index: Int

    public init(from: DecimalEnclosure?, to: DecimalEnclosure?, index: Int) {
      self.from = from
      self.to = to
      self.index = index
    }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      // An unbounded end is written as null.
      try container.encode(from, forKey: .from)
      try container.encode(to, forKey: .to)
      try container.encode(index, forKey: .index)
    }
  }

  /// The eigenvalues of the Hessian at W = I on the copies of a representation, ascending; each has in the whole
  /// Hessian the multiplicity `dimension`.
  public struct Spectrum: Codable, Hashable, Sendable {
    public var type: String
    public var dimension: Int
    public var eigenvalues: [DecimalEnclosure]

    public init(type: String, dimension: Int, eigenvalues: [DecimalEnclosure]) {
      self.type = type
      self.dimension = dimension
      self.eigenvalues = eigenvalues
    }
  }

  public static let currentSchema = "allminima/bifurcate/1"

  public var schema = Self.currentSchema
  public var units: Int
  public var family: Family
  /// True iff nothing that was asked for is undecided or missing.
  public var complete: Bool
  public var weights: Weights
  public var isotypic: [IsotypicComponent]
  public var criticalValues: [CriticalValue]
  public var morseIndex: [IndexInterval]
  /// The exact value of the parameter at which the spectrum is told.
  public var at: String?
  /// Whether some activation has the loss of this value of the parameter.
  public var atIsActivation: Bool?
  public var spectrum: [Spectrum]?
  public var degrees: Degrees?
  /// What a search found at `at`; there may be more.
  public var found: [FoundPoint]?
  public var branches: [Branch]?
  /// What could not be decided, in sentences.
  public var undecided: [String]?

  public init(
    units: Int, family: Family, complete: Bool, weights: Weights, isotypic: [IsotypicComponent],
    criticalValues: [CriticalValue], morseIndex: [IndexInterval], at: String? = nil,
    atIsActivation: Bool? = nil, spectrum: [Spectrum]? = nil, degrees: Degrees? = nil,
    found: [FoundPoint]? = nil, branches: [Branch]? = nil, undecided: [String]? = nil
  ) {
    self.units = units
    self.family = family
    self.complete = complete
    self.weights = weights
    self.isotypic = isotypic
    self.criticalValues = criticalValues
    self.morseIndex = morseIndex
    self.at = at
    self.atIsActivation = atIsActivation
    self.spectrum = spectrum
    self.degrees = degrees
    self.found = found
    self.branches = branches
    self.undecided = undecided
  }
}
