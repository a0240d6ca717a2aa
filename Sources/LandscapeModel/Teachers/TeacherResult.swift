/// All critical points of a polynomial student for one teacher, as plain values.
///
/// The coding keys are the public JSON schema `allminima/teacher/1`.
public struct TeacherResult: Codable, Hashable, Sendable {
  public enum Regime: String, Codable, Hashable, Sendable {
    case lowDimensional = "low-dimensional"
    case thick
    case filling
  }

  /// What the regime rests on.
  public struct Dimensions: Codable, Hashable, Sendable {
    public enum Valleys: String, Codable, Hashable, Sendable {
      /// Proved: from every start a path leads down to loss zero that never rises.
      case none
      case possible
    }

    /// Of the space of forms.
    public var ambient: Int
    /// Of the forms that the width can represent, by counting parameters.
    public var expected: Int
    /// The same by the theorem of Alexander and Hirschowitz.
    public var actual: Int
    /// The rank of general complex forms.
    public var genericRank: Int
    public var spuriousValleys: Valleys

    package init(ambient: Int, expected: Int, actual: Int, genericRank: Int, spuriousValleys: Valleys) {
      self.ambient = ambient
      self.expected = expected
      self.actual = actual
      self.genericRank = genericRank
      self.spuriousValleys = spuriousValleys
    }
  }

  public struct Count: Codable, Hashable, Sendable {
    public var rank: Int
    /// Isolated complex critical points of exactly this rank, with multiplicities.
    public var count: Int

    public init(rank: Int, count: Int) {
      self.rank = rank
      self.count = count
    }
  }

  /// Numbers of eigenvalues of a Hessian by sign.
  public struct Signature: Codable, Hashable, Sendable {
    public var positive: Int
    public var negative: Int
    public var zero: Int

    public init(positive: Int, negative: Int, zero: Int) {
      self.positive = positive
      self.negative = negative
      self.zero = zero
    }
  }

  /// The point as parameters of a network whose living units have so many positive and negative output weights.
  public struct Parameters: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Hashable, Sendable {
      case minimum
      case saddle
      case undecided
    }

    /// Units whose output weight is not zero; the others are zero altogether.
    public var positiveUnits: Int
    public var negativeUnits: Int
    public var signature: Signature
    public var kind: Kind

    public init(positiveUnits: Int, negativeUnits: Int, signature: Signature, kind: Kind) {
      self.positiveUnits = positiveUnits
      self.negativeUnits = negativeUnits
      self.signature = signature
      self.kind = kind
    }
  }

  public struct CriticalPoint: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Hashable, Sendable {
      case minimum
      case saddle
      case maximum
      /// The Hessian is singular.
      case degenerate
    }

    public var rank: Int
    public var form: FormEnclosure
    /// Half the squared distance to the teacher.
    public var loss: DecimalEnclosure
    public var multiplicity: Int
    public var kind: Kind
    /// On the forms of exactly this rank.
    public var signature: Signature
    public var parameter: [Parameters]
    public var exact: ExactDescription?

    package init(
      rank: Int, form: FormEnclosure, loss: DecimalEnclosure, multiplicity: Int, kind: Kind,
      signature: Signature, parameter: [Parameters], exact: ExactDescription? = nil
    ) {
      self.rank = rank
      self.form = form
      self.loss = loss
      self.multiplicity = multiplicity
      self.kind = kind
      self.signature = signature
      self.parameter = parameter
      self.exact = exact
    }
  }

  /// Infinitely many critical points that belong together.
  public struct Family: Codable, Hashable, Sendable {
    public var rank: Int
    public var dimension: Int
    public var loss: DecimalEnclosure?
    /// One of its points, if a real one is known.
    public var form: FormEnclosure?
    /// At this point, and all over the family where `kind` is told.
    public var signature: Signature?
    public var kind: CriticalPoint.Kind?

    package init(
      rank: Int, dimension: Int, loss: DecimalEnclosure? = nil, form: FormEnclosure? = nil,
      signature: Signature? = nil, kind: CriticalPoint.Kind? = nil
    ) {
      self.rank = rank
      self.dimension = dimension
      self.loss = loss
      self.form = form
      self.signature = signature
      self.kind = kind
    }
  }

  /// An algebraic number, exactly.
  public struct AlgebraicNumber: Codable, Hashable, Sendable {
    /// In x, irreducible over the integers.
    public var minimalPolynomial: String
    /// Bounds between which the polynomial has no other root.
    public var lower: DecimalNumber
    public var upper: DecimalNumber

    public init(minimalPolynomial: String, lower: DecimalNumber, upper: DecimalNumber) {
      self.minimalPolynomial = minimalPolynomial
      self.lower = lower
      self.upper = upper
    }
  }

  public struct ExactDescription: Codable, Hashable, Sendable {
    public var loss: AlgebraicNumber?
    /// The form where it is rational: a matrix row by row, or coefficients by monomial.
    public var form: ExactForm?
    /// `t_i` with `T S u_i = t_i u_i` for the directions of this point, with repetitions.
    public var eigenvalues: [AlgebraicNumber]?

    package init(loss: AlgebraicNumber? = nil, form: ExactForm? = nil, eigenvalues: [AlgebraicNumber]? = nil)
    {
      self.loss = loss
      self.form = form
      self.eigenvalues = eigenvalues
    }
  }

  public struct Discriminant: Codable, Hashable, Sendable {
    /// Whether some critical point of rank 1 to the width is degenerate, over the complex numbers.
    public var degenerate: Bool
    /// Whether some critical point drops rank, over the complex numbers.
    public var rankDrop: Bool
    /// Of the polynomial whose zeros are the degenerate teachers and metrics, where that is known.
    public var value: String?

    package init(degenerate: Bool, rankDrop: Bool, value: String? = nil) {
      self.degenerate = degenerate
      self.rankDrop = rankDrop
      self.value = value
    }
  }

  /// What differs between equal runs.
  public struct Run: Codable, Hashable, Sendable {
    public var engine: [String: String]
    public var threads: Int
    public var seed: UInt64
    public var digits: Int
    public var seconds: Double
    public var limit: String?

    public init(
      engine: [String: String], threads: Int, seed: UInt64, digits: Int, seconds: Double, limit: String?
    ) {
      self.engine = engine
      self.threads = threads
      self.seed = seed
      self.digits = digits
      self.seconds = seconds
      self.limit = limit
    }
  }

  public static let currentSchema = "allminima/teacher/1"

  public var schema = Self.currentSchema
  public var inputs: Int
  public var degree: Int
  public var width: Int
  public var metric: String
  /// Whether all critical points of all ranks up to the width are listed, and everything about them is decided.
  public var complete: Bool
  public var regime: Regime
  public var dimensions: Dimensions
  public var complexCriticalPoints: [Count]
  /// Sorted by rank, loss, form.
  public var criticalPoints: [CriticalPoint]
  public var families: [Family]
  /// Absent where it is not known for all ranks.
  public var discriminant: Discriminant?
  /// What could not be decided, in words.
  public var undecided: [String]
  /// What a reader should know about the answer.
  public var notes: [String]
  public var run: Run?

  package init(
    inputs: Int, degree: Int, width: Int, metric: String, complete: Bool, regime: Regime,
    dimensions: Dimensions, complexCriticalPoints: [Count], criticalPoints: [CriticalPoint],
    families: [Family], discriminant: Discriminant? = nil, undecided: [String], notes: [String],
    run: Run? = nil
  ) {
    self.inputs = inputs
    self.degree = degree
    self.width = width
    self.metric = metric
    self.complete = complete
    self.regime = regime
    self.dimensions = dimensions
    self.complexCriticalPoints = complexCriticalPoints
    self.criticalPoints = criticalPoints
    self.families = families
    self.discriminant = discriminant
    self.undecided = undecided
    self.notes = notes
    self.run = run
  }
}
