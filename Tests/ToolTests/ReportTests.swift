import Foundation
import TestSupport
import Testing

/// Reports beside results and of results.
@Suite struct ReportTests {
  private static let options = ["--format", "json", "--no-timing"] + SampleData.posterOptions

  private func text(_ url: URL) throws -> String { try String(contentsOf: url, encoding: .utf8) }

  @Test func aReportOfAResultIsTheReportBesideIt() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("data.csv", SampleData.poster)
    let run = try await Tool.run(
      ["enumerate", "data.csv", "--output", "result.json", "--report", "beside.html", "--svg", "pictures"]
        + Self.options, in: folder.url)
    #expect(run.status == 0, "\(run.standardError)")
    let report = try await Tool.run(
      ["report", "result.json", "--data", "data.csv", "--output", "later.html", "--svg", "later"],
      in: folder.url)
    #expect(report.status == 0, "\(report.standardError)")
    let beside = try text(folder.url.appendingPathComponent("beside.html"))
    #expect(try beside == text(folder.url.appendingPathComponent("later.html")))
    #expect(beside.contains("class=\"claim complete\""))
    let pictures = try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/pictures").sorted()
    #expect(pictures.contains("ladder.svg") && pictures.contains("functions.svg"))
    for picture in pictures {
      #expect(
        try text(folder.url.appendingPathComponent("pictures/" + picture))
          == text(folder.url.appendingPathComponent("later/" + picture)))
    }
  }

  @Test(arguments: [
    (["infinite-width", "data.csv", "--ridge", "1/10"], "functions"),
    (["infinite-width", "data.csv", "--path-to", "1"], "masses"),
    (["bifurcate", "--units", "4", "--degree"], "orbit-types"),
    (["teacher", "teacher.csv", "--width", "1"], "ladder"),
    (["teacher", "teacher.csv", "--width", "1", "--discriminant", "unknown.txt"], "chambers"),
    (["solve", "circle.ms"], "curves"),
  ])
  func reportsOfOtherResults(_ call: [String], _ picture: String) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("data.csv", SampleData.poster)
    _ = try folder.file("teacher.csv", "1,0\n0,2\n")
    _ = try folder.file("unknown.txt", "T11 ?\nT12 ?\n")
    _ = try folder.file("circle.ms", "x,y\n0\nx^2+y^2-1, x-y\n")
    let run = try await Tool.run(
      call + ["--format", "json", "--no-timing", "--output", "result.json", "--report", "beside.html"],
      in: folder.url)
    #expect(run.status == 0, "\(run.standardError)")
    let hasData = call.contains("data.csv")
    let later = try await Tool.run(
      ["report", "result.json", "--output", "later.html"] + (hasData ? ["--data", "data.csv"] : []),
      in: folder.url)
    #expect(later.status == 0, "\(later.standardError)")
    let beside = try text(folder.url.appendingPathComponent("beside.html"))
    #expect(beside.contains("<figure id=\"\(picture)\">") && beside.contains("class=\"claim complete\""))
    // The title names the file that the report is made of.
    func body(_ page: String) -> Substring {
      page[(page.range(of: "</h1>")?.upperBound ?? page.startIndex)...]
    }
    #expect(try body(beside) == body(text(folder.url.appendingPathComponent("later.html"))))
    guard !hasData else { return }
    let refused = try await Tool.run(["report", "result.json", "--data", "data.csv"], in: folder.url)
    #expect(refused.status == 65 && refused.standardError.contains("about no data"))
  }

  @Test func otherDataAreRefused() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("other.csv", SampleData.poster + "3,1\n")
    let result = try await Tool.run(["enumerate", "-"] + Self.options, input: SampleData.poster)
    _ = try folder.file("result.json", result.standardOutput)
    let report = try await Tool.run(["report", "result.json", "--data", "other.csv"], in: folder.url)
    #expect(report.status == 65)
    #expect(report.standardError.contains("their hashes differ"))
    #expect(report.standardOutput.isEmpty)
  }

  @Test(arguments: ["", "{}", "[1, 2]", #"{"schema": "allminima/enumerate/99"}"#, "<html>"])
  func otherFilesAreRefused(_ text: String) async throws {
    let report = try await Tool.run(["report", "-"], input: text)
    #expect(report.status == 65)
    #expect(report.standardOutput.isEmpty)
  }

  @Test func inputsAreNotReplaced() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("data.csv", SampleData.poster)
    for options in [
      ["--report", "data.csv"], ["--output", "a", "--report", "a"], ["--report", "/no/such/folder/r.html"],
    ] {
      let run = try await Tool.run(["enumerate", "data.csv"] + Self.options + options, in: folder.url)
      #expect(run.status == 64, "\(options): \(run.standardError)")
    }
  }

  @Test func anUnfinishedRunIsReportedAsSuch() async throws {
    let folder = try TemporaryFolder()
    let run = try await Tool.run(
      ["enumerate", "-", "--verbose", "--report", "r.html"] + SampleData.longOptions,
      input: SampleData.cars, in: folder.url
    ) { tool in
      try tool.waitForMessage("visited ")
      tool.send(SIGINT)
    }
    #expect(run.status == 75)
    let page = try text(folder.url.appendingPathComponent("r.html"))
    #expect(page.contains("class=\"claim incomplete\""))
  }
}
