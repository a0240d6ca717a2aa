import Interchange
import LandscapeModel

/// A file of a sharded run: a plan or the result of a shard.
public enum ShardFile: Sendable {
  case plan(ShardPlan)
  case result(ShardResult)

  public var plan: ShardPlan {
    switch self {
    case .plan(let plan): plan
    case .result(let result): result.plan
    }
  }

  /// - Throws: `InputError` if the file cannot be read, `ShardFileError` if it is neither or was changed.
  public init(reading source: InputSource) throws {
    let text = try source.text()
    guard let schema = try? JSONText.decode(Schema.self, from: text).schema else {
      throw ShardFileError(file: source.name, problem: .notAShardFile)
    }
    switch schema {
    case ShardPlan.schema:
      guard let plan = try? JSONText.decode(ShardPlan.self, from: text), plan.isIntact else {
        throw ShardFileError(file: source.name, problem: .damaged)
      }
      self = .plan(plan)
    case ShardResult.schema:
      guard let result = try? JSONText.decode(ShardResult.self, from: text), result.isIntact else {
        throw ShardFileError(file: source.name, problem: .damaged)
      }
      self = .result(result)
    default: throw ShardFileError(file: source.name, problem: .notAShardFile)
    }
  }

  private struct Schema: Decodable {
    let schema: String
  }
}

/// What is wrong with a file of a sharded run.
public struct ShardFileError: Error, Hashable, Sendable {
  public enum Problem: Hashable, Sendable {
    /// Not JSON with the schema of a plan or of a shard's result; perhaps cut off.
    case notAShardFile
    /// Its content is not what was written.
    case damaged
    /// Not of the plan that this file belongs to.
    case otherPlan(than: String, difference: String)
    /// Not the same result of the same shard as in this file.
    case contradiction(with: String, shard: Int)
    case otherVersion(String)
    /// What the plan says is no problem.
    case noProblem(String)
  }

  public let file: String
  public let problem: Problem

  public init(file: String, problem: Problem) {
    self.file = file
    self.problem = problem
  }
}

extension ShardFileError: CustomStringConvertible {
  public var description: String {
    switch problem {
    case .notAShardFile: "'\(file)' is neither a shard plan nor the result of a shard, or was cut off"
    case .damaged: "'\(file)' is damaged: its content does not have the hash that it names"
    case .otherPlan(let other, let difference):
      "'\(file)' and '\(other)' belong to different runs: \(difference)"
    case .contradiction(let other, let shard):
      "'\(file)' and '\(other)' are different results of shard \(shard)"
    case .noProblem(let reason): "'\(file)' describes no problem: \(reason)"
    case .otherVersion(let version):
      "'\(file)' was made by version \(version), this is version \(AllMinimaVersion.current)"
    }
  }
}

/// The results of shards of one plan, brought together in any order.
public struct ShardCollection: Sendable {
  public let plan: ShardPlan
  /// The name of the file that says what the plan is.
  public let planFile: String
  private var results: [Int: (file: String, result: ShardResult)] = [:]

  /// - Parameter file: which of them says what the plan is, with its name in messages.
  /// - Throws: `ShardFileError` if the plan was made by another version.
  public init(_ file: ShardFile, named name: String) throws {
    plan = file.plan
    planFile = name
    guard plan.run.version == AllMinimaVersion.current else {
      throw ShardFileError(file: name, problem: .otherVersion(plan.run.version))
    }
  }

  /// - Throws: `ShardFileError` if the file belongs to another plan, or contradicts one that is there already.
  public mutating func add(_ file: ShardFile, named name: String) throws {
    guard file.plan == plan else {
      let difference =
        file.plan.run.difference(from: plan.run)
        ?? (plan.shards != file.plan.shards
          ? "\(file.plan.shards) shards, not \(plan.shards)" : "other names of the data")
      throw ShardFileError(file: name, problem: .otherPlan(than: planFile, difference: difference))
    }
    guard case .result(let result) = file else { return }
    if let other = results[result.index], other.result != result {
      throw ShardFileError(file: name, problem: .contradiction(with: other.file, shard: result.index))
    }
    results[result.index] = (name, result)
  }

  /// The shards without a result, in order.
  public var missing: [Int] { (0..<plan.shards).filter { results[$0] == nil } }

  /// The records of all results, in order of the blocks.
  public var records: [BlockRecord] {
    results.values.flatMap(\.result.records).sorted { $0.block < $1.block }
  }
}
