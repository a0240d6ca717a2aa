import Algebra
import Bifurcations
import LandscapeModel
import RealSolving

extension BifurcationText {
  /// What a search found, each with its matrix.
  var found: [String] {
    get throws {
      guard let found = result.found, let at = result.at else { return [] }
      guard !found.isEmpty else {
        return ["Nothing was found at \(parameter) = \(at); there may be something."]
      }
      let rows = try found.enumerated().map { position, point in
        [
          "\(position + 1)", point.isotropy, "\(point.index)", try number(point.loss),
          Readable.count(point.orbitLength),
        ]
      }
      let matrices = try found.enumerated().flatMap { position, point in
        ["  W of \(position + 1):"] + (try matrix(point.matrix).map { "    " + $0 })
      }
      return table(
        "Critical points found at \(parameter) = \(at), each of them proved; there may be more:",
        ["#", "isotropy", "index", "loss", "images"], rows, flushRight: [2, 4]) + matrices
    }
  }

  /// With six digits.
  private func matrix(_ entries: [[DecimalEnclosure]]) throws -> [String] {
    let texts = entries.map { row in
      row.map { $0.rounded(toDigits: min(6, digits)).description }
    }
    return TextTable(texts, flushRight: Set(texts[0].indices)).lines
  }

  /// A line for each branch.
  var branches: [String] {
    get throws {
      guard let branches = result.branches else { return [] }
      guard !branches.isEmpty else { return ["No branches leave W = I at single values of \(parameter)."] }
      let rows = try branches.map { branch in
        let ends = try [branch.points.first, branch.points.last].map { point in
          try point.map { try number($0.parameter) } ?? "?"
        }
        return [
          "\(branch.from)", branch.isotropy, branch.direction.rawValue, Readable.count(branch.orbitLength),
          "\(branch.points.count)", ends[0], ends[1], branch.end.rawValue,
          branch.points.last.map { "\($0.index)" } ?? "?",
          try branch.points.last.map { try number($0.loss) } ?? "?",
        ]
      }
      return table(
        "Branches followed, with the number of proved points, the first and the last \(parameter):",
        ["from", "isotropy", "side", "images", "points", "first", "last", "end", "index", "loss"], rows,
        flushRight: [3, 4, 8])
    }
  }

  /// Folds and secondary bifurcations of all branches.
  var singularPoints: [String] {
    get throws {
      let rows = try (result.branches ?? []).flatMap { branch in
        try (branch.folds + branch.secondary).map { point in
          [
            "\(branch.from)", branch.isotropy, branch.direction.rawValue, try number(point.parameter),
            point.type.map { "secondary, kernel \($0)" } ?? "fold", "\(point.nullity)",
          ]
        }
      }
      return table(
        "Folds and secondary bifurcations:", ["from", "isotropy", "side", parameter, "kind", "nullity"], rows,
        flushRight: [5])
    }
  }

  var undecided: [String] {
    (result.undecided ?? []).map { "Undecided: \($0)." }
  }
}
