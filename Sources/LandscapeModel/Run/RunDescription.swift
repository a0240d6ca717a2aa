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
    /// Present and true if there is a linear connection past the hidden units.
    public var skip: Bool?
    /// Present and true if the output has a bias.
    public var outputBias: Bool?
    /// Absent for all.
    public var penalty: Penalty?
    /// Absent if all are 1.
    public var observationWeights: [String]?

    package init(
      inputs: [[String]], targets: [String], units: Int, slope: String, ridge: String, bias: Bool,
      skip: Bool = false, outputBias: Bool = false, penalty: Penalty = .all,
      observationWeights: [String]? = nil
    ) {
      self.inputs = inputs
      self.targets = targets
      self.units = units
      self.slope = slope
      self.ridge = ridge
      self.bias = bias
      self.skip = skip ? true : nil
      self.outputBias = outputBias ? true : nil
      self.penalty = penalty == .all ? nil : penalty
      self.observationWeights = observationWeights
    }
  }

  public var problem: ProblemText
  public var method: Method
  public var options: EnumerationOptions
  /// The number of strata, and of strata in a block.
  public var strata: Int
  public var blockSize: Int
  /// The version of AllMinima.
  public var version: String

  package init(
    problem: ProblemText, method: Method, options: EnumerationOptions, strata: Int, blockSize: Int,
    version: String
  ) {
    self.problem = problem
    self.method = method
    self.options = options
    self.options.describesFit = true
    self.strata = strata
    self.blockSize = blockSize
    self.version = version
  }
}

extension RunDescription {
  /// In what these two runs differ, in a few words; `nil` if they are the same.
  public func difference(from other: RunDescription) -> String? {
    if version != other.version { return "version \(version), not \(other.version)" }
    if problem != other.problem { return problem.difference(from: other.problem) }
    if method != other.method { return "method \(method.rawValue), not \(other.method.rawValue)" }
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
    if skip != other.skip { return skip == true ? "with a skip connection" : "without a skip connection" }
    if outputBias != other.outputBias {
      return outputBias == true ? "with output bias" : "without output bias"
    }
    if penalty != other.penalty { return "another penalty" }
    if observationWeights != other.observationWeights { return "other observation weights" }
    return "other data"
  }
}
