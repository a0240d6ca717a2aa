import FlintEngine
import Foundation
import Landscapes
import Synchronization
import TestSupport
import Testing

/// An article, and the code in it as a function.
struct Article: CustomStringConvertible, Sendable {
  let target: String
  let name: String
  let sample: @Sendable (_ print: @escaping @Sendable (Any...) -> Void) throws -> Void

  var description: String { name }

  static let all = [
    Article(target: "Landscapes", name: "EnumerateMinima") { try enumerateMinima(print: $0) },
    Article(target: "Landscapes", name: "ChooseLimits") { print in
      try chooseLimits(
        Problem<FlintEngine>(inputs: [[-1], [0], [1]], targets: [1, 0, 2], units: 2, ridge: 1), print: print)
    },
    Article(target: "RealSolving", name: "SolveASystem") { try solveASystem(print: $0) },
    Article(target: "Ideals", name: "DecomposeAnIdeal") { try decomposeAnIdeal(print: $0) },
    Article(target: "Algebra", name: "AddAnEngine") { try addAnEngine(print: $0) },
    Article(target: "Bifurcations", name: "FollowBranches") { try followBranches(print: $0) },
    Article(target: "InfiniteWidth", name: "TrainInfiniteWidth") { try trainInfiniteWidth(print: $0) },
    Article(target: "PolynomialNetworks", name: "FindCriticalForms") { try findCriticalForms(print: $0) },
  ]

  /// What stands between the marks of code in this language.
  func blocks(_ language: String) throws -> [String] {
    try packageFile("Sources/\(target)/\(target).docc/\(name).md").components(separatedBy: "```\(language)\n")
      .dropFirst().map { text in String(text[..<(text.range(of: "```")?.lowerBound ?? text.endIndex)]) }
  }
}

/// The code in the articles is that of the samples, which compile, run, and print what the articles say.
@Suite("Articles")
struct ArticleTests {
  @Test(arguments: Article.all) func codeIsThatOfTheSample(_ article: Article) throws {
    let blocks = try article.blocks("swift")
    #expect(!blocks.isEmpty)
    let sample = Self.lines(try packageFile("Tests/DocumentationTests/Samples/\(article.name).swift"))
    for block in blocks {
      let lines = Self.lines(block)
      let isContained = sample.indices.contains { sample[$0...].starts(with: lines) }
      #expect(isContained, "\(article): \(block)")
    }
  }

  @Test(arguments: Article.all) func samplesPrintWhatTheArticlesSay(_ article: Article) throws {
    let printed = Mutex("")
    try article.sample { items in
      let line = items.map { "\($0)" }.joined(separator: " ")
      printed.withLock { $0 += line + "\n" }
    }
    let lines = printed.withLock { $0 }
    let said = try article.blocks("text").joined()
    #expect(!lines.isEmpty)
    // This one shows no output.
    if article.name != "FollowBranches" {
      #expect(lines == said)
    }
  }

  /// Without indentation and empty lines.
  private static func lines(_ text: String) -> [String] {
    text.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}
