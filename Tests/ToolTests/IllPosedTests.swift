import Foundation
import LandscapeModel
import Testing

/// Problems without a minimum are called so before they are worked on, and in their results.
@Suite struct IllPosedTests {
  private static let line = "x,y\n0,0\n1,2\n3,1\n4,4\n"

  private func result(_ options: [String]) async throws -> (EnumerationResult, Tool.Output) {
    let output = try await Tool.run(
      ["enumerate", "-", "--format", "json", "--no-timing"] + options, input: Self.line)
    return (try JSONDecoder().decode(EnumerationResult.self, from: Data(output.standardOutput.utf8)), output)
  }

  @Test(arguments: [
    (
      ["--ridge", "0", "--activation", "power:2"], IllPosedness.Kind.noRidge,
      "the infimum of the loss may lie at infinity"
    ),
    (["--ridge", "0"], .noRidge, "the least loss is attained"),
    (["--ridge", "1", "--penalize", "hidden"], .scaling, "unless a constant attains it"),
    (["--ridge", "1", "--penalize", "hidden", "--no-bias"], .scaling, "unless the zero function attains it"),
    (["--ridge", "1", "--penalize", "weights"], .freeBiases, "The infimum of the loss may lie at infinity"),
  ])
  func isSaid(_ options: [String], _ kind: IllPosedness.Kind, _ part: String) async throws {
    let (result, output) = try await result(["--units", "1"] + options)
    #expect(result.problem.illPosed?.map(\.kind) == [kind])
    let statement = try #require(result.problem.illPosed?.first?.statement)
    #expect(statement.contains(part))
    #expect(output.standardError.hasPrefix(statement + "\n"))
    let text = try await Tool.run(
      ["enumerate", "-", "--units", "1", "--dry-run"] + options, input: Self.line)
    #expect(text.standardError.hasPrefix(statement + "\n"))
  }

  @Test(arguments: [
    ["--ridge", "1"], ["--ridge", "1", "--penalize", "weights", "--no-bias"],
    ["--ridge", "1", "--penalize", "weights", "--output-bias"], ["--ridge", "1", "--activation", "power:2"],
  ])
  func isNotSaidOfOthers(_ options: [String]) async throws {
    let (result, output) = try await result(["--units", "1"] + options)
    #expect(result.problem.illPosed == nil)
    #expect(output.standardError.isEmpty)
  }

  /// With a ridge on hidden weights alone only units without hidden weights are left, and every stratum is decided.
  @Test(arguments: [
    ["--units", "1"], ["--units", "1", "--output-bias"], ["--units", "1", "--no-bias"],
  ])
  func noHiddenWeightsAreLeft(_ options: [String]) async throws {
    let (result, _) = try await result(["--ridge", "1/10", "--penalize", "hidden"] + options)
    #expect(result.strata.undecided == 0)
    for component in result.components {
      for weight in component.point.w {
        let inputs = options.contains("--no-bias") ? weight : Array(weight.dropLast())
        #expect(inputs.allSatisfy { $0.lower == "0" && $0.upper == "0" })
      }
    }
  }
}
