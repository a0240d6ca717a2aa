import Foundation
import TestSupport
import Testing

/// `groebner`, `decompose` and `solve` on systems with known answers.
@Suite struct SystemTests {
  private static let options = ["--format", "json", "--no-timing"]

  private func json(
    _ arguments: [String], input: String? = nil, status: Int32 = 0, in directory: URL? = nil
  ) async throws -> [String: Any] {
    let output = try await Tool.run(arguments + Self.options, input: input, in: directory)
    #expect(output.status == status, "\(output.standardError)")
    #expect(output.standardError.isEmpty)
    let value = try JSONSerialization.jsonObject(with: Data(output.standardOutput.utf8))
    let result = try #require(value as? [String: Any])
    #expect(result["run"] == nil)
    return result
  }

  // MARK: - Gröbner bases

  private static let quadrics = "x,y,z\n0\n2*x^2+y^2/3-z, x*y-z^2+1, x*z-2*y"

  /// Over Q the bases are those of Singular 4.3.1.
  @Test(arguments: [
    (
      "degrevlex", "0",
      ["x*z-2*y", "x*y-z^2+1", "6*x^2+y^2-3*z", "z^3-2*y^2-z", "y^2*z+9*z^2-12", "y^3+9*y*z-6*x"]
    ),
    (
      "degrevlex", "32003",
      [
        "x*z+32001*y", "x*y+32002*z^2+1", "x^2+5334*y^2+16001*z", "z^3+32001*y^2+32002*z",
        "y^2*z+9*z^2+31991", "y^3+9*y*z+31997*x",
      ]
    ),
    ("lex", "0", ["z^4+17*z^2-24", "2*y^2-z^3+z", "12*x-y*z^3-17*y*z"]),
    ("elim:2", "0", ["z^4+17*z^2-24", "12*x-y*z^3-17*y*z", "2*y^2-z^3+z"]),
  ])
  func basesAreKnown(_ order: String, _ characteristic: String, _ basis: [String]) async throws {
    let input = Self.quadrics.replacingOccurrences(of: "\n0\n", with: "\n\(characteristic)\n")
    for proof in [[], ["--proved"]] {
      let result = try await json(["groebner", "-", "--order", order] + proof, input: input)
      #expect(result["schema"] as? String == "allminima/groebner/1")
      #expect(result["order"] as? String == order)
      #expect(result["basis"] as? [String] == basis)
      #expect(result["dimension"] as? Int == 0)
      #expect(result["degree"] as? Int == 8)
      #expect(result["proved"] as? Bool == !proof.isEmpty)
      #expect(result["eliminationIdeal"] as? [String] == (order == "elim:2" ? ["z^4+17*z^2-24"] : nil))
    }
  }

  @Test(
    arguments: [
      ("x\n0\n", [], 1, 1), ("x,y\n0\n0,x-x", [], 2, 1), ("x\n7\n", [], 1, 1),
      ("x,y\n0\n0,3,x", ["1"], -1, 0), ("x,y\n5\nx,x+6", ["1"], -1, 0),
      ("x\n0\n6*x^2-6,4*x+4", ["x+1"], 0, 1),
      ("x,y\n0\nx*y*x,x^2*y,x*y+y*x", ["x*y"], 1, 2), ("x,y\n0\nx+x,x+x-4*x^2", ["x"], 1, 1),
      ("x,y,z\n0\ny^3-2", ["y^3-2"], 2, 3),
    ] as [(String, [String], Int, Int)])
  func cornerCasesHaveBases(
    _ input: String, _ basis: [String], _ dimension: Int, _ degree: Int
  ) async throws {
    for order in ["degrevlex", "lex", "deglex", "elim:1"] {
      let result = try await json(["groebner", "-", "--order", order, "--proved"], input: input)
      #expect(result["basis"] as? [String] == basis)
      #expect(result["dimension"] as? Int == dimension)
      #expect(result["degree"] as? Int == degree)
      #expect(result["complete"] as? Bool == true)
    }
  }

  /// Found wrong for orders that do not refine the degree, where it was that of the leading ideal.
  @Test(arguments: ["degrevlex", "deglex", "lex", "elim:1", "elim:2"])
  func degreeIsThatOfTheIdealInEveryOrder(_ order: String) async throws {
    for characteristic in [0, 101] {
      let input = "x,y,z\n\(characteristic)\nx-z^3,y-z^2"
      let result = try await json(["groebner", "-", "--order", order, "--proved"], input: input)
      #expect(result["dimension"] as? Int == 1)
      #expect(result["degree"] as? Int == 3)
      #expect(result["proved"] as? Bool == true)
    }
  }

  @Test func threadsAndSeedDoNotMatter() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("noon4.ms", testResource("noon4.ms"))
    for command in ["groebner", "solve"] {
      let first = try await Tool.run(
        [command, "noon4.ms", "--threads", "1"] + Self.options, in: folder.url)
      let second = try await Tool.run(
        [command, "noon4.ms", "--threads", "3", "--seed", "7"] + Self.options, in: folder.url)
      #expect(first.status == 0)
      #expect(first.standardOutput == second.standardOutput)
    }
  }

  // MARK: - Decompositions

  @Test func minimalPrimesAreKnown() async throws {
    let result = try await json(["decompose", "-"], input: try testResource("relu_L2_0241.ms"))
    #expect(result["schema"] as? String == "allminima/decompose/1")
    let components = try #require(result["components"] as? [[String: Any]])
    #expect(components.map { $0["degree"] as? Int } == [1, 8, 8, 64])
    #expect(components.allSatisfy { $0["dimension"] as? Int == 0 })
    #expect(components[0]["generators"] as? [String] == ["c2", "b2", "a2", "c1", "b1", "a1"])
  }

  @Test func embeddedComponentsAreTold() async throws {
    let result = try await json(
      ["decompose", "-", "--kind", "primary", "--check"], input: "x,y\n0\nx^2,x*y")
    let components = try #require(result["components"] as? [[String: Any]])
    #expect(components.map { $0["embedded"] as? Bool } == [false, true])
    #expect(components.map { $0["associatedPrime"] as? [String] } == [["x"], ["y", "x"]])
    #expect(components[0]["generators"] as? [String] == ["x"])
    let check = try #require(result["check"] as? [String: Any])
    let items = try #require(check["items"] as? [[String: Any]])
    #expect(!items.isEmpty && items.allSatisfy { $0["status"] as? String != "failed" })
  }

  @Test(arguments: [
    ("radical", [["y", "x"]]), ("minimal", [["y", "x"]]), ("equidimensional", [["y^3", "x^2"]]),
  ])
  func kindsDiffer(_ kind: String, _ generators: [[String]]) async throws {
    let result = try await json(["decompose", "-", "--kind", kind], input: "x,y\n0\nx^2,y^3")
    let components = try #require(result["components"] as? [[String: Any]])
    #expect(result["kind"] as? String == kind)
    #expect(components.map { Set($0["generators"] as? [String] ?? []) } == generators.map(Set.init))
  }

  @Test(arguments: [("x\n0\n", [[]]), ("x,y\n0\n0,3,x", [])] as [(String, [[String]])])
  func cornerCasesAreDecomposed(_ input: String, _ generators: [[String]]) async throws {
    let result = try await json(["decompose", "-", "--check"], input: input)
    let components = try #require(result["components"] as? [[String: Any]])
    #expect(components.map { $0["generators"] as? [String] ?? ["none"] } == generators)
  }

  // MARK: - Real solutions

  @Test func solutionsAreKnown() async throws {
    let result = try await json(
      ["solve", "-", "--digits", "5"], input: "x,y\n0\nx^2-2,(y-1)^2*(y^2+1)")
    #expect(result["schema"] as? String == "allminima/solve/1")
    #expect(result["answer"] as? String == "finite")
    #expect(result["degree"] as? Int == 8)
    #expect(result["multiplicities"] as? [Int] == [2, 2])
    let solutions = try #require(result["realSolutions"] as? [[[String: String]]])
    let first = solutions.map { $0[0] }.sorted { $0["lower"] ?? "" < $1["lower"] ?? "" }
    #expect(
      first == [["lower": "-1.4143", "upper": "-1.4141"], ["lower": "1.4141", "upper": "1.4143"]])
    #expect(solutions.allSatisfy { $0[1] == ["lower": "0.9999", "upper": "1.0001"] })
  }

  @Test(
    arguments: [
      ("x,y\n0\nx*y-1,x", "empty", nil, -1), ("x\n0\nx^2+1", "finite", 0, 0),
      ("x,y\n0\nx*y-1", "positiveDimensional", 0, 1), ("x\n0\n", "positiveDimensional", 0, 1),
      ("x\n0\n1", "empty", nil, -1),
    ] as [(String, String, Int?, Int)])
  func answersAreTyped(_ input: String, _ answer: String, _ count: Int?, _ dimension: Int) async throws {
    let result = try await json(["solve", "-"], input: input)
    #expect(result["answer"] as? String == answer)
    #expect((result["realSolutions"] as? [Any])?.count == count)
    #expect(result["dimension"] as? Int == dimension)
    // 1 is found as a combination of the polynomials.
    #expect(result["proved"] as? Bool == (answer == "empty"))
  }

  /// Coefficients that coincide modulo the greatest primes below 2^31.
  @Test(arguments: ["flint", "swift"])
  func coincidingCoefficientsDoNoHarm(_ engine: String) async throws {
    let linear = "x, y\n0\nx+3*y-4,\nx+4611685975477714966*y-1"
    let solved = try await json(["solve", "-", "--engine", engine], input: linear)
    #expect(solved["answer"] as? String == "finite" && solved["degree"] as? Int == 1)
    let quadric = "x, y, z\n0\nx^2+7*y*z-1,\nx^2+4611685975477714970*y*z-1,\nz^3-x*y-2"
    for proof in [[], ["--proved"]] {
      let result = try await json(["groebner", "-", "--engine", engine] + proof, input: quadric)
      // As Singular has it.
      let expected: Set = ["y*z", "2*x*y+y^2", "x^2-1", "2*z^3+y^2-4", "y^3-4*y"]
      #expect(Set(try #require(result["basis"] as? [String])) == expected)
      #expect(result["proved"] as? Bool == !proof.isEmpty)
    }
    let checked = try await json(["decompose", "-", "--check", "--engine", engine], input: linear)
    #expect((checked["components"] as? [Any])?.count == 1)
  }

  @Test func realSolutionsAreCounted() async throws {
    let result = try await json(["solve", "-"], input: try testResource("noon4.ms"))
    #expect(result["degree"] as? Int == 73)
    #expect((result["realSolutions"] as? [Any])?.count == 15)
  }

  @Test func theTextIsReadable() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("circle.ms", "x,y\n0\nx^2 + y^2 - 1, (x - y)*(x + 2*y)")
    for (arguments, file) in [
      (["groebner", "circle.ms"], "circle-groebner.txt"),
      (["decompose", "circle.ms"], "circle-decompose.txt"),
      (["solve", "circle.ms", "--digits", "8"], "circle-solve.txt"),
    ] {
      let output = try await Tool.run(arguments, in: folder.url)
      #expect(output.status == 0)
      #expect(output.standardError.isEmpty)
      #expect(output.standardOutput == (try resource(file)))
    }
  }
}
