import LandscapeModel

/// Sentences that reports of several kinds have in common.
enum ResultNotes {
  /// What a page ends with.
  static func about(seconds: Double?, dataSHA256: String? = nil) -> String {
    var parts = ["Made by AllMinima \(AllMinimaVersion.current)."]
    if let seconds { parts.append("The run took \(Rounded.text(seconds, digits: 3)) seconds.") }
    if let dataSHA256 { parts.append("SHA-256 of the data: \(dataSHA256).") }
    parts.append(
      "Pictures show middles of proved enclosures in double precision. The result in JSON is in this file.")
    return parts.joined(separator: " ")
  }

  /// The first line of a result that is not complete.
  static func incomplete(limit: String?) -> String {
    limit.map { "Not complete: the run ended early (\($0))." } ?? "Not complete: something is undecided."
  }

  /// What follows the pictures.
  static func ending(
    leftOut: [String], undecided: [String], seconds: Double?, dataSHA256: String? = nil
  ) -> [ReportPart.Block] {
    var blocks: [ReportPart.Block] = []
    if !leftOut.isEmpty { blocks += [.heading("Left out"), .list(leftOut)] }
    if !undecided.isEmpty { blocks += [.heading("Undecided"), .list(shortened(undecided))] }
    return blocks + [
      .heading("About"), .paragraph(about(seconds: seconds, dataSHA256: dataSHA256)),
    ]
  }

  private static func shortened(_ items: [String]) -> [String] {
    items.prefix(20)
      + (items.count > 20 ? ["… and \(items.count - 20) more, which are in the embedded result"] : [])
  }

  /// `1 row`, `2 rows`.
  ///
  /// - Parameter plural: of nouns that do not end with s then.
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
  }
}
