import Foundation
import TestSupport
import Testing

/// The subcommand `bifurcate` as users run it.
@Suite struct BifurcationTests {
  @Test func tableOfFiveUnits() async throws {
    let output = try await Tool.run(["bifurcate", "--units", "5", "--degree", "--at", "1"])
    #expect(output.status == 0 && output.standardError.isEmpty)
    #expect(output.standardOutput == (try resource("bifurcate-table.txt")))
  }

  @Test(arguments: [
    ["--units", "4", "--degree"], ["--units", "9", "--at", "-3/7", "--digits", "60"],
    ["--units", "12", "--family", "slope", "--at", "0.1"],
    ["--units", "4", "--at", "0", "--search", "S1xS3", "--family", "slope"],
  ])
  func enginesAgree(_ options: [String]) async throws {
    let arguments = ["bifurcate"] + options + ["--format", "json", "--no-timing"]
    let flint = try await Tool.run(arguments + ["--threads", "1"])
    let swift = try await Tool.run(arguments + ["--engine", "swift", "--threads", "2", "--seed", "5"])
    #expect(flint.status == 0 && flint.standardOutput.contains("allminima/bifurcate/1"))
    #expect(swift.standardOutput == flint.standardOutput)
  }

  @Test(
    .tags(.long), .onlyInLongRuns,
    arguments: [
      ["--units", "5", "--branches", "--to", "0"], ["--units", "7", "--degree"],
      ["--units", "6", "--at", "1", "--search", "S2xS4"], ["--units", "5", "--branches", "--to", "4"],
    ])
  func enginesAgreeInLongRuns(_ options: [String]) async throws { try await enginesAgree(options) }

  @Test(arguments: [
    (["--units", "3"], "(k-2,2) does not exist"), (["--units", "2"], "(k-1,1) occurs twice"),
    (["--units", "-1"], "from 4 to 20, not -1"),
    (["--units", "21"], "the numbers of units are 4 to 20, not 21"),
    (["--units", "8", "--degree"], "for 4 to 7 units, not 8"),
    (["--units", "5", "--search", "S1xS4"], "--search needs --at."),
    (["--units", "5", "--to", "1"], "--to needs --branches."),
    (["--units", "5", "--at", "1", "--search", "S1xS3"], "do not add up to 5 units"),
    (["--units", "5", "--at", "1", "--search", "1+4"], "such as S1xS4"),
    (["--units", "5", "--at", "1", "--search", "S9223372036854775807xS1"], "do not add up to 5 units"),
    (["--units", "7", "--at", "1", "--search", "S1xS1xS1xS1xS1xS2"], "at most 5 blocks, not 6"),
    (["--units", "5", "--at", "one"], "expected a number such as 10, 0.1 or 1/10."),
    (["--units", "5", "--family", "tanh"], "'homotopy' and 'slope'"),
  ])
  func badOptionsAreUsageErrors(_ options: [String], _ message: String) async throws {
    let output = try await Tool.run(["bifurcate"] + options)
    #expect(output.status == 64 && output.standardOutput.isEmpty)
    #expect(output.standardError.contains(message), "\(output.standardError)")
  }

  /// At the linear network there are no isolated critical points: that is undecided, not an empty answer.
  @Test func searchAtTheLinearNetworkIsUndecided() async throws {
    let output = try await Tool.run(["bifurcate", "--units", "4", "--at", "0", "--search", "S4"])
    #expect(output.status == 3 && output.standardOutput.contains("not isolated"))
  }

  @Test func limitsKeepThePartialResult() async throws {
    let output = try await Tool.run([
      "bifurcate", "--units", "12", "--branches", "--to", "0", "--time-limit", "15", "--format", "json",
    ])
    #expect(output.status == 75)
    let result = try JSONSerialization.jsonObject(with: Data(output.standardOutput.utf8)) as? [String: Any]
    #expect(result?["complete"] as? Bool == false)
    #expect((result?["criticalValues"] as? [Any])?.count == 3)
    let intervals = try #require(result?["morseIndex"] as? [[String: Any]])
    #expect(intervals.first?["from"] is NSNull && intervals.last?["to"] is NSNull)
  }
}
