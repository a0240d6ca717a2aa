import LandscapeModel

/// The exact numbers of a result's components, for people to read.
struct ExactListing {
  typealias Number = ExactDescription.Number

  let components: [LandscapeComponent]
  let pattern: PatternText

  /// Empty if no component is described exactly.
  var lines: [String] {
    components.flatMap { component -> [String] in
      guard let exact = component.exact else { return [] }
      return ["Component \(component.id), exactly:"] + lines(of: exact).map { "  " + $0 } + [""]
    }
  }

  private func lines(of exact: ExactDescription) -> [String] {
    var lines = ["loss: \(Self.text(exact.loss))"]
    if exact.units.contains(where: { unit in
      unit.total?.contains("t") == true || unit.g.contains { $0.contains("t") }
    }) {
      lines.append("t: \(Self.text(exact.field))")
    }
    for unit in exact.units {
      lines.append(
        "\(Self.phrase("units", "on", pattern(unit.pattern))): w = a g / ridge, g = (\(unit.g.joined(separator: ", ")))"
      )
      if let total = unit.total { lines.append("  sum of a^2 = \(total)") }
    }
    for vertex in exact.vertices ?? [] {
      lines.append("vertex of the sums of a^2: (\(vertex.joined(separator: ", ")))")
    }
    for (unit, a) in (exact.point?.a ?? []).enumerated() {
      lines.append("a\(unit + 1): \(Self.text(a))")
      for (column, w) in (exact.point?.w[unit] ?? []).enumerated() {
        lines.append("w\(unit + 1)_\(column + 1): \(Self.text(w))")
      }
    }
    for piece in exact.pieces ?? [] {
      let patterns = piece.patterns.map { pattern($0) }.filter { !$0.isEmpty }.joined(separator: " ")
      lines.append("\(Self.phrase("closure of the piece", "on", patterns)): the zeros of the prime ideal")
      lines += piece.ideal.map { "  " + $0 }
    }
    return lines
  }

  /// The words, and the patterns if there are any.
  private static func phrase(_ words: String, _ link: String, _ patterns: String) -> String {
    patterns.isEmpty ? words : "\(words) \(link) \(patterns)"
  }

  private static func text(_ number: Number) -> String {
    if number.lower == number.upper { return number.lower.description }
    return "the root of \(number.minimalPolynomial) from \(number.lower) to \(number.upper)"
  }
}
