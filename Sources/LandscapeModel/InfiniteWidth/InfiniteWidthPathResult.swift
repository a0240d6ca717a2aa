/// How the optimum of training with infinitely many hidden units changes with the ridge, as neutral values.
///
/// The coding keys are the public JSON schema `allminima/infinite-width-path/1`.
public struct InfiniteWidthPathResult: Codable, Hashable, Sendable {
  public typealias Run = InfiniteWidthResult.Run

  /// A ridge at which the list of atoms changes.
  public struct Event: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Hashable, Sendable {
      /// The first atoms.
      case appear
      /// Further atoms begin to carry mass.
      case enter
      /// Masses vanish.
      case leave
      /// Atoms reach a face's wall, or leave it.
      case wall
      /// Below, the measure is not unique.
      case nonunique
    }

    public var ridge: DecimalEnclosure
    public var kind: Kind
    /// The number of atoms at greater and at smaller ridges.
    public var atomsAbove: Int
    public var atomsBelow: Int
    /// The patterns of faces that are listed below the event only, and above it only.
    public var added: [String]
    public var removed: [String]
    public var exact: ExactDescription.Number?

    public init(
      ridge: DecimalEnclosure, kind: Kind, atomsAbove: Int, atomsBelow: Int, added: [String],
      removed: [String], exact: ExactDescription.Number? = nil
    ) {
      self.ridge = ridge
      self.kind = kind
      self.atomsAbove = atomsAbove
      self.atomsBelow = atomsBelow
      self.added = added
      self.removed = removed
      self.exact = exact
    }
  }

  /// A direction at which the dual certificate attains the ridge.
  public struct Atom: Codable, Hashable, Sendable {
    public var pattern: String
    public var sign: Int

    public init(pattern: String, sign: Int) {
      self.pattern = pattern
      self.sign = sign
    }
  }

  /// The optimum at one ridge.
  public struct Sample: Codable, Hashable, Sendable {
    public var ridge: DecimalEnclosure
    public var loss: DecimalEnclosure
    /// The amplitudes' absolute values in the order of the atoms, or their ranges over all solutions; absent where
    /// these are not known.
    public var masses: [DecimalEnclosure]?
    /// Of length one; the bias last.
    public var directions: [[DecimalEnclosure]]

    public init(
      ridge: DecimalEnclosure, loss: DecimalEnclosure, masses: [DecimalEnclosure]?,
      directions: [[DecimalEnclosure]]
    ) {
      self.ridge = ridge
      self.loss = loss
      self.masses = masses
      self.directions = directions
    }
  }

  /// The ridges between two events.
  public struct Piece: Codable, Hashable, Sendable {
    /// The greater end.
    public var from: DecimalEnclosure
    public var to: DecimalEnclosure
    public var atoms: [Atom]
    /// Whether the measure is unique; absent where that is not known.
    public var unique: Bool?
    /// From the greatest ridge to the least.
    public var samples: [Sample]

    public init(
      from: DecimalEnclosure, to: DecimalEnclosure, atoms: [Atom], unique: Bool?, samples: [Sample]
    ) {
      self.from = from
      self.to = to
      self.atoms = atoms
      self.unique = unique
      self.samples = samples
    }
  }

  public static let currentSchema = "allminima/infinite-width-path/1"

  public var schema = Self.currentSchema
  public var problem: InfiniteWidthResult.ProblemSummary
  public var complete: Bool
  /// Why the result is not complete.
  public var undecided: [String]?
  /// The ridge to which the path was asked for.
  public var pathTo: String
  /// From this ridge on the zero measure is optimal.
  public var ridgeMaximum: DecimalEnclosure?
  /// From the greatest ridge to the least.
  public var events: [Event]
  public var pieces: [Piece]
  public var run: Run?

  /// With nothing found out.
  public init(problem: InfiniteWidthResult.ProblemSummary, pathTo: String, complete: Bool) {
    self.problem = problem
    self.pathTo = pathTo
    self.complete = complete
    events = []
    pieces = []
  }
}
