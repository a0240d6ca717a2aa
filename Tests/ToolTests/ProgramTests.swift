import Foundation
import TestSupport
import Testing

/// What programs need that run the tool: messages that can be parsed, and an end with theirs.
@Suite(.timeLimit(.minutes(2))) struct ProgramTests {
  private static let long = ["enumerate", "-"] + SampleData.longOptions

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  @Test func progressIsOneObjectALine() async throws {
    let output = try await Tool.run(
      Self.long + ["--progress", "json"], input: SampleData.cars
    ) { tool in
      try tool.waitForMessage("\"stage\"", times: 4)
      tool.send(SIGINT)
    }
    #expect(output.status == 75)
    let progress = try objects(output.standardError).filter { $0["stage"] != nil }
    #expect(progress.count > 3)
    for object in progress {
      let done = try #require(object["done"] as? Int)
      let total = try #require(object["total"] as? Int)
      #expect(done >= 0 && (total == 0 || done <= total))
    }
  }

  @Test func quietRunsWriteNoProgress() async throws {
    let output = try await Tool.run(
      Self.long + ["--progress", "json", "--time-limit", "1", "--quiet"], input: SampleData.cars)
    #expect(!output.standardError.contains("stage"))
  }

  @Test func errorsNameTheirPlace() async throws {
    let options = ["--units", "1", "--ridge", "1", "--progress", "json"]
    let output = try await Tool.run(["enumerate", "-"] + options, input: "x,y\n1,2\n3,oops\n")
    #expect(output.status == 65)
    let error = try #require(try objects(output.standardError).first?["error"] as? [String: Any])
    #expect(error["line"] as? Int == 3 && error["column"] as? Int == 2)
    #expect((error["message"] as? String)?.contains("oops") == true)
  }

  @Test func warningsAreObjectsToo() async throws {
    let options = ["--units", "1", "--ridge", "1", "--progress", "json"]
    let output = try await Tool.run(["enumerate", "-"] + options, input: ",x,y\n1,1,2\n2,3,4\n3,5,7\n")
    #expect(output.status == 0)
    #expect(try objects(output.standardError).contains { $0["warning"] != nil })
  }

  @Test func theRunEndsWhenItsParentIsAnother() async throws {
    let output = try await Tool.run(Self.long + ["--parent", "1"], input: SampleData.cars)
    #expect(output.status == 75)
    #expect((output.standardError + output.standardOutput).contains("the run was interrupted"))
  }

  @Test func theRunGoesOnWithItsParent() async throws {
    let options = SampleData.posterOptions + ["--parent", "\(ProcessInfo.processInfo.processIdentifier)"]
    let output = try await Tool.run(["enumerate", "-"] + options, input: SampleData.poster)
    #expect(output.status == 0)
  }
}
