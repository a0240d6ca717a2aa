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
      lines.append("\(Readable.count(chambers.count, "chamber")):")
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

  private func component(_ title: String, _ component: DiscriminantResult.Component) -> [String] {
    guard component.degree >= 0 else { return ["\(title): for all values.", ""] }
    guard component.degree > 0 else { return ["\(title): none.", ""] }
    let factors = component.factors.map {
      $0.multiplicity == 1 ? "  \($0.polynomial)" : "  (\($0.polynomial))^\($0.multiplicity)"
    }
    return ["\(title): degree \(component.degree)"] + factors + [""]
  }
}
