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

extension RunDescription {
  /// In what these two runs differ, in a few words; `nil` if they are the same.
  public func difference(from other: RunDescription) -> String? {
    if version != other.version { return "version \(version), not \(other.version)" }
    if problem != other.problem { return problem.difference(from: other.problem) }
    if method != other.method { return "method \(method), not \(other.method)" }
    if options.digits != other.options.digits {
      return "\(options.digits) digits, not \(other.options.digits)"
    }
    if options.describesExactly != other.options.describesExactly {
      return options.describesExactly ? "with exact descriptions" : "without exact descriptions"
    }
    if options.prunes != other.options.prunes {
      return options.prunes ? "with pruning" : "without pruning"
    }
    return self == other ? nil : "other options"
  }
}

extension RunDescription.ProblemText {
  fileprivate func difference(from other: Self) -> String {
    if units != other.units { return "\(units) units, not \(other.units)" }
    if ridge != other.ridge { return "ridge \(ridge), not \(other.ridge)" }
    if slope != other.slope { return "another activation" }
    if bias != other.bias { return bias ? "with bias" : "without bias" }
    return "other data"
  }
}
