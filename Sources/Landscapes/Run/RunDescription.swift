import Algebra

/// Everything that the result of a run depends on: two runs with equal descriptions can share their blocks.
public struct RunDescription: Codable, Hashable, Sendable {
  /// A problem with its numbers as text.
  public struct ProblemText: Codable, Hashable, Sendable {
    public var inputs: [[String]]
    public var targets: [String]
    public var units: Int
    /// The slope `α` of the activation.
    public var slope: String
    public var ridge: String
    public var bias: Bool

    public init<Engine: AlgebraEngine>(_ problem: Problem<Engine>) {
      inputs = problem.inputs.map { $0.map(\.description) }
      targets = problem.targets.map(\.description)
      units = problem.units
      slope = problem.activation.slope.description
      ridge = problem.ridge.description
      bias = problem.bias
    }

    /// - Throws: `AlgebraError` for a text that is no number, `ProblemError`.
    public func problem<Engine: AlgebraEngine>(_ engine: Engine.Type) throws -> Problem<Engine> {
      try Problem(
        inputs: inputs.map { try $0.map { try Engine.Rational(exactly: $0) } },
        targets: targets.map { try Engine.Rational(exactly: $0) }, units: units,
        activation: Activation(slope: Engine.Rational(exactly: slope)),
        ridge: Engine.Rational(exactly: ridge), bias: bias)
    }
  }

  public var problem: ProblemText
  public var method: String
  public var options: EnumerationOptions
  /// The number of strata, and of strata in a block.
  public var strata: Int
  public var blockSize: Int
  /// The version of AllMinima.
  public var version: String
}

extension Enumeration {
  /// What identifies this run.
  public var description: RunDescription {
    RunDescription(
      problem: RunDescription.ProblemText(problem), method: "convex", options: options,
      strata: blocks.total, blockSize: blocks.size, version: AllMinimaVersion.current)
  }
}

/// The version of the package.
public enum AllMinimaVersion {
  public static let current = "0.1.0"
}
