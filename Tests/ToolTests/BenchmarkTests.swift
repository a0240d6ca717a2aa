import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import allminima

/// `allminima benchmark`: suites, what is told of them, and how runs end.
@Suite struct BenchmarkTests {
  private struct Report: Decodable {
    struct Row: Decodable {
      struct Spread: Decodable {
        let least: Double
        let median: Double
        let greatest: Double
      }

      struct Times: Decodable {
        let cpuSeconds: Spread
        let wallSeconds: Spread
        let repetitions: Int
      }

      let name: String
      let work: String
      let status: String
      let answers: [String: [String]]
      let reasons: [String: String]?
      let times: [String: Times]?
      let ratio: Double?
    }

    struct Run: Decodable {
      let engines: [String: [String: String]]
      let reference: String
      let threads: Int
      let limit: String?
    }

    let schema: String
    let complete: Bool
    let rounds: Int
    let rows: [Row]
    let run: Run?
  }

  private static let circle = "x,y\n0\nx^2+y^2-1,(x-y)*(x+2*y)\n"

  private static func suite(_ rows: String...) -> String {
    let list = rows.map { "{\"arguments\": \($0)}" }.joined(separator: ", ")
    return "{\"schema\": \"allminima/benchmark-suite/1\", \"rows\": [\(list)]}"
  }

  /// A folder with the suite and the files that rows name.
  private static func folder(_ suite: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try folder.file("suite.json", suite)
    _ = try folder.file("circle.ms", circle)
    _ = try folder.file("line.csv", SampleData.poster)
    _ = try folder.file("huge.ms", "x,y\n0\nx^2147483647-y,y^2147483647-2")
    return folder
  }

  /// Runs somewhere else than in the suite's folder.
  private static func run(_ suite: String, _ options: [String] = []) async throws -> Tool.Output {
    let folder = try folder(suite)
    let path = folder.url.appendingPathComponent("suite.json").path
    return try await Tool.run(["benchmark", "--suite", path, "--rounds", "2"] + options)
  }

  private static func report(_ output: Tool.Output) throws -> Report {
    try JSONDecoder().decode(Report.self, from: Data(output.standardOutput.utf8))
  }

  private static let small = suite(
    #"["solve", "circle.ms", "--digits", "20"]"#, #"["decompose", "circle.ms", "--kind", "primary"]"#,
    #"["groebner", "circle.ms", "--order", "lex", "--proved"]"#,
    #"["enumerate", "line.csv", "--units", "1", "--ridge", "1/10"]"#,
    #"["enumerate", "line.csv", "--units", "1", "--ridge", "1/10", "--method", "algebraic"]"#)

  @Test func rowsAreMeasured() async throws {
    let output = try await Self.run(Self.small, ["--format", "json", "--engine", "swift", "--threads", "1"])
    #expect(output.status == 0, "\(output.standardError)")
    let report = try Self.report(output)
    #expect(report.schema == "allminima/benchmark/1" && report.complete && report.rounds == 2)
    #expect(report.rows.map(\.work) == ["solve", "decompose", "groebner", "enumerate", "enumerate"])
    #expect(report.rows[0].name == "solve circle.ms --digits 20")
    for row in report.rows {
      #expect(row.status == "agree" && row.reasons == nil)
      #expect(row.answers["flint"]?.count == 1 && row.answers["flint"] == row.answers["swift"])
      let (flint, swift) = (try #require(row.times?["flint"]), try #require(row.times?["swift"]))
      for times in [flint, swift] {
        #expect(times.repetitions >= 1)
        for spread in [times.cpuSeconds, times.wallSeconds] {
          #expect(0 < spread.least && spread.least <= spread.median && spread.median <= spread.greatest)
        }
      }
      // The other engine's time over that of `--engine`.
      let ratio = flint.cpuSeconds.median / swift.cpuSeconds.median
      #expect(abs(try #require(row.ratio) - ratio) < 1e-9 * ratio)
    }
    let run = try #require(report.run)
    #expect(run.reference == "swift" && run.threads == 1 && run.limit == nil)
    #expect(Set(run.engines.keys) == ["flint", "swift"] && run.engines["flint"]?["gmp"] != nil)
  }

  /// Equal work has equal hashes, other work has others; equal runs give equal bytes.
  @Test func answersAreTold() async throws {
    let suite = Self.suite(
      #"["enumerate", "line.csv", "--units", "1", "--ridge", "1/10"]"#,
      #"["enumerate", "line.csv", "--units", "1", "--ridge", "1/5"]"#,
      #"["enumerate", "line.csv", "--units", "1", "--ridge", "1/10"]"#)
    let folder = try Self.folder(suite)
    let options = ["benchmark", "--suite", "-", "--rounds", "1", "--format", "json", "--no-timing"]
    let first = try await Tool.run(options, input: suite, in: folder.url)
    let second = try await Tool.run(options + ["--threads", "1"], input: suite, in: folder.url)
    #expect(first.status == 0 && first.standardOutput == second.standardOutput)
    let report = try Self.report(first)
    #expect(report.run == nil && report.rows.allSatisfy { $0.times == nil && $0.ratio == nil })
    let answers = report.rows.map { $0.answers["flint"] }
    #expect(answers[0] == answers[2] && answers[0] != answers[1])
  }

  @Test func theTableShowsEveryRow() async throws {
    let output = try await Self.run(Self.small)
    #expect(output.status == 0)
    let lines = output.standardOutput.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("solve ") || $0.hasPrefix("enumerate ") }.count == 3)
    #expect(lines.contains { $0.hasPrefix("work ") && $0.hasSuffix("swift/flint") })
    #expect(lines.last?.hasPrefix("Answers agree in 5 rows; the geometric mean of their ratios is ") == true)
  }

  /// A row without an answer does not count, and the others do.
  @Test func undecidedRowsAreTold() async throws {
    let suite = Self.suite(#"["groebner", "huge.ms"]"#, #"["groebner", "circle.ms"]"#)
    let output = try await Self.run(suite, ["--format", "json"])
    #expect(output.status == 3)
    let report = try Self.report(output)
    #expect(report.complete && report.rows.map(\.status) == ["undecided", "agree"])
    #expect(report.rows[0].ratio == nil && report.rows[0].times == nil)
    #expect(report.rows[0].reasons?["flint"]?.hasPrefix("too large: ") == true)
    let text = try await Self.run(suite)
    #expect(
      text.status == 3
        && text.standardOutput.contains("No answer of flint in 'groebner huge.ms': too large: "))
  }

  /// Engines that contradict each other or themselves.
  @Test(arguments: [["b"], ["a", "b"]])
  func differingAnswersAreAFault(_ others: [String]) {
    let time = Stopwatch().time
    func record(_ engine: EngineName, _ answers: [String]) -> BenchmarkReport.Record {
      BenchmarkReport.Record(engine: engine, answers: answers, times: [time], repetitions: 1)
    }
    func report(_ answers: [String]) -> BenchmarkReport {
      let row = BenchmarkReport.Row(
        name: "", work: "", [record(.flint, ["a"]), record(.swift, answers)], reasons: [:], reference: .flint)
      return BenchmarkReport(suite: "", rounds: 1, complete: true, rows: [row])
    }
    #expect(report(["a"]).exitCode == .success && report(["a"]).rows[0].ratio != nil)
    let differing = report(others)
    #expect(differing.exitCode.rawValue == 70)
    #expect(differing.rows[0].status == .differ && differing.rows[0].ratio == nil)
  }

  @Test(arguments: [
    ("{\"schema\": 1,\n]", "suite.json, line 2, column 1: expected a key in quotation marks, found ']'"),
    ("{\"rows\": []}", "suite.json: 'schema' is missing"),
    (
      "{\"schema\": \"other\", \"rows\": []}",
      "suite.json, in 'schema': The schema must be allminima/benchmark-suite/1."
    ),
    (suite(), "suite.json, in 'rows': There are no rows."),
    (
      "{\"schema\": \"allminima/benchmark-suite/1\", \"rows\": [{\"argument\": []}]}",
      "suite.json, in 'rows', number 1: 'argument' is not known here."
    ),
    (
      suite(#"["solve", "circle.ms"]"#, #"["solve"]"#),
      "suite.json, row 2: Missing expected argument '<system.ms>'"
    ),
    (suite(#"["solve", "circle.ms", "--threads", "2"]"#), "suite.json, row 1: Unknown option '--threads'"),
    (
      suite(#"["solve", "--help"]"#),
      "suite.json, row 1: the arguments must begin with enumerate, groebner, decompose or solve, and not ask for help"
    ),
    (suite(#"["solve", "-"]"#), "suite.json, row 1: a row cannot read standard input"),
    (suite(#"["solve", "missing.ms"]"#), "missing.ms: cannot be read: No such file or directory"),
    (
      suite(#"["solve", "line.csv"]"#),
      "line.csv, line 2, column 1: expected the characteristic, found '-'"
    ),
    (
      suite(#"["enumerate", "line.csv", "--units", "1", "--ridge", "1", "--target", "z"]"#),
      "suite.json, row 1: there is no column 'z'; the columns are 'x', 'y'"
    ),
    (
      suite(#"["enumerate", "line.csv", "--units", "1", "--ridge", "0", "--method", "convex"]"#),
      "suite.json, row 1: --method convex does not apply to this network"
    ),
    (
      suite(#"["groebner", "circle.ms", "--order", "elim:3"]"#),
      "suite.json, row 1: --order elim:3: there are only 2 variables."
    ),
  ])
  func badSuitesAreRefused(_ suite: String, _ message: String) async throws {
    let folder = try Self.folder(suite)
    let output = try await Tool.run(["benchmark", "--suite", "suite.json"], in: folder.url)
    #expect(output.status == 65 && output.standardOutput.isEmpty)
    #expect(output.standardError == "Error: \(message)\n")
  }

  @Test(arguments: [
    ["--rounds", "0"], ["--rounds", "-1"], ["--rounds", "1001"], ["--rounds", "x"], ["suite.json"],
  ])
  func badOptionsAreRefused(_ options: [String]) async throws {
    let output = try await Tool.run(["benchmark"] + options)
    #expect(output.status == 64 && output.standardOutput.isEmpty && !output.standardError.isEmpty)
  }

  /// What is done by then is printed.
  @Test func limitsKeepTheRowsThatAreDone() async throws {
    let folder = try Self.folder(Self.suite(#"["solve", "circle.ms"]"#, #"["solve", "katsura11.ms"]"#))
    _ = try folder.file("katsura11.ms", testResource("katsura11.ms"))
    let options = ["benchmark", "--suite", "suite.json", "--rounds", "1", "--format", "json"]
    let interrupted = try await Tool.run(options + ["--verbose"], in: folder.url) { tool in
      try tool.waitForMessage("row 2 of 2")
      tool.send(SIGINT)
    }
    #expect(interrupted.status == 75)
    let report = try Self.report(interrupted)
    #expect(!report.complete && report.rows.map(\.status) == ["agree"])
    #expect(report.run?.limit == "the run was interrupted")
    // How far it comes until then depends on the machine.
    let limited = try await Tool.run(options + ["--time-limit", "3"], in: folder.url)
    #expect(limited.status == 75)
    #expect(try Self.report(limited).run?.limit == "the time limit was reached")
  }
}
