import FoundationXML
import Foundation
import LandscapeModel
import Testing

@testable import Reports

/// Reports of a small result with an isolated minimum and a family.
struct ReportTests {
  private func report(data: TrainingData? = .example, complete: Bool = true) throws -> ReportPart {
    var result = try EnumerationResult.example()
    result.complete = complete
    return ReportPart(result, json: "{\"text\": \"</script><b>\"}", source: "a<b>.csv", data: data)
  }

  @Test func everyPictureIsAnSVGFile() throws {
    let figures = try report().figures
    #expect(figures.map(\.name) == ["ladder", "functions", "certificate", "units", "segments", "families"])
    for figure in figures {
      let reader = ElementCounter(figure.file)
      #expect(reader.error == nil, "\(figure.name): \(reader.error.map { "\($0)" } ?? "")")
      #expect(reader.counts["title", default: 0] >= 1 && reader.counts["desc"] == 1)
      #expect(reader.counts["path", default: 0] + reader.counts["circle", default: 0] > 0)
      #expect(!figure.file.contains("nan") && !figure.file.contains("inf"))
    }
  }

  @Test func theSameInputGivesTheSameBytes() throws {
    #expect(try ReportPage([report()]).html == ReportPage([report()]).html)
  }

  @Test func thePageContainsTheResultAndNothingThatEndsItsElement() throws {
    let html = try ReportPage([report()]).html
    let start = try #require(html.range(of: "<script type=\"application/json\" id=\"result\">\n"))
    let end = try #require(html.range(of: "\n</script>", range: start.upperBound..<html.endIndex))
    let embedded = String(html[start.upperBound..<end.lowerBound])
    let value = try JSONDecoder().decode([String: String].self, from: Data(embedded.utf8))
    #expect(value == ["text": "</script><b>"])
    #expect(!html.contains("a<b>.csv") && html.contains("a&lt;b&gt;.csv"))
  }

  @Test func theFirstLineIsTheClaim() throws {
    let complete = try ReportPage([report()]).html
    #expect(complete.contains("<p class=\"claim complete\">Complete: "))
    let partial = try ReportPage([report(complete: false)]).html
    #expect(partial.contains("<p class=\"claim incomplete\">Not complete: "))
  }

  @Test func withoutDataPicturesAreLeftOutWithANote() throws {
    let report = try report(data: nil)
    #expect(report.figures.map(\.name) == ["ladder", "families"])
    #expect(ReportPage([report]).html.contains("--data"))
  }

  @Test func severalResultsHaveDifferentNames() throws {
    let result = try EnumerationResult.example()
    let part = ReportPart(result, json: "{}", source: "data.csv", data: nil)
    #expect(
      ReportPage([part, part]).figures.map(\.name) == ["ladder-1", "families-1", "ladder-2", "families-2"])
  }
}

/// Reads XML and counts its elements.
final class ElementCounter: NSObject, XMLParserDelegate {
  private(set) var counts: [String: Int] = [:]
  private(set) var error: (any Error)?

  init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    if !parser.parse() { error = parser.parserError }
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?, attributes attributeDict: [String: String] = [:]
  ) {
    counts[elementName, default: 0] += 1
  }
}
