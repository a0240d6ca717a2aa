import Algebra
import GroebnerBases
import Ideals
import LandscapeModel

/// Real solutions as text, ready to be written as JSON (schema `allminima/solve/1`).
public struct SolutionReport: Hashable, Sendable, Codable {
  public enum Answer: String, Hashable, Sendable, Codable {
    case empty
    case finite
    case positiveDimensional
    case undecided
  }

  /// A component of a variety of positive dimension.
  public struct Component: Hashable, Sendable, Codable {
    public let dimension: Int
    public let degree: Int
  }

  public let schema: String
  public let answer: Answer
  /// Of the complex variety; absent where undecided.
  public var dimension: Int?
  /// The number of complex solutions with multiplicities.
  public var degree: Int?
  /// Of the real solutions, in their sequence.
  public var multiplicities: [Int]?
  /// Coordinates in the sequence of the variables; for positive dimension the real points of components that
  /// are finite.
  public var realSolutions: [[DecimalEnclosure]]?
  public var components: [Component]?
  /// Whether all of this is proved; false where it rests on bases that are probable. Absent where undecided.
  public var proved: Bool?
  public var reason: String?

  /// Solves a system and writes the solutions down; throws what `SolutionSet.init` throws.
  public init<Engine: AlgebraEngine>(
    of system: PolynomialSystem, options: SolveOptions = SolveOptions(), engine: Engine.Type,
    control: Control = Control(), onDimension: (_ dimension: Int, _ degree: Int) -> Void = { _, _ in }
  ) throws {
    self.init(
      try SolutionSet<Engine>(of: system, options: options, control: control, onDimension: onDimension))
  }

  public init<Engine: AlgebraEngine>(_ solutions: SolutionSet<Engine>) {
    schema = "allminima/solve/1"
    switch solutions {
    case .empty(let isProved):
      answer = .empty
      proved = isProved
      dimension = -1
      degree = 0
    case .finite(let finite):
      answer = .finite
      proved = false
      dimension = 0
      degree = finite.degree
      multiplicities = finite.solutions.map(\.multiplicity)
      realSolutions = finite.enclosures
    case .positiveDimensional(let dimension, let components, let isolated):
      answer = .positiveDimensional
      proved = false
      self.dimension = dimension
      self.components = components.map { Component(dimension: $0.dimension, degree: $0.degree) }
      realSolutions = isolated.flatMap(\.enclosures)
    case .undecided(let reason):
      answer = .undecided
      self.reason = reason
    }
  }
}
