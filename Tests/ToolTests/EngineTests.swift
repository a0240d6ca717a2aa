import TestSupport
import Testing

/// Whatever the engine, the result is the same bytes.
@Suite struct EngineTests {
  private func compare(_ arguments: [String], input: String) async throws {
    let options = arguments + ["--format", "json", "--no-timing"]
    let flint = try await Tool.run(options + ["--engine", "flint"], input: input)
    let swift = try await Tool.run(options + ["--engine", "swift"], input: input)
    #expect(flint.status == 0 && !flint.standardOutput.isEmpty)
    #expect(swift.status == 0 && swift.standardError.isEmpty)
    #expect(swift.standardOutput == flint.standardOutput, "\(arguments)")
  }

  @Test func enumeration() async throws {
    try await compare(
      ["enumerate", "-", "--units", "1", "--ridge", "10", "--exact"], input: SampleData.cars)
    for options in [["--exact"], ["--digits", "60", "--activation", "leaky:1/5"], ["--activation", "abs"]] {
      try await compare(["enumerate", "-"] + SampleData.posterOptions + options, input: SampleData.poster)
    }
  }

  @Test(arguments: [
    "x,y\n0\nx^2+y^2-1,(x-y)*(x+2*y)",
    "x,y,z\n0\n2*x^2+y^2/3-z, x*y-z^2+1, x*z-2*y",
    "x,y,z\n0\n(x^2-2*y)*(x-z), (y^3-z)*(x-z)*y, x*y*z-y",
    "x,y\n0\n(x^2-2)*(x^4-10*x^2+1), y^2-x*y+3/7",
    "a,b,c,d\n0\na*d-b*c, a^2*b-c*d, b^2-a*c",
  ])
  func systems(_ system: String) async throws {
    for command in [
      ["groebner", "--proved"], ["groebner", "--order", "elim:1"], ["solve", "--digits", "50"],
      ["decompose", "--kind", "minimal", "--check"], ["decompose", "--kind", "primary"],
      ["decompose", "--kind", "radical"], ["decompose", "--kind", "equidimensional"],
    ] {
      try await compare([command[0], "-"] + command.dropFirst(), input: system)
    }
  }

  @Test(.tags(.long), .onlyInLongRuns, arguments: ["noon4.ms", "relu_L2_0241.ms"])
  func largerSystems(_ name: String) async throws {
    for command in ["groebner", "solve"] { try await compare([command, "-"], input: resource(name)) }
  }

  @Test func theEngineIsTold() async throws {
    let output = try await Tool.run(
      ["groebner", "-", "--format", "json", "--engine", "swift"], input: "x\n0\nx^2-1")
    #expect(output.standardOutput.contains(#""name" : "swift""#))
    #expect(!output.standardOutput.contains("flint") && !output.standardOutput.contains("gmp"))
  }
}
