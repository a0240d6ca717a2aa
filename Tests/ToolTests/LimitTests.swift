import Foundation
import LandscapeModel
import TestSupport
import Testing

/// Runs that are ended: exit code 75 and what had been found until then; hopeless ones are not started.
@Suite(.timeLimit(.minutes(2))) struct LimitTests {
  private static func options(_ folder: TemporaryFolder) throws -> [String] {
    ["enumerate", try folder.file("cars.csv", SampleData.cars).path, "--format", "json"]
      + SampleData.longOptions
  }

  @Test(arguments: [(SIGINT, 1), (SIGINT, 2), (SIGTERM, 1)])
  func aSignalEndsTheRun(_ signal: Int32, _ times: Int) async throws {
    let folder = try TemporaryFolder()
    let output = try await Tool.run(try Self.options(folder) + ["--verbose"]) { tool in
      try tool.waitForMessage("visited ")
      for _ in 0..<times { tool.send(signal) }
    }
    try expectPartialResult(output, "the run was interrupted")
  }

  @Test func theTimeLimitEndsTheRun() async throws {
    let folder = try TemporaryFolder()
    let output = try await Tool.run(try Self.options(folder) + ["--time-limit", "3", "--quiet"])
    try expectPartialResult(output, "the time limit was reached")
    #expect(output.standardError.isEmpty)
  }

  private static let exact = [
    "enumerate", "-", "--units", "3", "--ridge", "10", "--exact", "--format", "json",
  ]

  /// As a rule all strata are decided by then, but the components are not described. In number fields of high degree
  /// nobody looked at limits.
  @Test func theTimeLimitEndsExactDescriptions() async throws {
    let output = try await Tool.run(Self.exact + ["--time-limit", "20"], input: SampleData.cars)
    #expect(output.status == 75)
    let result = try JSONDecoder().decode(EnumerationResult.self, from: Data(output.standardOutput.utf8))
    #expect(!result.complete && result.run?.limit == "the time limit was reached")
    #expect(result.components.count == result.undecided.count + result.components.count { $0.exact != nil })
  }

  @Test func twoSignalsEndExactDescriptions() async throws {
    let output = try await Tool.run(Self.exact + ["--verbose"], input: SampleData.cars) { tool in
      try tool.waitForMessage("parametrisation")
      tool.send(SIGINT)
      tool.send(SIGTERM)
    }
    #expect(output.status == 75)
    let result = try JSONDecoder().decode(EnumerationResult.self, from: Data(output.standardOutput.utf8))
    #expect(!result.complete && !result.components.isEmpty)
  }

  private static let time = "/usr/bin/time"

  /// Bases of systems with growing matrices; nobody looked at the limit while a matrix was set up.
  @Test(
    .tags(.long), .onlyInLongRuns,
    .enabled(if: FileManager.default.isExecutableFile(atPath: time), "GNU time is not installed"),
    arguments: [
      ["enumerate", "-", "--units", "2", "--ridge", "1/10", "--activation", "power:2", "--no-bias"],
      ["groebner", "-", "--order", "lex"],
    ])
  func memoryStaysNearItsLimit(_ command: [String]) async throws {
    let input =
      command[0] == "enumerate"
      ? "x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n" : try testResource("katsura11.ms")
    let output = try await Tool.run(
      command + ["--memory-limit", "0.25", "--quiet"], input: input, wrapper: [Self.time, "-f", "%M"])
    #expect(output.status == 75)
    #expect(output.standardOutput.contains("the memory limit was reached"))
    let kibibytes = try #require(
      output.standardError.split(separator: "\n").last.flatMap { Int($0) }, "\(output.standardError)")
    #expect(kibibytes < (256 + 200) << 10)
  }

  @Test func theMemoryLimitEndsTheRun() async throws {
    let folder = try TemporaryFolder()
    let output = try await Tool.run(try Self.options(folder) + ["--memory-limit", "0.005"])
    #expect(output.status == 75)
    #expect(
      output.standardError.contains("the memory limit was reached")
        || output.standardOutput.contains("the memory limit was reached"))
  }

  private func expectPartialResult(_ output: Tool.Output, _ reason: String) throws {
    #expect(output.status == 75)
    let result = try JSONDecoder().decode(EnumerationResult.self, from: Data(output.standardOutput.utf8))
    #expect(!result.complete)
    #expect(result.run?.limit == reason)
    let decided = result.strata.decided
    #expect(decided.total < result.strata.total)
    #expect(decided.total + result.strata.undecided + (result.strata.unvisited ?? 0) == result.strata.total)
    #expect(result.components.allSatisfy { $0.globalForWidth != .yes || $0.globalForEveryWidth })
  }

  /// The watchdog ends what does not poll: here, waiting for input that never comes.
  @Test func whatDoesNotPollIsEnded() async throws {
    let output = try await Tool.run(
      ["enumerate", "-", "--time-limit", "0.1"] + SampleData.posterOptions, keepsInputOpen: true)
    #expect(output.status == 75)
    #expect(output.standardError == "Error: the time limit was reached; there is no result yet\n")
  }

  @Test func aSignalEndsTheWaitForInput() async throws {
    let output = try await Tool.run(
      ["enumerate", "-", "--verbose"] + SampleData.posterOptions, input: "1,2\n", keepsInputOpen: true
    ) { tool in
      try tool.waitForMessage("reading standard input\n")
      tool.send(SIGINT)
    }
    #expect(output.status == 75)
    #expect(
      output.standardError
        == "reading standard input\nError: the run was interrupted; there is no result yet\n")
  }

  @Test func theTableSaysWhatIsMissing() async throws {
    let folder = try TemporaryFolder()
    let output = try await Tool.run(
      try Self.options(folder) + ["--format", "text", "--time-limit", "3"])
    #expect(output.status == 75)
    #expect(output.standardOutput.contains("The list is not complete: the time limit was reached after "))
    #expect(output.standardOutput.contains(" not visited."))
  }

  @Test(arguments: [
    (["--units", "10", "--ridge", "1"], "which is hopeless: --time-limit does a part, --force"),
    (["--units", "16", "--ridge", "1"], "which is hopeless: --time-limit does a part, --force"),
  ])
  func hopelessRunsAreRefused(_ options: [String], _ message: String) async throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("cars.csv", SampleData.cars).path
    let output = try await Tool.run(["enumerate", path] + options)
    #expect(output.status == 64)
    #expect(output.standardError.contains(message), "\(output.standardError)")
    let dry = try await Tool.run(["enumerate", path, "--dry-run"] + options)
    #expect(dry.status == 0)
  }

  /// Not even divided: the number of faces alone is hopeless.
  @Test func hopelessDivisionsAreRefused() async throws {
    let rows = (1...60).map { row in
      (1...9).map { column in "\((row * column * column * 7919 + row * row * 31) % 1009)" }
        .joined(separator: ",")
    }
    let data = rows.joined(separator: "\n")
    let output = try await Tool.run(["enumerate", "-", "--units", "1", "--ridge", "1"], input: data)
    #expect(output.status == 64)
    #expect(output.standardError.contains("faces per unit, which is hopeless"), "\(output.standardError)")
    let dry = try await Tool.run(
      ["enumerate", "-", "--units", "1", "--ridge", "1", "--dry-run"], input: data)
    #expect(dry.status == 0)
    #expect(dry.standardOutput.contains("at most "))
  }

  @Test func longRunsAreAnnounced() async throws {
    let folder = try TemporaryFolder()
    let message = "strata take about "
    let output = try await Tool.run(try Self.options(folder) + ["--threads", "1"]) { tool in
      try tool.waitForMessage(message)
      tool.send(SIGINT)
    }
    #expect(output.status == 75)
    #expect(output.standardError.hasPrefix("1.6e7 " + message))
    #expect(output.standardError.hasSuffix(" on 1 thread.\n"))
  }
}
