import Foundation
import LandscapeModel
import Testing

@testable import Reports

/// Reports of other results than landscapes.
struct FurtherReportTests {
  private static func number(_ text: String) -> String { "{\"lower\": \"\(text)\", \"upper\": \"\(text)\"}" }

  private func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }

  /// Every picture is an SVG file, and the page the same twice.
  private func check(_ part: () throws -> ReportPart, _ names: [String]) throws -> [Figure] {
    let figures = try part().figures
    #expect(figures.map(\.name) == names)
    for figure in figures {
      #expect(ElementCounter(figure.file).error == nil, "\(figure.name)")
      #expect(!figure.file.contains("nan") && !figure.file.contains("inf"))
    }
    #expect(try ReportPage([part()]).html == ReportPage([part()]).html)
    return figures
  }

  @Test func curvesOfASystemMeetAtItsSolutions() throws {
    let text = """
      {"schema": "allminima/solve/1", "answer": "finite", "complete": true, "variables": ["x", "y"], "dimension": 0,
       "degree": 2, "system": ["x^2 + y^2 - 1", "x - y"], "realSolutions": [
       [\(Self.number("-0.70710678")), \(Self.number("-0.70710678"))], [\(Self.number("0.70710678")), \(Self.number("0.70710678"))]]}
      """
    let result = try decode(SolvedSystem.self, text)
    let figures = try check({ ReportPart(result, json: text, source: "s.ms") }, ["curves"])
    // A closed curve and a line.
    #expect(figures[0].file.components(separatedBy: "<path class=\"line").count == 3)
  }

  @Test func anOptimumAndAPath() throws {
    let (one, half) = (Self.number("1"), Self.number("0.5"))
    let problem =
      "\"problem\": {\"rows\": 3, \"inputs\": 1, \"activation\": \"relu\", \"ridge\": \"1/10\", \"bias\": true}"
    let optimum = try decode(
      InfiniteWidthResult.self,
      """
      {"schema": "allminima/infinite-width/1", \(problem), "complete": true, "loss": \(one),
       "extremal": [{"pattern": "-0+", "sign": 1, "direction": [\(one), \(half)], "dimension": 1, "strict": true,
                     "mass": \(half)}],
       "network": {"units": 1, "a": [\(one)], "w": [[\(one), \(half)]]}}
      """)
    _ = try check(
      { ReportPart(optimum, json: "{}", source: "d.csv", data: .example) },
      ["functions", "certificate", "units"])
    #expect(ReportPage([ReportPart(optimum, json: "{}", source: "d.csv", data: nil)]).html.contains("--data"))
    func sample(_ ridge: String, _ mass: String) -> String {
      "{\"ridge\": \(Self.number(ridge)), \"loss\": \(Self.number(ridge)), \"masses\": [\(Self.number(mass))], "
        + "\"directions\": [[\(one), \(half)]]}"
    }
    let path = try decode(
      InfiniteWidthPathResult.self,
      """
      {"schema": "allminima/infinite-width-path/1", \(problem), "complete": true, "pathTo": "1/100",
       "events": [{"ridge": \(one), "kind": "appear", "atomsAbove": 0, "atomsBelow": 1, "added": [], "removed": []},
                  {"ridge": \(half), "kind": "wall", "atomsAbove": 1, "atomsBelow": 1, "added": [], "removed": []}],
       "pieces": [
        {"from": \(one), "to": \(half), "atoms": [{"pattern": "-0+", "sign": 1}], "samples": [\(sample("1", "0")), \(sample("0.6", "1"))]},
        {"from": \(half), "to": \(Self.number("0.01")), "atoms": [{"pattern": "-++", "sign": 1}],
         "samples": [\(sample("0.4", "2")), \(sample("0.01", "3"))]}]}
      """)
    let figures = try check(
      { ReportPart(path, json: "{}", source: "d.csv", data: .example) }, ["masses", "kinks", "losses"])
    #expect(figures[0].description.contains("1 atom ") && figures[0].description.contains("2 events"))
  }

  @Test func theLatticeOfOrbitTypesAndTheSpectrum() throws {
    let zero = Self.number("0")
    let text = """
      {"schema": "allminima/bifurcate/1", "units": 4, "family": "homotopy", "complete": true,
       "weights": {"P": "(2-lambda)/4", "Q": "lambda/4"},
       "isotypic": [{"type": "(k)", "partition": [4], "dimension": 1, "multiplicity": 1,
                     "closedForms": ["(k*P+2*Q-sqrt(k^2*P^2-16*P*Q/pi+16*Q^2/pi^2))/2"]}],
       "criticalValues": [{"value": \(zero), "closedForm": "0", "crossing": true, "nullity": 1,
                           "kernel": [{"type": "(k)", "multiplicity": 1}], "branches": []}],
       "morseIndex": [{"from": null, "to": \(zero), "index": 1}, {"from": \(zero), "to": null, "index": 0}],
       "degrees": {"classes": [{"orbitType": "1", "order": 1, "conjugates": 1, "generators": []},
                               {"orbitType": "S2", "order": 2, "conjugates": 6, "generators": [[2, 1, 3, 4]]}],
                   "subgroups": [[0, 1]], "basic": []}}
      """
    let result = try decode(BifurcationResult.self, text)
    _ = try check({ ReportPart(result, json: text) }, ["spectrum", "orbit-types"])
  }

  @Test(
    arguments: [
      ("-x^2+3*x*y/2-(1+y)^3", -4 + 3 * 2.0 * 3 / 2 - 64), ("-2*x", -4), ("sqrt(x*x)^2-1e2", nil),
      ("x^-1", nil), ("z", nil),
      ("(x", nil), ("x y", nil), ("10/4", 2.5), ("", nil),
    ] as [(String, Double?)])
  func formulas(text: String, value: Double?) {
    #expect(Formula(text, variables: ["x", "y"])?([2, 3]) == value)
  }

  @Test func aZeroCurveIsClosedAndLiesOnItsCircle() {
    let paths = ZeroCurve(x: -2...2, y: -2...2, cells: 40).paths { $0 * $0 + $1 * $1 - 1 }
    #expect(paths.count == 1 && paths[0].first == paths[0].last)
    #expect(paths[0].allSatisfy { abs($0.x * $0.x + $0.y * $0.y - 1) < 1e-3 })
  }

  @Test func theEmbeddedResultIsCompact() {
    let part = ReportPart(title: "t", blocks: [], json: "{ \"a b\\\\\" : [ 1,\n 2 ], \"\\\" c\": null }\n")
    #expect(part.json == "{\"a b\\\\\":[1,2],\"\\\" c\":null}")
  }
}
