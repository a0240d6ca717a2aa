import LandscapeModel
import PolynomialNetworks

/// The discriminant for people to read.
struct DiscriminantText {
  let result: DiscriminantResult
  let source: String

  var lines: [String] {
    let discriminant = result.discriminant
    let degree = result.degree == 2 ? "quadratic" : "degree \(result.degree)"
    var lines = [
      "\(source.split(separator: "/").last ?? "teacher"): \(degree) units,"
        + " \(Readable.count(result.inputs, "input")), width \(result.width), metric \(result.metric);"
        + " unknown: \(discriminant.variables.joined(separator: ", ")).", "",
    ]
    lines += component("Degenerate critical points", discriminant.degenerate)
    lines += component("Drops of rank", discriminant.rankDrop)
    if let metric = discriminant.singularMetric { lines += component("Singular metrics", metric) }
    if let chambers = discriminant.chambers {
      lines.append("\(Readable.count(chambers.count, "chamber"))\(box):")
      lines.append("")
      let rows = chambers.map { chamber in
        chamber.sample + ["\(chamber.realCriticalPoints)", "\(chamber.minima)"]
      }
      lines +=
        TextTable(
          [discriminant.variables + ["real critical points", "minima"]] + rows,
          flushRight: Set(0..<discriminant.variables.count + 2)
        ).lines
    }
    return lines + result.undecided.map { "Undecided: \($0)." }
  }

  /// Where chambers were looked for.
  private var box: String {
    guard let box = result.discriminant.box else { return "" }
    let bounds = result.discriminant.variables.compactMap { name in
      box[name].map { "\(name) from \($0[0]) to \($0[1])" }
    }
    return " with " + bounds.joined(separator: " and ")
  }

  private func component(_ title: String, _ component: DiscriminantResult.Component) -> [String] {
    guard component.degree >= 0 else { return ["\(title): for all values.", ""] }
    guard component.degree > 0 else { return ["\(title): none.", ""] }
    let factors = component.factors.map {
      $0.multiplicity == 1 ? "  \($0.polynomial)" : "  (\($0.polynomial))^\($0.multiplicity)"
    }
    return ["\(title): degree \(component.degree)"] + factors + [""]
  }
}
