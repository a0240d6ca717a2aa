/// The optimum of training with infinitely many hidden units under a total-variation penalty, as neutral values.
///
/// The coding keys are the public JSON schema `allminima/infinite-width/1`.
public struct InfiniteWidthResult: Codable, Hashable, Sendable {
  /// The problem that was solved.
  public struct ProblemSummary: Codable, Hashable, Sendable {
    public var rows: Int
    public var inputs: Int
    public var activation: String
    /// Absent for a path.
    public var ridge: String?
    public var bias: Bool
    /// Only where the output has a bias; likewise a linear part in the inputs, and weights of observations.
    public var outputBias: Bool?
    public var skip: Bool?
    public var observationWeights: Bool?
    /// Absent if all parameters are penalised.
    public var penalty: Penalty?
    /// The names of the data's columns, if they have any.
    public var columns: EnumerationResult.ProblemSummary.Columns?
    /// The SHA-256 of the data file's bytes, if the data came from a file.
    public var dataSHA256: String?

    public init(
      rows: Int, inputs: Int, activation: String, ridge: String? = nil, bias: Bool
    ) {
      self.rows = rows
      self.inputs = inputs
      self.activation = activation
      self.ridge = ridge
      self.bias = bias
    }
  }

  /// The dual certificate `η(w) = Σ_i r_i σ(⟨w, z_i⟩)`.
  public struct Certificate: Codable, Hashable, Sendable {
    /// `max |η| / λ` over all directions; exactly 1 where the measure is not zero.
    public var ratio: DecimalEnclosure
    /// The greatest other extreme value of `|η| / λ` on a face, if there is one.
    public var nextLargest: DecimalEnclosure?
    /// The number of cells of directions that the proof has looked at.
    public var cells: Int

    public init(
      ratio: DecimalEnclosure, nextLargest: DecimalEnclosure? = nil, cells: Int
    ) {
      self.ratio = ratio
      self.nextLargest = nextLargest
      self.cells = cells
    }
  }

  /// A direction on which an extremal face lies.
  public struct Kink: Codable, Hashable, Sendable {
    /// The data row, counted from 1.
    public var row: Int
    /// The share of the slope's change that the atom takes there.
    public var tau: DecimalEnclosure

    public init(
      row: Int, tau: DecimalEnclosure
    ) {
      self.row = row
      self.tau = tau
    }
  }

  /// A direction `u` with `|η(u)| = λ`.
  public struct Extreme: Codable, Hashable, Sendable {
    public var pattern: String
    /// Of `η` there, and of the output weight.
    public var sign: Int
    /// Of length one; the bias last.
    public var direction: [DecimalEnclosure]
    /// Of the face.
    public var dimension: Int
    /// Absent where the rows on whose hyperplanes the face lies are dependent.
    public var kinks: [Kink]?
    /// Whether `|η|` falls to first order in every direction that leaves the face.
    public var strict: Bool
    /// The absolute value of the amplitude, or its range over all solutions.
    public var mass: DecimalEnclosure

    public init(
      pattern: String, sign: Int, direction: [DecimalEnclosure], dimension: Int, kinks: [Kink]? = nil,
      strict: Bool, mass: DecimalEnclosure
    ) {
      self.pattern = pattern
      self.sign = sign
      self.direction = direction
      self.dimension = dimension
      self.kinks = kinks
      self.strict = strict
      self.mass = mass
    }
  }

  /// The polytope of all optimal measures.
  public struct Solutions: Codable, Hashable, Sendable {
    public var dimension: Int
    public var unique: Bool
    /// Whether all solutions are the same function of the inputs.
    public var functionUnique: Bool
    /// The fewest atoms of a solution: from this width on a finite network reaches the loss.
    public var leastAtoms: Int
    /// The number of vertices.
    public var vertexCount: Int
    /// Signed amplitudes in the order of the extremal directions; absent if there are very many vertices.
    public var vertices: [[DecimalEnclosure]]?
    /// Whether every extremal direction carries mass in some solution.
    public var allExtremesUsed: Bool

    public init(
      dimension: Int, unique: Bool, functionUnique: Bool, leastAtoms: Int, vertexCount: Int,
      vertices: [[DecimalEnclosure]]?,
      allExtremesUsed: Bool
    ) {
      self.dimension = dimension
      self.unique = unique
      self.functionUnique = functionUnique
      self.leastAtoms = leastAtoms
      self.vertexCount = vertexCount
      self.vertices = vertices
      self.allExtremesUsed = allExtremesUsed
    }
  }

  /// What small noise and a small ridge do to the atoms, if the optimum's outputs are taken as noiseless data.
  public struct Stability: Codable, Hashable, Sendable {
    /// Derivatives by the ridge, at ridge zero.
    public struct Rate: Codable, Hashable, Sendable {
      public var direction: [DecimalEnclosure]
      public var mass: DecimalEnclosure

      public init(direction: [DecimalEnclosure], mass: DecimalEnclosure) {
        self.direction = direction
        self.mass = mass
      }
    }

    /// Whether the measure is unique, every extremal direction carries mass, and all are strict.
    public var nondegenerate: Bool
    /// `max |η|` of the certificate of least norm that attains `± 1` at the atoms.
    public var preCertificateRatio: DecimalEnclosure?
    /// Whether number and faces of the atoms stay for small noise and a small ridge.
    public var persists: Trilean?
    /// In the order of the extremal directions.
    public var rates: [Rate]?

    public init(nondegenerate: Bool) { self.nondegenerate = nondegenerate }
  }

  /// A finite network with the least number of units that reaches the loss.
  public struct Network: Codable, Hashable, Sendable {
    public var units: Int
    public var a: [DecimalEnclosure]
    /// The bias last.
    public var w: [[DecimalEnclosure]]
    /// The coefficients of the linear part: those of the inputs, then the output bias; absent without any.
    public var c: [DecimalEnclosure]?

    public init(
      units: Int, a: [DecimalEnclosure], w: [[DecimalEnclosure]], c: [DecimalEnclosure]? = nil
    ) {
      self.units = units
      self.a = a
      self.w = w
      self.c = c
    }
  }

  /// Exact numbers.
  public struct Exact: Codable, Hashable, Sendable {
    public var loss: ExactDescription.Number
    /// The masses in the order of the extremal directions, if the measure is unique.
    public var masses: [ExactDescription.Number]?

    public init(
      loss: ExactDescription.Number, masses: [ExactDescription.Number]? = nil
    ) {
      self.loss = loss
      self.masses = masses
    }
  }

  /// What may differ between two runs with the same result.
  public typealias Run = EnumerationResult.Run

  public static let currentSchema = "allminima/infinite-width/1"

  public var schema = Self.currentSchema
  public var problem: ProblemSummary
  public var complete: Bool
  /// Why the result is not complete.
  public var undecided: [String]?
  public var loss: DecimalEnclosure?
  public var totalMass: DecimalEnclosure?
  /// From this ridge on the zero measure is optimal.
  public var ridgeMaximum: DecimalEnclosure?
  public var residual: [DecimalEnclosure]?
  public var certificate: Certificate?
  public var extremal: [Extreme]?
  public var solutions: Solutions?
  public var stability: Stability?
  public var network: Network?
  public var exact: Exact?
  public var run: Run?

  /// With nothing found out.
  public init(problem: ProblemSummary, complete: Bool) {
    self.problem = problem
    self.complete = complete
  }
}
