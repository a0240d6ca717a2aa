import Foundation
import LandscapeModel
import TestSupport
import Testing

/// Weights in files of all kinds.
@Suite struct LocateTests {
  private func locate(_ weights: String, _ options: [String] = []) async throws -> Tool.Output {
    let folder = try TemporaryFolder()
    _ = try folder.file("weights.json", weights)
    return try await Tool.run(
      ["locate", "-", "weights.json", "--ridge", "1/10"] + options, input: SampleData.poster, in: folder.url)
  }

  @Test func aMinimumOfTheListIsRecognised() async throws {
    let list = try await Tool.run(
      ["enumerate", "-", "--format", "json"] + SampleData.posterOptions, input: SampleData.poster)
    let minima = try JSONDecoder().decode(EnumerationResult.self, from: Data(list.standardOutput.utf8))
    let best = try #require(minima.components.first)
    let a = best.point.a.map { "\"\($0.lower)\"" }.joined(separator: ", ")
    let w = best.point.w.map { "[\($0.map { "\"\($0.lower)\"" }.joined(separator: ", "))]" }
    let output = try await locate(
      "{\"a\": [\(a)], \"w\": [\(w.joined(separator: ", "))]}", ["--format", "json"])
    #expect(output.status == 0, "\(output.standardError)")
    let place = try JSONDecoder().decode(LocationResult.self, from: Data(output.standardOutput.utf8))
    #expect(place.kind == .minimum && place.loss == best.loss && place.deadUnits.isEmpty)
    #expect(place.problem.units == 2 && place.problem.dataSHA256 == minima.problem.dataSHA256)
    #expect(try #require(place.distance).upper < "1e-13")
  }

  @Test(arguments: [
    ("", "is no JSON object"), ("[1]", "is no JSON object"), ("{}", "there is no 'a'"),
    (#"{"a": [1], "w": 2}"#, "w: expected numbers"), (#"{"a": [1], "w": [["x", 1]]}"#, "'x' is not a number"),
    (#"{"a": [1, 2], "w": [[1, 1]]}"#, "2 output weights but 1 hidden weights"),
    (#"{"a": [1], "w": [[1]]}"#, "has 1 entries, not 2"), (#"{"a": [], "w": []}"#, "has no units"),
  ])
  func otherFilesAreRefused(_ weights: String, _ message: String) async throws {
    let output = try await locate(weights)
    #expect(output.status == 65 && output.standardOutput.isEmpty)
    #expect(output.standardError.contains(message), "\(output.standardError)")
  }
}
