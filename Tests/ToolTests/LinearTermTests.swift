import Foundation
import LandscapeModel
import TestSupport
import Testing

/// Output bias, skip connections, weights of observations and weight decay on the command line.
@Suite struct LinearTermTests {
  private static let data = "x,count,y\n-2,1,1\n-1,2,-1/2\n0,1,1.5\n1,3,0\n2,1,2\n"

  private func json(_ options: [String], _ data: String = data) async throws -> EnumerationResult {
    let output = try await Tool.run(["enumerate", "-", "--format", "json"] + options, input: data)
    #expect(output.status == 0, "\(output.standardError)")
    return try JSONDecoder().decode(EnumerationResult.self, from: Data(output.standardOutput.utf8))
  }

  @Test func resultsNameTheNetwork() async throws {
    let options = [
      "--units", "2", "--ridge", "1/10", "--output-bias", "--skip", "--observation-weights", "count",
    ]
    let result = try await json(options + ["--method", "both"])
    #expect(result.problem.skip == true && result.problem.outputBias == true)
    #expect(result.problem.observationWeights == true)
    #expect(result.problem.columns?.observationWeights == "count" && result.problem.columns?.inputs == ["x"])
    #expect(result.components.allSatisfy { $0.point.c?.count == 2 })
    #expect(result.comparison?.contradictions == [])
    let text = try await Tool.run(["enumerate", "-", "--weights"] + options, input: Self.data)
    #expect(
      text.standardOutput.contains("y from x, 2 units (relu, skip, output bias), weights count, ridge 0.1."))
    #expect(text.standardOutput.contains(#/skip: c\(x\) = -?[0-9.]+\n +output bias c = /#))
  }

  /// The least loss of all widths is that of the least width which reaches it.
  @Test func infiniteWidthAgrees() async throws {
    let options = ["--ridge", "9/10", "--output-bias", "--skip", "--observation-weights", "count"]
    let output = try await Tool.run(["infinite-width", "-", "--format", "json"] + options, input: Self.data)
    #expect(output.status == 0, "\(output.standardError)")
    let measure = try JSONDecoder().decode(
      InfiniteWidthResult.self, from: Data(output.standardOutput.utf8))
    #expect(measure.problem.columns == ["x", "y"] && measure.network?.c?.count == 2)
    let atoms = try #require(measure.solutions?.leastAtoms)
    try #require(atoms == 2)
    for units in 1...atoms {
      let result = try await json(options + ["--units", "\(units)"])
      let best = result.components.filter(\.globalForEveryWidth)
      #expect(best.isEmpty == (units < atoms) && best.allSatisfy { $0.loss == measure.loss })
      if let best = best.first { #expect(best.point.c == measure.network?.c) }
    }
    let text = try await Tool.run(["infinite-width", "-"] + options, input: Self.data)
    #expect(
      text.standardOutput.contains(
        "infinitely many units (relu, skip, output bias), ridge 9/10."))
    let path = try await Tool.run(["infinite-width", "-", "--path-to", "1", "--skip"], input: Self.data)
    #expect(path.status == 64 && path.standardError.contains("the ridge penalises"))
  }

  /// A row with weight 3 is three rows.
  @Test func weightsCountRows() async throws {
    let repeated = "x,y\n-2,1\n-1,-1/2\n-1,-1/2\n0,1.5\n1,0\n1,0\n1,0\n2,2\n"
    let options = ["--units", "2", "--ridge", "1/10", "--output-bias"]
    let weighted = try await json(options + ["--observation-weights", "2"])
    let plain = try await json(options, repeated)
    #expect(weighted.components.map(\.loss) == plain.components.map(\.loss))
    for (one, other) in zip(weighted.components.map(\.point), plain.components.map(\.point)) {
      #expect(one.a == other.a && one.w == other.w && one.c == other.c)
      #expect(one.fitted == other.fitted.map { fitted in [0, 1, 3, 4, 7].map { fitted[$0] } })
      #expect(one.residuals == other.residuals.map { residuals in [0, 1, 3, 4, 7].map { residuals[$0] } })
    }
  }

  @Test(arguments: [([], "1/20"), (["--observation-weights", "count"], "2/25")])
  func weightDecayIsARidge(_ options: [String], _ ridge: String) async throws {
    let ignored = options.isEmpty ? ["--ignore", "count"] : []
    let result = try await json(["--units", "1", "--weight-decay", "0.02"] + ignored + options)
    #expect(result.problem.ridge == ridge)
    #expect(
      result == (try await json(["--units", "1", "--ridge", ridge] + ignored + options)).with(result.run))
  }

  @Test(arguments: [
    (["--ridge", "1", "--weight-decay", "1"], 64, "--ridge and --weight-decay exclude each other"),
    ([], 64, "Missing expected argument '--ridge <λ>'"),
    (["--ridge", "1", "--observation-weights", "n"], 64, "there is no column 'n'"),
    (["--ridge", "1", "--observation-weights", "y", "--target", "y"], 64, "cannot be both"),
    (["--ridge", "1", "--observation-weights", "x"], 65, "must be positive, but is -2 in row 1"),
  ])
  func wrongUseIsRefused(_ options: [String], _ status: Int, _ message: String) async throws {
    let output = try await Tool.run(["enumerate", "-", "--units", "1"] + options, input: Self.data)
    #expect(output.status == Int32(status))
    #expect(output.standardError.contains(message), "\(output.standardError)")
  }

  /// A plan keeps the whole network.
  @Test func shardsAreTheWhole() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.file("data.csv", Self.data).path
    let options = [
      "--units", "2", "--ridge", "1/10", "--output-bias", "--skip", "--observation-weights", "count",
    ]
    let plan = folder.url.path + "/plan.json"
    let planned = try await Tool.run(["shard", "plan", data, "--shards", "2", "--output", plan] + options)
    #expect(planned.status == 0, "\(planned.standardError)")
    for index in 0...1 {
      let run = try await Tool.run(["shard", "run", plan, "--index", "\(index)"])
      #expect(run.status == 0, "\(run.standardError)")
    }
    let merged = try await Tool.run(["shard", "merge", plan, "--format", "json", "--no-timing"])
    let whole = try await Tool.run(["enumerate", data, "--format", "json", "--no-timing"] + options)
    #expect(merged.standardOutput == whole.standardOutput, "\(merged.standardError)")
  }
}

extension EnumerationResult {
  fileprivate func with(_ run: Run?) -> Self {
    var copy = self
    copy.run = run
    return copy
  }
}
