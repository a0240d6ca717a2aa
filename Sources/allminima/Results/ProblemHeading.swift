import Interchange
import LandscapeModel

/// The line that says which problem was solved.
struct ProblemHeading {
  let source: String
  let summary: EnumerationResult.ProblemSummary
  let ridge: String
  let inputNames: [String]?
  let targetName: String?

  /// `2 units`, `1 unit`.
  var units: String { Readable.count(summary.units, "unit") }

  /// The name of the data, without folders.
  var fileName: String { source.split(separator: "/").last.map(String.init) ?? "data" }

  var text: String {
    var parts = [Readable.count(summary.rows, "row")]
    if let inputNames, let targetName, inputNames.count <= 3 {
      let inputs = inputNames.map(Self.name).joined(separator: ", ")
      parts.append("\(Self.name(targetName)) from \(inputs)")
    } else {
      parts.append(Readable.count(summary.inputs, "input"))
    }
    let terms =
      (summary.bias ? "" : ", no bias") + (summary.skip == true ? ", skip" : "")
      + (summary.outputBias == true ? ", output bias" : "")
    parts.append("\(units) (\(summary.activation)\(terms))")
    if summary.observationWeights == true {
      parts.append("weights \(summary.columns?.observationWeights.map(Self.name) ?? "from a column")")
    }
    parts.append("ridge \(ridge)" + (summary.penalty.map { " on \($0.rawValue)" } ?? ""))
    return "\(fileName): \(parts.joined(separator: ", "))."
  }

  /// What is wrong with the problem as such.
  var remarks: [String] { summary.illPosed?.map(\.statement) ?? [] }

  private static func name(_ name: String) -> String {
    name.isEmpty ? "''" : Excerpt.of(Array(name.utf8))
  }
}
