import Foundation
import LandscapeModel

@testable import Reports

extension TrainingData {
  static let example = TrainingData(
    inputs: [[-1], [0], [1]], targets: [1, 0, 1], inputNames: ["x & co"], targetName: "y")
}

extension EnumerationResult {
  /// Made up: an isolated minimum and a family of dimension 1.
  static func example() throws -> EnumerationResult {
    func number(_ text: String) -> String { "{\"lower\": \"\(text)\", \"upper\": \"\(text)\"}" }
    func component(_ id: Int, _ loss: String, family: Bool, _ a: String, _ w: String) -> String {
      """
      {"id": \(id), "kind": "\(family ? "family" : "isolated")", "dimension": \(family ? 1 : 0),
       "ends": "\(family ? "open" : "closed")", "location": "interior", "kinks": 0, "orbitSize": 2,
       "loss": \(number(loss)), "certificateRatio": \(number("1.5")), "globalForWidth": \(id == 1),
       "globalForEveryWidth": false,
       "units": [{"pattern": "-++", "outputSign": 1, "count": \(family ? 2 : 1), "total": \(number("1"))}],
       "point": {"a": [\(a)], "w": [\(w)]}}
      """
    }
    let (one, half) = (number("1"), number("0.5"))
    let text = """
      {"schema": "allminima/enumerate/1",
       "problem": {"rows": 3, "inputs": 1, "units": 2, "activation": "relu", "ridge": "1/10", "bias": true},
       "method": "convex", "complete": true,
       "strata": {"facesPerUnit": 11, "total": 67, "decided": {"pruned": 0, "filter": 60, "ball": 7, "exact": 0},
                  "undecided": 0},
       "components": [
         \(component(1, "0.25", family: false, "\(one), \(half)", "[\(one), \(half)], [\(number("-1")), \(half)]")),
         \(component(2, "0.5", family: true, "\(half), \(half)", "[\(half), \(half)], [\(half), \(half)]"))],
       "undecided": []}
      """
    return try JSONDecoder().decode(EnumerationResult.self, from: Data(text.utf8))
  }
}
