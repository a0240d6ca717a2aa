import FlintEngine
import Foundation
import Landscapes
import Testing

/// The code in the articles compiles, runs, and is what the samples contain.
@Suite("Articles")
struct ArticleTests {
  @Test(arguments: [
    ("Landscapes", "EnumerateMinima"), ("Landscapes", "ChooseLimits"), ("RealSolving", "SolveASystem"),
    ("Ideals", "DecomposeAnIdeal"), ("Algebra", "AddAnEngine"), ("Bifurcations", "FollowBranches"),
    ("Ideals", "DecomposeAnIdeal"), ("Algebra", "AddAnEngine"), ("PolynomialNetworks", "FindCriticalForms"),
  ])
  func codeIsThatOfTheSample(target: String, article: String) throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent()
    let sources = tests.appending(path: "../../Sources/\(target)/\(target).docc/\(article).md")
    let blocks = Self.codeBlocks(of: try String(contentsOf: sources, encoding: .utf8))
    #expect(!blocks.isEmpty)
    let sample = Self.lines(
      try String(contentsOf: tests.appending(path: "Samples/\(article).swift"), encoding: .utf8))
    for block in blocks {
      let lines = Self.lines(block)
      let isContained = sample.indices.contains { sample[$0...].starts(with: lines) }
      #expect(isContained, "\(article): \(block)")
    }
  }

  @Test func samplesRun() throws {
    try enumerateMinima()
    let problem = try Problem<FlintEngine>(inputs: [[-1], [0], [1]], targets: [1, 0, 2], units: 2, ridge: 1)
    try chooseLimits(problem)
    try solveASystem()
    try decomposeAnIdeal()
    try addAnEngine()
    try followBranches()
    try findCriticalForms()
  }

  private static func codeBlocks(of article: String) -> [String] {
    article.components(separatedBy: "```swift\n").dropFirst().map { text in
      String(text[..<(text.range(of: "```")?.lowerBound ?? text.endIndex)])
    }
  }

  /// Without indentation and empty lines.
  private static func lines(_ text: String) -> [String] {
    text.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}
