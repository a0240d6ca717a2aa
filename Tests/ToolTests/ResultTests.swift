import Foundation
import LandscapeModel
import TestSupport
import Testing

/// What `enumerate` prints on standard output.
@Suite struct ResultTests {
  private static let options = ["enumerate", "-"] + SampleData.posterOptions

  @Test func jsonFollowsTheSchema() async throws {
    let output = try await Tool.run(Self.options + ["--format", "json"], input: SampleData.poster)
    #expect(output.status == 0)
    #expect(output.standardError.isEmpty)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(output.standardOutput.utf8)) as? [String: Any])
    #expect(
      Set(json.keys) == [
        "schema", "problem", "method", "complete", "strata", "components", "undecided", "run",
      ])
    #expect(json["schema"] as? String == "allminima/enumerate/1")
    let problem = try #require(json["problem"] as? [String: Any])
    #expect(
      Set(problem.keys) == [
        "rows", "inputs", "units", "activation", "ridge", "bias", "columns", "dataSHA256",
      ])
    #expect(problem["ridge"] as? String == "1/10")
    let run = try #require(json["run"] as? [String: Any])
    #expect(Set(run.keys) == ["engine", "threads", "seed", "digits", "seconds"])
    let engine = try #require(run["engine"] as? [String: String])
    #expect(engine["name"] == "flint" && engine["flint"] != nil && engine["gmp"] != nil)
    let strata = try #require(json["strata"] as? [String: Any])
    #expect(Set(strata.keys) == ["facesPerUnit", "total", "decided", "undecided"])
    let components = try #require(json["components"] as? [[String: Any]])
    for component in components {
      #expect(
        Set(component.keys).subtracting(["vertices"]) == [
          "id", "kind", "dimension", "ends", "location", "kinks", "orbitSize", "loss", "certificateRatio",
          "globalForWidth", "globalForEveryWidth", "units", "point",
        ])
    }
  }

  @Test func exactDescribesEveryComponent() async throws {
    let options = Self.options + ["--exact", "--format", "json", "--no-timing"]
    let output = try await Tool.run(options, input: SampleData.poster)
    let result = try JSONDecoder().decode(EnumerationResult.self, from: Data(output.standardOutput.utf8))
    for component in result.components {
      let exact = try #require(component.exact)
      #expect((exact.point != nil) == (component.kind == .isolated))
      #expect((exact.pieces != nil) == (component.kind == .family))
    }
    let text = try await Tool.run(Self.options + ["--exact"], input: SampleData.poster).standardOutput
    #expect(text.contains("Component \(result.components.count), exactly:"))
    #expect(text.contains(try #require(result.components[0].exact).loss.minimalPolynomial))
    let single = try await Tool.run(options + ["--threads", "1"], input: SampleData.poster)
    #expect(single.standardOutput == output.standardOutput)
  }

  /// Losses, ratios and patterns against an independent numerical enumeration.
  @Test func theAnswerIsTheTrustedOne() async throws {
    let output = try await Tool.run(Self.options + ["--format", "json"], input: SampleData.poster)
    let result = try JSONDecoder().decode(EnumerationResult.self, from: Data(output.standardOutput.utf8))
    let trusted = try JSONDecoder().decode(
      TrustedAnswer.self, from: Data(testResource("poster_like_L2.json").utf8))
    #expect(result.complete)
    #expect(result.strata.total == trusted.tuples)
    #expect(result.components.count == trusted.components.count)
    for (component, expected) in zip(result.components, trusted.components) {
      #expect(component.units.map(\.pattern.description) == expected.units)
      #expect(component.dimension == expected.dimension)
      let loss = try #require(Double(expected.loss))
      #expect(component.loss.lower.doubleValue < loss + 1e-13)
      #expect(component.loss.upper.doubleValue > loss - 1e-13)
      let ratio = try #require(Double(expected.certificateRatio))
      #expect(abs(try #require(component.certificateRatio?.lower.doubleValue) - ratio) < 1e-12)
    }
  }

  private struct TrustedAnswer: Decodable {
    struct Entry: Decodable {
      let units: [String]
      let loss: String
      let dimension: Int
      let certificateRatio: String
    }

    let tuples: Int
    let components: [Entry]
  }

  @Test func threadsAndSeedDoNotMatter() async throws {
    let options = Self.options + ["--format", "json", "--no-timing"]
    let one = try await Tool.run(options + ["--threads", "1"], input: SampleData.poster)
    let two = try await Tool.run(options + ["--threads", "2", "--seed", "99"], input: SampleData.poster)
    #expect(one.status == 0)
    #expect(one.standardOutput == two.standardOutput)
    #expect(!one.standardOutput.contains("\"run\""))
    #expect(!one.standardOutput.contains("seconds"))
  }

  @Test func digitsAreHonoured() async throws {
    let output = try await Tool.run(
      Self.options + ["--format", "json", "--digits", "28"], input: SampleData.poster)
    // From the trusted answer: 2.89507987987173633641766153672.
    #expect(output.standardOutput.contains("\"lower\" : \"2.895079879871736336417661536\""))
    #expect(output.standardOutput.contains("\"upper\" : \"2.895079879871736336417661538\""))
  }

  @Test func theTableIsReadable() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("cars.csv", SampleData.cars)
    let output = try await Tool.run(
      ["enumerate", "cars.csv", "--units", "2", "--ridge", "10"], in: folder.url)
    #expect(output.status == 0)
    #expect(output.standardError.isEmpty)
    // How many strata each stage decides may change with the filter; the rest may not.
    let lines = output.standardOutput.components(separatedBy: "\n")
    let expected = try resource("cars-table.txt").components(separatedBy: "\n")
    #expect(lines[1].hasPrefix("73 faces per unit, 2,702 strata: "))
    #expect(Self.withoutSecond(lines) == Self.withoutSecond(expected))
  }

  private static func withoutSecond(_ lines: [String]) -> [String] { [lines[0]] + lines.dropFirst(2) }

  @Test(arguments: [
    (["--help"], "help.txt"), (["enumerate", "--help"], "enumerate-help.txt"),
    (["groebner", "--help"], "groebner-help.txt"), (["decompose", "--help"], "decompose-help.txt"),
    (["solve", "--help"], "solve-help.txt"), (["benchmark", "--help"], "benchmark-help.txt"),
    (["shard", "plan", "--help"], "shard-plan-help.txt"), (["shard", "run", "--help"], "shard-run-help.txt"),
    (["shard", "merge", "--help"], "shard-merge-help.txt"),
    (["infinite-width", "--help"], "infinite-width-help.txt"),
    (["report", "--help"], "report-help.txt"),
    (["locate", "--help"], "locate-help.txt"),
  ])
  func helpIsAsItWas(_ arguments: [String], _ file: String) async throws {
    let output = try await Tool.run(arguments)
    #expect(output.status == 0)
    #expect(output.standardError.isEmpty)
    #expect(output.standardOutput == (try resource(file)))
  }

  @Test(arguments: [["--version"], ["enumerate", "--version"]])
  func theVersionNamesTheLibraries(_ arguments: [String]) async throws {
    let output = try await Tool.run(arguments)
    #expect(output.status == 0)
    #expect(
      output.standardOutput.wholeMatch(of: /allminima \d+\.\d+\.\d+ \(FLINT [\d.]+, GMP [\d.]+.*\)\n/) != nil)
  }

  @Test func aDryRunCounts() async throws {
    let output = try await Tool.run(Self.options + ["--dry-run"], input: SampleData.poster)
    #expect(output.status == 0)
    #expect(
      output.standardOutput.contains(
        #/17 faces per unit; 154 strata take (about |less than |[\d.]+ s to )/#))
    let json = try await Tool.run(
      Self.options + ["--dry-run", "--format", "json", "--no-timing"], input: SampleData.poster)
    #expect(json.standardOutput.contains("\"total\" : 154"))
    #expect(!json.standardOutput.contains("\"run\""))
  }
}
