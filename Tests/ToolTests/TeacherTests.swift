import Foundation
import Testing

/// `teacher` as users run it.
@Suite struct TeacherTests {
  private static let options = ["--format", "json", "--no-timing"]
  private static let teacher = "-1/3,8/3,0\n8/3,1,8/3\n0,8/3,7/3\n"
  private static let moments = "# x, y, value\n4 0 5\n3 1 1\n2 2 2\n1 3 -1\n0 4 7\n"

  @Test func quadraticNetworksOnGaussianInputs() async throws {
    let output = try await Tool.run(
      ["teacher", "-", "--width", "2", "--exact"] + Self.options, input: Self.teacher)
    #expect(output.status == 0, "\(output.standardError)")
    #expect(output.standardError.isEmpty)
    let value = try JSONSerialization.jsonObject(with: Data(output.standardOutput.utf8))
    let result = try #require(value as? [String: Any])
    #expect(result["schema"] as? String == "allminima/teacher/1")
    #expect(result["inputs"] as? Int == 3 && result["degree"] as? Int == 2 && result["width"] as? Int == 2)
    #expect(result["metric"] as? String == "gaussian")
    #expect(result["regime"] as? String == "low-dimensional")
    #expect(result["complete"] as? Bool == true)
    #expect(result["run"] == nil)
    let counts = try #require(result["complexCriticalPoints"] as? [[String: Int]])
    #expect(counts == [["rank": 1, "count": 3], ["rank": 2, "count": 3]])
    let points = try #require(result["criticalPoints"] as? [[String: Any]])
    #expect(points.map { $0["rank"] as? Int } == [0, 1, 1, 1, 2, 2, 2])
    let best = points[4]
    #expect((best["loss"] as? [String: String])?["lower"] == "1.24999999999999")
    #expect(best["kind"] as? String == "minimum")
    #expect(best["signature"] as? [String: Int] == ["positive": 5, "negative": 0, "zero": 0])
    let parameter = try #require((best["parameter"] as? [[String: Any]])?.first)
    #expect(parameter["positiveUnits"] as? Int == 1 && parameter["negativeUnits"] as? Int == 1)
    #expect(parameter["signature"] as? [String: Int] == ["positive": 5, "negative": 0, "zero": 3])
    let exact = try #require(best["exact"] as? [String: Any])
    #expect((exact["loss"] as? [String: String])?["minimalPolynomial"] == "4*x - 5")
    #expect((exact["form"] as? [[String]])?[0] == ["-23/36", "43/18", "5/9"])
    let discriminant = try #require(result["discriminant"] as? [String: Any])
    #expect(discriminant["degenerate"] as? Bool == false && discriminant["rankDrop"] as? Bool == false)
  }

  @Test func enginesAndThreadsGiveTheSameBytes() async throws {
    let folder = try TemporaryFolder()
    let moments = try folder.file("moments.txt", Self.moments)
    let cubic = "x,y\n0\nx^3 + 2*x^2*y - 3/2*x*y^2 + y^3\n"
    for (input, arguments) in [
      (Self.teacher, ["--width", "3", "--exact"]),
      ("2,-1\n-1,3\n", ["--width", "2", "--metric", "moments:\(moments.path)", "--exact"]),
      (cubic, ["--width", "1", "--metric", "frobenius"]),
    ] {
      var texts: Set<String> = []
      for options in [["--engine", "flint"], ["--engine", "swift", "--threads", "1"], ["--seed", "7"]] {
        let output = try await Tool.run(
          ["teacher", "-"] + arguments + options + Self.options, input: input)
        #expect(output.status == 0, "\(output.standardError)")
        texts.insert(output.standardOutput)
      }
      #expect(texts.count == 1)
    }
  }

  @Test func discriminantsHaveChambers() async throws {
    let folder = try TemporaryFolder()
    let moments = try folder.file("moments.txt", Self.moments)
    let unknown = try folder.file("unknown.txt", "T11 ?\nT12 ?\nT22 3\n")
    let output = try await Tool.run(
      [
        "teacher", "-", "--width", "1", "--metric", "moments:\(moments.path)", "--discriminant", unknown.path,
      ] + Self.options, input: "2,-1\n-1,3\n")
    #expect(output.status == 0, "\(output.standardError)")
    let value = try JSONSerialization.jsonObject(with: Data(output.standardOutput.utf8))
    let result = try #require((value as? [String: Any])?["discriminant"] as? [String: Any])
    #expect(result["variables"] as? [String] == ["T11", "T12"])
    #expect((result["degenerate"] as? [String: Any])?["degree"] as? Int == 6)
    #expect((result["rankDrop"] as? [String: Any])?["degree"] as? Int == 2)
    let chambers = try #require(result["chambers"] as? [[String: Any]])
    #expect(Set(chambers.compactMap { $0["realCriticalPoints"] as? Int }) == [2, 4])
    #expect(chambers.allSatisfy { ($0["sample"] as? [String])?.count == 2 })
  }

  /// What is wrong, where, and the exit code.
  @Test(
    arguments: [
      ("1,2\n3,4\n", [], 65, "standard input: the teacher is not symmetric"),
      ("1,2\n2\n", [], 65, "line 2"),
      ("1,2,3\n2,1,0\n", [], 65, "no square matrix"),
      ("1,x\n2,1\n", [], 65, "line 1"),
      ("x,y\n0\nx^2 + y\n", [], 65, "not homogeneous: it has terms of degrees 1, 2"),
      ("x,y\n0\nx^7\n", [], 65, "degree 7"),
      ("x,y\n7\nx^2\n", [], 65, "line 2, column 1: expected the characteristic 0"),
      ("x,y\n0\nx^2, y^2\n", [], 65, "one polynomial"),
      ("x,y\n0\nx - x\n", [], 65, "the teacher is zero"),
      ("x,y\n0\nx^3\n", ["--metric", "iid:2"], 65, "for degree 2 only"),
      ("1,0\n0,1\n", ["--metric", "iid:1"], 64, "greater than 1"),
      ("1,0\n0,1\n", ["--metric", "cauchy"], 64, "expected gaussian"),
      ("1,0\n0,1\n", ["--width", "0"], 64, "--width must be from 1 to 64"),
      ("1,0\n0,1\n", ["--metric", "moments:missing.txt"], 65, "missing.txt: cannot be read"),
      ("1,0\n0,1\n", ["--metric", "frobenius", "--covariance", "c.csv"], 64, "--covariance needs"),
    ] as [(String, [String], Int32, String)])
  func mistakesAreToldWithTheirPlace(
    _ input: String, _ arguments: [String], _ status: Int32, _ message: String
  ) async throws {
    let width = arguments.contains("--width") ? [] : ["--width", "1"]
    let output = try await Tool.run(["teacher", "-"] + width + arguments, input: input)
    #expect(output.status == status)
    #expect(output.standardOutput.isEmpty)
    #expect(output.standardError.contains(message), "\(output.standardError)")
  }

  @Test func mistakesInOtherFilesAreTold() async throws {
    let folder = try TemporaryFolder()
    for (name, text, option, message) in [
      ("m.txt", "4 0 5\n3 1 1\n2 2 2\n1 3 -1\n", "--metric=moments:", "the moment 0 4 is missing"),
      ("m.txt", "4 0 5\n4 0 5\n", "--metric=moments:", "the moment 4 0 is given twice"),
      ("m.txt", "4 0 x\n", "--metric=moments:", "line 1, column 5: expected a number"),
      ("m.txt", "2 0 1\n", "--metric=moments:", "has degree 2, where 4 is needed"),
      ("m.txt", "4 0 1\n3 1 0\n2 2 1\n1 3 0\n0 4 1\n", "--metric=moments:", "not positive definite"),
      ("s.csv", "1,2\n2,1\n", "--covariance=", "covariance matrix is not positive definite"),
      ("d.csv", "1,2,3\n4,5,6\n", "--metric=data:", "has 3 columns, where the teacher has 2 inputs"),
      ("u.txt", "T13 ?\n", "--discriminant=", "'T13' is no entry"),
      ("u.txt", "T11 1\n", "--discriminant=", "no entry is unknown"),
      ("u.txt", "T11 ?\nT12 ? 1\n", "--discriminant=", "line 2: expected a name and a value"),
      ("u.txt", "T11 ? 2 1\n", "--discriminant=", "the lower bound of 'T11' is not less"),
    ] {
      let file = try folder.file(name, text)
      let output = try await Tool.run(
        ["teacher", "-", "--width", "1", option + file.path], input: "1,0\n0,2\n")
      #expect(output.status == 65, "\(text)")
      #expect(output.standardError.contains(message), "\(output.standardError)")
    }
  }
}
