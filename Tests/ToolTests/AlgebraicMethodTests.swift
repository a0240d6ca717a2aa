import Foundation
import LandscapeModel
import Testing

@Suite("The algebraic method on the command line")
struct AlgebraicMethodTests {
  private static let line = "x,y\n-2,1\n-1,0\n0,2\n1,-1\n"

  private func result(
    _ options: [String], input: String = line, status: Int32 = 0
  ) async throws -> EnumerationResult {
    let output = try await Tool.run(
      ["enumerate", "-", "--format", "json", "--no-timing"] + options, input: input)
    #expect(output.status == status, "\(output.standardError)")
    return try JSONDecoder().decode(EnumerationResult.self, from: Data(output.standardOutput.utf8))
  }

  @Test func bothRoadsAgree() async throws {
    let both = try await result(["--units", "1", "--ridge", "1/10", "--method", "both"])
    let comparison = try #require(both.comparison)
    #expect(both.method == .both && both.complete)
    #expect(comparison.agreements == both.components.count && comparison.agreements > 0)
    #expect(comparison.compatible == 0 && comparison.contradictions.isEmpty)
  }

  @Test func resultsDoNotDependOnThreads() async throws {
    let options = ["--units", "2", "--ridge", "1/10", "--method", "algebraic", "--patterns", "all"]
    let one = try await result(options + ["--threads", "1"])
    let three = try await result(options + ["--threads", "3"])
    #expect(one == three)
    #expect(one.decomposition?.interiorStrata == 256)
    #expect(one.components.count > 1)
  }

  @Test func autoTakesTheMethodThatApplies() async throws {
    let convex = try await result(["--units", "1", "--ridge", "1/10"])
    let power = try await result(["--units", "1", "--ridge", "1/10", "--activation", "power:2"])
    let output = try await result(["--units", "1", "--ridge", "1/10", "--output-bias"])
    #expect(convex.method == .convex)
    #expect(power.method == .algebraic && power.problem.activation == "power:2")
    #expect(output.method == .convex && output.problem.outputBias == true)
    #expect(output.components.allSatisfy { $0.point.c?.count == 1 })
    let free = try await result(
      ["--units", "1", "--ridge", "1/10", "--output-bias", "--penalize", "weights"], status: 3)
    #expect(free.method == .algebraic)
  }

  @Test func undecidedFamiliesEndWithThree() async throws {
    let free = try await result(
      ["--units", "1", "--ridge", "0", "--activation", "relu"], status: 3)
    #expect(!free.complete && !free.undecided.isEmpty)
    #expect(free.components.contains { $0.dimension > 0 })
  }

  @Test func tablesNameTheNewOptions() async throws {
    let output = try await Tool.run(
      [
        "enumerate", "-", "--units", "1", "--ridge", "1/10", "--activation", "power:2", "--output-bias",
        "--penalize", "weights",
      ], input: Self.line)
    #expect(output.standardOutput.contains("1 unit (power:2, output bias), ridge 0.1 on weights."))
    #expect(output.standardOutput.contains(#/ -\n/#))
  }

  @Test func theConvexMethodIsRefusedWhereItDoesNotApply() async throws {
    for options in [
      ["--ridge", "0"], ["--ridge", "1", "--output-bias", "--penalize", "weights"],
      ["--ridge", "1", "--penalize", "weights"],
    ] {
      for method in ["convex", "both"] {
        let output = try await Tool.run(
          ["enumerate", "-", "--units", "1", "--method", method] + options, input: Self.line)
        #expect(output.status == 64)
        #expect(output.standardError.contains("--method \(method) needs the convex method"))
      }
    }
  }
}
