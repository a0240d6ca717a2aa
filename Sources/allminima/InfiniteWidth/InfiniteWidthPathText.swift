import Algebra
import InfiniteWidth
import Interchange
import LandscapeModel
import Strata

/// A path in the ridge, for people to read.
struct InfiniteWidthPathText {
  private static let mostDigits = 10

  let result: InfiniteWidthPathResult
  let source: String
  let pattern: PatternText
  /// Why the run ended early, if it did.
  let limit: String?

  /// - Throws: `MalformedText` if a pattern of the result is none.
  func text() throws -> String {
    var lines = [heading, ""]
    if let maximum = result.ridgeMaximum {
      lines.append("From the ridge \(short(maximum)) on the zero network is optimal.")
      if result.complete, result.events.isEmpty {
        lines.append("There are no atoms down to \(result.pathTo).")
      }
      lines.append("")
    }
    if !result.events.isEmpty { lines += try table() + [""] }
    lines += result.pieces.suffix(1).map(Self.lastPiece)
    lines += exact()
    for reason in result.undecided ?? [] { lines.append("Undecided: \(reason).") }
    if let limit { lines.append("Incomplete: \(limit).") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var heading: String {
    let parts = [result.problem.heading, "ridges down to \(result.pathTo)"]
    return "\(source.split(separator: "/").last ?? "data"): \(parts.joined(separator: ", "))."
  }

  private func table() throws -> [String] {
    var rows = [["ridge", "what happens", "atoms below", "comes", "goes"]]
    for event in result.events {
      rows.append([
        short(event.ridge), Self.words(event.kind), "\(event.atomsBelow)", try patterns(event.added),
        try patterns(event.removed),
      ])
    }
    return TextTable(rows, flushRight: [0, 2]).lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private static func words(_ kind: InfiniteWidthPathResult.Event.Kind) -> String {
    switch kind {
    case .appear: "first atoms"
    case .enter: "enters"
    case .leave: "leaves"
    case .wall: "changes its rows"
    case .nonunique: "not unique below"
    }
  }

  private func patterns(_ texts: [String]) throws -> String {
    try texts.map { pattern(try Face(text: $0)) }.joined(separator: "; ")
  }

  private static func lastPiece(_ piece: InfiniteWidthPathResult.Piece) -> String {
    let unique =
      switch piece.unique {
      case true?: "the measure is unique there"
      case false?: "the measure is not unique there"
      case nil: "whether the measure is unique there is not known"
      }
    let verb = piece.atoms.count == 1 ? "is" : "are"
    return "Below the last event there \(verb) \(Readable.count(piece.atoms.count, "atom")); \(unique)."
  }

  private func exact() -> [String] {
    result.events.compactMap { event in
      event.exact.map { "The event at \(short(event.ridge)) is a root of \($0.minimalPolynomial)." }
    }
  }

  private func short(_ enclosure: DecimalEnclosure) -> String {
    enclosure.rounded(toDigits: Self.mostDigits).description
  }
}
