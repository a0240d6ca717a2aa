import Foundation
import TestSupport
import Testing

/// Systems and options that are refused, and runs that are ended.
@Suite(.timeLimit(.minutes(2))) struct SystemFailureTests {
  private static let commands = ["groebner", "decompose", "solve"]

  @Test(
    arguments: commands,
    [
      (
        "x,y\n0\nx+*y",
        "system.ms, line 3, column 3: expected a number, a variable or an opening parenthesis, found '*'"
      ),
      ("x,y\n0\nx,\n  z^2", "system.ms, line 4, column 3: unknown variable, found 'z'"),
      (
        "x\n9\nx",
        "system.ms, line 2, column 1: the characteristic is neither 0 nor a prime below 2^31, found '9'"
      ),
      (
        "x\n0\n(x+1",
        "system.ms, line 3, column 5: expected an operator or a closing parenthesis, found the end of the input"
      ),
      ("", "system.ms, line 1, column 1: expected the name of a variable, found the end of the input"),
      (
        "x\n0\nx\u{0}",
        "system.ms: there is a NUL byte; text in UTF-8, or in UTF-16 with a byte order mark, is expected"
      ),
    ])
  func badSystemsAreRefused(_ command: String, _ system: (text: String, message: String)) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("system.ms", system.text)
    let output = try await Tool.run([command, "system.ms"], in: folder.url)
    #expect(output.status == 65)
    #expect(output.standardOutput.isEmpty)
    #expect(output.standardError == "Error: \(system.message)\n")
  }

  @Test func bytesThatAreNoTextAreRefused() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("system.ms", Data([0x78, 0x0A, 0x30, 0x0A, 0xFF]))
    let output = try await Tool.run(["groebner", "system.ms"], in: folder.url)
    #expect(output.status == 65)
    #expect(output.standardError == "Error: system.ms, line 3: '\\xFF' is not valid UTF-8\n")
  }

  @Test(arguments: ["decompose", "solve"])
  func primeFieldsAreRefused(_ command: String) async throws {
    let output = try await Tool.run([command, "-"], input: "x\n7\nx")
    #expect(output.status == 65)
    #expect(
      output.standardError == "Error: standard input: \(command) works in characteristic 0 only, not 7\n")
  }

  @Test(arguments: commands)
  func missingFilesAreTold(_ command: String) async throws {
    let output = try await Tool.run([command, "missing.ms"])
    #expect(output.status == 65)
    #expect(output.standardError == "Error: missing.ms: cannot be read: No such file or directory\n")
  }

  @Test(arguments: [
    (["groebner", "-", "--order", "revlex"], "expected degrevlex, lex, deglex or elim:k (such as elim:2)."),
    (["groebner", "-", "--order", "elim:0"], "expected degrevlex, lex, deglex or elim:k (such as elim:2)."),
    (["groebner", "-", "--order", "elim:3"], "--order elim:3: there are only 2 variables."),
    (["decompose", "-", "--kind", "prime"], "Please provide one of 'minimal'"),
    (["solve", "-", "--digits", "0"], "--digits must be from 1 to 10000, not 0."),
    (["solve", "-", "--threads", "0"], "--threads must be from 1 to 4096, not 0."),
    (["groebner"], "Missing expected argument '<system.ms>'"),
  ])
  func badOptionsAreRefused(_ arguments: [String], _ message: String) async throws {
    let output = try await Tool.run(arguments, input: "x,y\n0\nx")
    #expect(output.status == 64)
    #expect(output.standardOutput.isEmpty)
    #expect(output.standardError.contains(message), "\(output.standardError)")
  }

  /// Nothing that a user types may hang or crash; what is too large is told.
  @Test(arguments: commands)
  func hugeExponentsAreUndecided(_ command: String) async throws {
    let n = "2147483647"
    let output = try await Tool.run([command, "-"], input: "x,y,z\n0\nx^\(n)-y,y^\(n)-z,z^\(n)-2")
    #expect(output.status == 3)
    #expect(output.standardOutput.contains("There is no result: too large: "))
  }

  @Test(arguments: commands)
  func theTimeLimitEndsTheRun(_ command: String) async throws {
    let output = try await Tool.run(
      [command, "-", "--time-limit", "4", "--format", "json"], input: try testResource("katsura11.ms"))
    #expect(output.status == 75)
    let value = try JSONSerialization.jsonObject(with: Data(output.standardOutput.utf8))
    let result = try #require(value as? [String: Any])
    #expect(result["complete"] as? Bool == false)
    #expect(result["reason"] as? String == "the time limit was reached")
    #expect(command != "solve" || result["answer"] as? String == "undecided")
    let run = try #require(result["run"] as? [String: Any])
    #expect(run["limit"] as? String == "the time limit was reached")
    let state = try #require(run["state"] as? [String: Any])
    let figures = try #require(state["figures"] as? [String: Int])
    #expect(Set(figures.keys) == ["degree", "elements", "pairs", "primes"])
    #expect(figures["degree"] ?? 0 > 0)
  }

  /// Four generic cubics, whose basis takes no time, and whose components take long.
  @Test(arguments: ["json", "text"])
  func theDimensionIsToldOfUnfinishedRuns(_ format: String) async throws {
    let factors = ["1", "x", "y", "z", "u", "v", "w"]
    let monomials = factors.indices.flatMap { i in
      factors[i...].indices.flatMap { j in factors[j...].map { "\(factors[i])*\(factors[j])*\($0)" } }
    }
    let cubics = [3, 5, 7, 11].map { k in
      monomials.enumerated().map { i, monomial in "\((k * i * i + k * k * i + 7 * k) % 41 + 1)*\(monomial)" }
        .joined(separator: "+")
    }
    let output = try await Tool.run(
      ["solve", "-", "--format", format, "--verbose"],
      input: "x,y,z,u,v,w\n0\n" + cubics.joined(separator: ",")
    ) { tool in
      try tool.waitForMessage("dimension 2, degree 81")
      tool.send(SIGINT)
    }
    #expect(output.status == 75)
    if format == "text" {
      #expect(output.standardOutput.contains("the dimension is 2, the degree 81."))
      #expect(output.standardOutput.contains("There is no complete result: the run was interrupted."))
    } else {
      let value = try JSONSerialization.jsonObject(with: Data(output.standardOutput.utf8))
      let result = try #require(value as? [String: Any])
      #expect(result["answer"] as? String == "positiveDimensional")
      #expect(result["dimension"] as? Int == 2 && result["degree"] as? Int == 81)
      #expect(result["complete"] as? Bool == false)
      #expect(result["reason"] as? String == "the run was interrupted")
    }
  }

  @Test(arguments: commands)
  func aSignalEndsTheRun(_ command: String) async throws {
    let output = try await Tool.run(
      [command, "-", "--verbose"], input: try testResource("katsura11.ms")
    ) { tool in
      try tool.waitForMessage("degree 5: ")
      tool.send(SIGINT)
    }
    #expect(output.status == 75)
    #expect(output.standardOutput.contains("There is no result: the run was interrupted."))
    #expect(output.standardOutput.contains("It ended in this state: F4: degree "))
  }

  @Test func theMemoryLimitEndsTheRun() async throws {
    let output = try await Tool.run(
      ["groebner", "-", "--memory-limit", "0.001"], input: try testResource("katsura11.ms"))
    #expect(output.status == 75)
    #expect((output.standardOutput + output.standardError).contains("the memory limit was reached"))
  }
}
