import Algebra
import Interchange
import LandscapeModel

/// A result as a table for people to read, at most 100 columns wide wherever the patterns allow it.
struct EnumerationText {
  typealias Component = LandscapeComponent

  private static let width = 100
  private static let mostLossDigits = 10
  private static let mostRatioDigits = 6
  private static let mostUndecidedShown = 20

  let result: EnumerationResult
  let heading: ProblemHeading
  let pattern: PatternText
  /// The significant digits of the result's enclosures.
  let digits: Int
  /// Writes the parameters below each row, if they are asked for.
  let weights: WeightsText?
  /// Why the run ended early, if it did.
  let limit: String?

  func text() -> String {
    var lines = [heading.text] + heading.remarks + [strataLine] + algebraLines + [""]
    if result.components.isEmpty {
      lines.append("No local minimum has been found so far.")
    } else {
      lines += table()
      lines += [""] + footnotes + [""]
      lines += ExactListing(components: result.components, pattern: pattern).lines
    }
    lines += conclusion
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - Strata

  private var strataLine: String {
    let strata = result.strata
    let faces = Readable.count(strata.facesPerUnit, "face")
    let total = Readable.count(strata.total, "stratum", "strata")
    var parts: [String] = []
    func add(_ count: Int, _ what: String) {
      if count > 0 { parts.append("\(Readable.count(count)) \(what)") }
    }
    add((strata.decided.groups ?? 0) + strata.decided.pruned, "proved away in groups")
    add(strata.decided.filter, "rejected by the filter")
    add(strata.decided.ball, "decided in ball arithmetic")
    add(strata.decided.exact, "decided exactly")
    add(strata.undecided, "undecided")
    add(result.unvisitedStrata, "not visited")
    return "\(faces) per unit, \(total): \(parts.joined(separator: ", "))."
  }

  /// What the algebraic method decomposed, and how the methods compare.
  private var algebraLines: [String] {
    var lines: [String] = []
    if let decomposition = result.decomposition {
      for location in [Component.Location.interior, .boundary] {
        let primes = decomposition.primes.filter { $0.location == location }
        let strata =
          location == .interior ? decomposition.interiorStrata : decomposition.boundaryStrata
        guard strata > 0 else { continue }
        let dimensions = Dictionary(grouping: primes, by: \.dimension).sorted { $0.key < $1.key }
        let parts = dimensions.map { dimension, primes in
          "\(Readable.count(primes.reduce(0) { $0 + $1.count })) of dimension \(dimension)"
        }
        lines.append(
          "Minimal primes of the gradient ideals of \(Readable.count(strata)) "
            + "\(location == .interior ? "open regions" : "boundary strata"): "
            + parts.joined(separator: ", ") + ".")
      }
    }
    if let comparison = result.comparison {
      lines.append(
        "Both methods agree on \(Readable.count(comparison.agreements, "component"))"
          + (comparison.compatible > 0
            ? "; \(Readable.count(comparison.compatible)) more are undecided by one of them." : "."))
      lines += comparison.contradictions.map { "Contradiction: \($0)." }
    }
    return lines
  }

  // MARK: - Table

  private func table() -> [String] {
    let losses = DecimalColumn(
      result.components.map { component in
        component.loss.rounded(toDigits: min(digits, Self.mostLossDigits)).description
      })
    var rows = [["", "#", "loss", "dim", "place", "ratio", "images"]]
    for (index, component) in result.components.enumerated() {
      rows.append([
        star(component), "\(component.id)", losses.aligned[index], dimension(component),
        component.location.rawValue, ratio(component), Readable.count(component.orbitSize),
      ])
    }
    let fronts = TextTable(rows, flushRight: [1, 2, 5, 6]).lines.map { $0 + "  " }
    let indent = fronts[0].count
    return [fronts[0] + "units"]
      + zip(fronts.dropFirst(), result.components).flatMap { front, component in
        [front + Self.joined(unitTexts(component), indent: indent)]
          + (weights?.lines(component, digits: min(digits, Self.mostLossDigits)) ?? [])
      }
  }

  private func star(_ component: Component) -> String {
    switch component.globalForWidth {
    case .yes: component.globalForEveryWidth ? "**" : "*"
    case .no: ""
    case .undecided: "?"
    }
  }

  private func dimension(_ component: Component) -> String {
    component.dimension == 0 ? "0" : "\(component.dimension) \(component.ends.rawValue)"
  }

  /// Never rounds to 1 what is not known to be 1.
  private func ratio(_ component: Component) -> String {
    guard let bounds = component.certificateRatio else { return "–" }
    if bounds.lower == bounds.upper { return bounds.lower.description }
    let rounded = bounds.rounded(toDigits: min(digits, Self.mostRatioDigits))
    guard rounded == "1" else { return rounded.description }
    return bounds.upper > "1" ? "1 + tiny" : "1 - tiny"
  }

  private func unitTexts(_ component: Component) -> [String] {
    component.units.map { units in
      guard units.outputSign != 0 else { return units.count == 1 ? "dead" : "\(units.count) dead" }
      let sign = units.bothSigns == true ? "±" : units.outputSign > 0 ? "+" : "-"
      return (units.count == 1 ? "" : "\(units.count)·") + sign + pattern(units.pattern)
    }
  }

  /// On one line if that fits, else one below the other.
  private static func joined(_ units: [String], indent: Int) -> String {
    let line = units.joined(separator: "  ")
    if indent + line.count <= width { return line }
    return units.joined(separator: "\n" + String(repeating: " ", count: indent))
  }

  // MARK: - Below the table

  private var footnotes: [String] {
    var notes: [String] = []
    if result.components.contains(where: { $0.globalForWidth == .yes && $0.globalForEveryWidth }) {
      notes.append("**     the global minimum, for \(heading.units) and for any larger number")
    } else if result.components.contains(where: { $0.globalForWidth == .yes }) {
      notes.append("*      the global minimum for \(heading.units)")
    }
    if result.components.contains(where: { $0.globalForWidth == .undecided }) {
      notes.append("?      perhaps the global minimum for \(heading.units)")
    }
    if result.components.contains(where: { $0.certificateRatio != nil }) {
      notes.append("ratio  at most 1 iff no larger number of units reaches a smaller loss")
    }
    notes.append("units  " + pattern.legend[0])
    return notes + pattern.legend.dropFirst().map { "       " + $0 }
  }

  private var conclusion: [String] {
    let count = result.components.count
    if result.complete {
      let components = count == 1 ? "this component is" : "these \(Readable.count(count)) components are"
      return ["The list is complete: up to symmetry, \(components) all local minima."]
    }
    var lines: [String] = []
    if result.hasUnvisitedStrata {
      let visited = result.strata.total - result.unvisitedStrata
      let reason = limit ?? "the run ended early"
      lines.append(
        "The list is not complete: \(reason) after \(Readable.count(visited)) of"
          + " \(Readable.count(result.strata.total)) strata.")
    }
    let strata = result.undecided.filter(\.isStratum)
    if !strata.isEmpty {
      let count = Readable.count(strata.count, "stratum", "strata")
      lines.append("Undecided: \(count), which may hold further local minima:")
      lines += list(strata)
    }
    var components: [Undecided] = []
    var notes: [Undecided] = []
    for entry in result.undecided {
      switch entry {
      case .stratum: break
      case .component: components.append(entry)
      case .global: notes.append(entry)
      }
    }
    if !components.isEmpty {
      lines.append("Without exact numbers: \(Readable.count(components.count, "component")):")
      lines += list(components)
    }
    if !notes.isEmpty {
      lines.append("Undecided for the list as a whole:")
      lines += list(notes)
    }
    return lines
  }

  private func list(_ undecided: [Undecided]) -> [String] {
    var lines = undecided.prefix(Self.mostUndecidedShown).map { entry in
      let faces = entry.faces.map { pattern($0) }.filter { !$0.isEmpty }.joined(separator: " ")
      return "  " + (faces.isEmpty ? "" : "\(faces): ") + entry.reason
    }
    if undecided.count > Self.mostUndecidedShown {
      lines.append("  and \(Readable.count(undecided.count - Self.mostUndecidedShown)) more.")
    }
    return lines
  }
}
