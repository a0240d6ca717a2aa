import Interchange
import LandscapeModel

/// A run cut into shards: all that a machine needs in order to do one of them. JSON,
/// `allminima/shard-plan/1`.
public struct ShardPlan: Codable, Hashable, Sendable {
  /// Where the problem comes from: what results say about it.
  public struct Source: Codable, Hashable, Sendable {
    public var name: String
    public var inputNames: [String]?
    public var targetName: String?
    /// Of the column of the observations' weights.
    public var weightName: String?
    /// The SHA-256 of the data file.
    public var dataSHA256: String

    public init(
      name: String, inputNames: [String]?, targetName: String?, weightName: String? = nil, dataSHA256: String
    ) {
      self.name = name
      self.inputNames = inputNames
      self.targetName = targetName
      self.weightName = weightName
      self.dataSHA256 = dataSHA256
    }
  }

  public static let schema = "allminima/shard-plan/1"
  public static let mostShards = 1_000_000

  public let schema: String
  public let run: RunDescription
  public let source: Source
  /// The number of shards, from 1 to `mostShards`.
  public let shards: Int
  /// Of the compact JSON of all this with an empty hash.
  public let sha256: String

  public init(run: RunDescription, source: Source, shards: Int) throws {
    precondition((1...Self.mostShards).contains(shards))
    let open = ShardPlan(schema: Self.schema, run: run, source: source, shards: shards, sha256: "")
    self.init(
      schema: Self.schema, run: run, source: source, shards: shards, sha256: try ContentHash.of(open))
  }

  private init(schema: String, run: RunDescription, source: Source, shards: Int, sha256: String) {
    self.schema = schema
    self.run = run
    self.source = source
    self.shards = shards
    self.sha256 = sha256
  }

  /// Whether the content is that which was hashed, and can be a plan.
  var isIntact: Bool {
    guard schema == Self.schema, (1...Self.mostShards).contains(shards),
      (1...EnumerationOptions.mostDigits).contains(run.options.digits)
    else { return false }
    let open = ShardPlan(schema: schema, run: run, source: source, shards: shards, sha256: "")
    return (try? ContentHash.of(open)) == sha256
  }

  /// The part of the run that a shard does.
  public func part(_ index: Int) -> RunPart { RunPart(index: index, of: shards) }
}

/// The finished blocks of one shard, with the plan that they belong to. JSON, `allminima/shard/1`.
public struct ShardResult: Codable, Hashable, Sendable {
  public static let schema = "allminima/shard/1"

  public let schema: String
  public let plan: ShardPlan
  /// From 0.
  public let index: Int
  /// In order; those of the plan's part, all of them.
  public let records: [BlockRecord]
  /// Of the compact JSON of all this with an empty hash.
  public let sha256: String

  public init(plan: ShardPlan, index: Int, records: [BlockRecord]) throws {
    precondition((0..<plan.shards).contains(index))
    let open = ShardResult(schema: Self.schema, plan: plan, index: index, records: records, sha256: "")
    self.init(
      schema: Self.schema, plan: plan, index: index, records: records, sha256: try ContentHash.of(open))
  }

  private init(schema: String, plan: ShardPlan, index: Int, records: [BlockRecord], sha256: String) {
    self.schema = schema
    self.plan = plan
    self.index = index
    self.records = records
    self.sha256 = sha256
  }

  var isIntact: Bool {
    guard schema == Self.schema, plan.isIntact, (0..<plan.shards).contains(index),
      zip(records, records.dropFirst()).allSatisfy({ $0.block < $1.block }),
      records.allSatisfy(\.isPlausible)
    else { return false }
    let open = ShardResult(schema: schema, plan: plan, index: index, records: records, sha256: "")
    return (try? ContentHash.of(open)) == sha256
  }
}
