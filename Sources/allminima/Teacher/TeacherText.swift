import Algebra
import LandscapeModel
import PolynomialNetworks
import RealSolving

/// The critical points for people to read.
struct TeacherText {
  let result: TeacherResult
  let source: String
  let digits: Int

  func lines() throws -> [String] {
    var lines = [heading, regime, ""]
    lines += counts
    if !result.criticalPoints.isEmpty {
      lines += ["", "Critical points:", ""]
      lines += try table()
    }
    for family in result.families { lines.append(try sentence(family)) }
    if let discriminant = result.discriminant {
      lines.append("")
      lines.append(
        discriminant.degenerate
          ? "Some critical point is degenerate: the teacher and the metric are on the discriminant."
          : "No critical point is degenerate.")
      if discriminant.rankDrop { lines.append("Some critical point drops rank.") }
      if let value = discriminant.value { lines.append("The discriminant has the value \(value).") }
    }
    lines += result.undecided.map { "Undecided: \($0)." }
    lines += result.notes.map { "Note: \($0)." }
    return lines
  }

  private var heading: String {
    let degree = result.degree == 2 ? "quadratic" : "degree \(result.degree)"
    return "\(source.split(separator: "/").last ?? "teacher"): \(degree) units,"
      + " \(Readable.count(result.inputs, "input")), width \(result.width), metric \(result.metric)."
  }

  private var regime: String {
    let (size, all) = (result.dimensions.actual, result.dimensions.ambient)
    let valleys =
      result.dimensions.spuriousValleys == .none
      ? "the loss has no spurious valleys" : "spurious valleys are possible"
    return "Regime: \(result.regime.rawValue) (dimension \(size) of \(all), generic rank"
      + " \(result.dimensions.genericRank)); \(valleys)."
  }

  private var counts: [String] {
    result.complexCriticalPoints.map {
      "Rank \($0.rank): \(Readable.count($0.count, "isolated complex critical point"))."
    }
  }

  private func table() throws -> [String] {
    let showsMultiplicity = result.criticalPoints.contains { $0.multiplicity > 1 }
    var rows = [["#", "rank", "loss", "kind", "+", "-", "0"] + (showsMultiplicity ? ["multiplicity"] : [])]
    rows[0].append("in parameters (units with a > 0, a < 0)")
    for (index, point) in result.criticalPoints.enumerated() {
      let signature = point.signature
      var row = [
        "\(index + 1)", "\(point.rank)", try rounded(point.loss), point.kind.rawValue,
        "\(signature.positive)", "\(signature.negative)", "\(signature.zero)",
      ]
      if showsMultiplicity { row.append("\(point.multiplicity)") }
      row.append(parameters(point))
      rows.append(row)
    }
    let right: Set<Int> = [0, 1, 4, 5, 6]
    let losses = DecimalColumn(rows.dropFirst().map { $0[2] }).aligned
    for (index, loss) in losses.enumerated() { rows[index + 1][2] = loss }
    var lines = TextTable(rows, flushRight: right).lines
    lines = lines.map { $0.trimmingSuffix() }
    for (index, point) in result.criticalPoints.enumerated() {
      lines += ["", "Form \(index + 1):"] + (try text(point.form))
    }
    lines += ["", "The numbers are right up to one unit in the last of \(digits) significant digits."]
    return lines
  }

  /// Minima by their living units; nothing for other points.
  private func parameters(_ point: TeacherResult.CriticalPoint) -> String {
    let minima = point.parameter.filter { $0.kind == .minimum }
    let undecided = point.parameter.filter { $0.kind == .undecided }
    func list(_ entries: [TeacherResult.Parameters]) -> String {
      entries.map { "(\($0.positiveUnits), \($0.negativeUnits))" }.joined(separator: " ")
    }
    var parts: [String] = []
    if !minima.isEmpty { parts.append("minimum " + list(minima)) }
    if !undecided.isEmpty { parts.append("undecided " + list(undecided)) }
    return parts.isEmpty ? "saddle" : parts.joined(separator: "; ")
  }

  private func sentence(_ family: TeacherResult.Family) throws -> String {
    var text = "Family of rank \(family.rank), dimension \(family.dimension)"
    if let loss = family.loss { text += ", loss \(try rounded(loss))" }
    if let kind = family.kind { text += ": \(kind.rawValue)" }
    return text + "."
  }

  private func text(_ form: FormEnclosure) throws -> [String] {
    switch form {
    case .matrix(let rows):
      let cells = try rows.map { try $0.map(rounded) }
      let columns = (cells.first ?? []).indices.map { column in
        DecimalColumn(cells.map { $0[column] }).aligned
      }
      return cells.indices.map { row in
        "  " + columns.map { $0[row] }.joined(separator: "  ").trimmingSuffix()
      }
    case .coefficients(let terms):
      let sorted = terms.sorted { $0.key < $1.key }
      return try TextTable(sorted.map { [$0.key, try rounded($0.value)] }, flushRight: []).lines.map {
        "  " + $0.trimmingSuffix()
      }
    }
  }

  private func rounded(_ enclosure: DecimalEnclosure) throws -> String {
    // Zero up to the smallest number that is told.
    if enclosure.lower.isNegative, !enclosure.upper.isNegative { return "0" }
    return enclosure.rounded(toDigits: digits).description
  }
}

extension String {
  /// Without blanks at the end.
  fileprivate func trimmingSuffix() -> String {
    guard let last = utf8.lastIndex(where: { $0 != UInt8(ascii: " ") }) else { return "" }
    return String(self[...last])
  }
}
