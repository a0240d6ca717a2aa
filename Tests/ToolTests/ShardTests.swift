import Foundation
import LandscapeModel
import Testing

/// Runs in shards: the bytes of a run in one go, and a name for everything that is missing or does not fit.
@Suite(.timeLimit(.minutes(5))) struct ShardTests {
  private static let network = ["--units", "4", "--ridge", "1/2"]
  private static let json = ["--format", "json", "--no-timing"]

  private let folder: TemporaryFolder
  private let data: String
  private let plan: String

  init() throws {
    folder = try TemporaryFolder()
    data = try folder.file("data.csv", StoreTests.data).path
    plan = folder.url.appendingPathComponent("plan.json").path
  }

  private func whole() async throws -> String {
    let output = try await Tool.run(["enumerate", data] + Self.network + Self.json)
    #expect(output.status == 0)
    return output.standardOutput
  }

  private func makePlan(shards: Int, _ options: [String] = network, at path: String? = nil) async throws {
    let output = try await Tool.run(
      ["shard", "plan", data, "--shards", "\(shards)", "--output", path ?? plan] + options)
    #expect(output.status == 0, "\(output.standardError)")
  }

  private func run(_ index: Int, _ options: [String] = []) async throws {
    let output = try await Tool.run(["shard", "run", plan, "--index", "\(index)"] + options)
    #expect(output.status == 0, "\(output.standardError)")
  }

  private func file(_ index: Int) -> String { folder.url.path + "/plan.shards/\(index).json" }

  /// More shards than blocks.
  @Test func sevenShardsInAnyOrderAreTheWhole() async throws {
    try await makePlan(shards: 7)
    for index in [3, 0, 6, 5, 1, 4, 2] { try await run(index) }
    let expected = try await whole()
    #expect(try await Tool.run(["shard", "merge", plan] + Self.json).standardOutput == expected)
    for order in [[0, 1, 2, 3, 4, 5, 6], [6, 2, 0, 5, 3, 1, 4]] {
      // A result that is given twice is one.
      let files = order.map(file) + [file(order[0])]
      let output = try await Tool.run(["shard", "merge"] + files + Self.json)
      #expect(output.status == 0)
      #expect(output.standardOutput == expected)
    }
  }

  @Test func missingAndDamagedShardsAreNamed() async throws {
    try await makePlan(shards: 4)
    for index in [0, 2] { try await run(index) }
    let output = try await Tool.run(["shard", "merge", plan] + Self.json)
    #expect(output.status == 75)
    #expect(output.standardError == "Error: shards 1,3 of 0-3 are missing\n")
    let partial = try JSONDecoder().decode(EnumerationResult.self, from: Data(output.standardOutput.utf8))
    #expect(!partial.complete)
    // A file that was cut off is named, counts as missing, and is replaced when the shard is run again.
    for index in [1, 3] { try await run(index) }
    let text = try String(contentsOfFile: file(2), encoding: .utf8)
    try text.prefix(text.count / 2).write(toFile: file(2), atomically: true, encoding: .utf8)
    let changed = try String(contentsOfFile: file(3), encoding: .utf8)
      .replacingOccurrences(of: "\"pruned\" : ", with: "\"pruned\" : 1")
    try changed.write(toFile: file(3), atomically: true, encoding: .utf8)
    let damaged = try await Tool.run(["shard", "merge", plan])
    #expect(damaged.status == 75)
    #expect(damaged.standardError.contains("'\(file(2))' is neither"))
    #expect(damaged.standardError.contains("'\(file(3))' is damaged"))
    #expect(damaged.standardError.contains("shards 2-3 of 0-3 are missing"))
    #expect(try await Tool.run(["shard", "merge", file(3)]).status == 65)
    for index in [2, 3] { try await run(index) }
    #expect(try await Tool.run(["shard", "merge", plan] + Self.json).standardOutput == whole())
  }

  @Test func aShardIsDoneOnce() async throws {
    try await makePlan(shards: 2)
    try await run(1)
    let first = try Data(contentsOf: URL(fileURLWithPath: file(1)))
    let again = try await Tool.run(["shard", "run", plan, "--index", "1"])
    #expect(again.status == 0)
    #expect(again.standardError.contains("is there already"))
    try FileManager.default.removeItem(atPath: file(1))
    try await run(1, ["--threads", "3"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: file(1))) == first)
    let other = try await Tool.run(["shard", "run", plan, "--index", "0", "--output", file(1)])
    #expect(other.status == 64)
    #expect(other.standardError.contains("belongs to another shard or plan"))
  }

  @Test func shardsOfDifferentRunsAreToldApart() async throws {
    try await makePlan(shards: 2)
    try await run(0)
    let otherPlan = folder.url.appendingPathComponent("other.json").path
    try await makePlan(shards: 2, ["--units", "4", "--ridge", "1/5"], at: otherPlan)
    let other = folder.url.appendingPathComponent("part.json").path
    _ = try await Tool.run(["shard", "run", otherPlan, "--index", "1", "--output", other])
    let output = try await Tool.run(["shard", "merge", plan, other])
    #expect(output.status == 65)
    #expect(output.standardOutput.isEmpty)
    #expect(output.standardError.contains("belong to different runs: ridge 1/5, not 1/2"))
  }

  /// In the folder of a plan they are left out, and what is missing is named.
  @Test func foreignFilesAmongTheResultsAreNamed() async throws {
    let other = folder.url.appendingPathComponent("other.json").path
    try await makePlan(shards: 3)
    try await makePlan(shards: 3, ["--units", "4", "--ridge", "1/5"], at: other)
    try await run(0)
    _ = try await Tool.run(["shard", "run", other, "--index", "1", "--output", file(1)])
    try FileManager.default.createDirectory(atPath: file(2), withIntermediateDirectories: true)
    let output = try await Tool.run(["shard", "merge", plan])
    #expect(output.status == 75)
    #expect(
      output.standardError.contains("'\(file(1))' and '\(plan)' belong to different runs: ridge 1/5, not 1/2")
    )
    #expect(output.standardError.contains("\(file(2)): cannot be read"))
    #expect(output.standardError.contains("shards 1-2 of 0-2 are missing"))
    #expect(output.standardOutput.contains("The list is not complete"))
    let refused = try await Tool.run(["shard", "run", plan, "--index", "1"])
    #expect(refused.status == 64)
    #expect(refused.standardError.contains("remove it to run the shard again"))
  }

  @Test func shardsWithNothingToDoAreNotMissed() async throws {
    try await makePlan(shards: 50)
    // There are four blocks.
    for index in 0..<4 { try await run(index) }
    let output = try await Tool.run(["shard", "merge", plan] + Self.json)
    #expect(output.status == 0)
    #expect(output.standardError.isEmpty)
    #expect(try await output.standardOutput == whole())
  }

  @Test func plansAndResultsComeFromStandardInput() async throws {
    try await makePlan(shards: 2)
    let text = try String(contentsOfFile: plan, encoding: .utf8)
    for index in 0..<2 {
      let arguments = ["shard", "run", "-", "--index", "\(index)"]
      #expect(try await Tool.run(arguments, input: text).status == 64)
      let part = folder.url.appendingPathComponent("part\(index).json").path
      #expect(try await Tool.run(arguments + ["--output", part], input: text).status == 0)
    }
    let files = (0..<2).map { folder.url.appendingPathComponent("part\($0).json").path }
    let first = try String(contentsOfFile: files[0], encoding: .utf8)
    let output = try await Tool.run(["shard", "merge", "-", files[1]] + Self.json, input: first)
    #expect(output.status == 0)
    #expect(try await output.standardOutput == whole())
  }

  @Test func theSimpleCase() async throws {
    var files: [String] = []
    for index in 0..<3 {
      let file = folder.url.appendingPathComponent("\(index).json").path
      let output = try await Tool.run(
        ["enumerate", data, "--shard", "\(index)/3", "--output", file] + Self.network)
      #expect(output.status == 0, "\(output.standardError)")
      files.append(file)
    }
    #expect(try await Tool.run(["shard", "merge"] + files.reversed() + Self.json).standardOutput == whole())
    let missing = try await Tool.run(["shard", "merge"] + files.dropFirst())
    #expect(missing.status == 75)
    #expect(missing.standardError == "Error: shard 0 of 0-2 is missing\n")
    #expect(missing.standardOutput.contains("The list is not complete: shard 0 of 0-2 is missing after "))
  }

  @Test func aShardGoesOnFromItsStore() async throws {
    try await makePlan(shards: 2)
    let store = folder.url.appendingPathComponent("shard.sqlite").path
    let output = try await Tool.run(["shard", "run", plan, "--index", "1", "--store", store, "--verbose"]) {
      try $0.waitForMessage("visited ")
      $0.send(SIGKILL)
    }
    // It may have ended before it was killed.
    #expect([0, 128 + SIGKILL].contains(output.status))
    #expect(output.standardError.contains("visited "))
    try await run(0)
    try await run(1, ["--store", store, "--resume"])
    #expect(try await Tool.run(["shard", "merge", plan] + Self.json).standardOutput == whole())
  }

  @Test func wrongUseIsRefused() async throws {
    try await makePlan(shards: 2)
    let index = try await Tool.run(["shard", "run", plan, "--index", "2"])
    #expect(index.status == 64)
    #expect(index.standardError == "Error: --index must be from 0 to 1, not 2\n")
    let noPlan = try await Tool.run(["shard", "run", data, "--index", "0"])
    #expect(noPlan.status == 65)
    let missing = try await Tool.run(["shard", "merge", "/no/such/file"])
    #expect(missing.status == 65)
    let none = try await Tool.run(["shard", "plan", data, "--shards", "0"] + Self.network)
    #expect(none.status == 64)
    let version = try String(contentsOfFile: plan, encoding: .utf8)
      .replacingOccurrences(of: "\"shards\" : 2", with: "\"shards\" : 3")
    try version.write(toFile: plan, atomically: true, encoding: .utf8)
    #expect(try await Tool.run(["shard", "run", plan, "--index", "0"]).status == 65)
  }
}
