import LandscapeModel

extension ReportPart {
  /// A report of where the critical points of a polynomial student change.
  ///
  /// - Parameters:
  ///   - json: the result's JSON, which becomes a part of the file.
  ///   - source: the name of the teacher.
  public init(_ result: DiscriminantResult, json: String, source: String) {
    let report = DiscriminantReport(result: result)
    self.init(title: "Discriminant: \(source)", blocks: report.blocks, json: json)
  }
}

/// The words of a report of a discriminant.
private struct DiscriminantReport {
  let result: DiscriminantResult

  private static let mostRows = 60

  var blocks: [ReportPart.Block] {
    let discriminant = result.discriminant
    var blocks: [ReportPart.Block] = [
      .claim(claim, isComplete: result.complete), .paragraph(summary), .heading("The discriminant"),
      .table(components),
    ]
    if let chambers = discriminant.chambers, !chambers.isEmpty { blocks.append(.table(table(chambers))) }
    var notes: [String] = []
    if let figure = ChamberFigure(discriminant)?.figure() {
      blocks.append(.figure(figure))
    } else {
      notes.append("Chambers are drawn for one or two unknowns.")
    }
    return blocks
      + ResultNotes.ending(leftOut: notes, undecided: result.undecided, seconds: result.run?.seconds)
  }

  private var claim: String {
    guard result.complete else { return ResultNotes.incomplete(limit: result.run?.limit) }
    return result.discriminant.chambers == nil
      ? "Complete: where the critical points change is known."
      : "Complete: these are all chambers between which the critical points change."
  }

  private var summary: String {
    "Forms of degree \(result.degree) in \(ResultNotes.count(result.inputs, "input")), "
      + "\(ResultNotes.count(result.width, "unit")), metric \(result.metric); unknown: "
      + "\(result.discriminant.variables.joined(separator: ", "))."
  }

  private var components: PageTable {
    let discriminant = result.discriminant
    let listed =
      [
        ("a critical form is degenerate", discriminant.degenerate),
        ("a critical form drops rank", discriminant.rankDrop),
      ] + (discriminant.singularMetric.map { [("the metric is singular", $0)] } ?? [])
    return PageTable(
      caption: "Polynomials that vanish where the critical points change.",
      columns: [
        .init(name: "where", isText: true), .init(name: "degree"), .init(name: "polynomial", isText: true),
      ],
      rows: listed.map { name, component in
        [
          name, component.degree < 0 ? "–" : "\(component.degree)",
          SVGText.fitted(component.polynomial, to: 4000, size: 10),
        ]
      })
  }

  private func table(_ chambers: [DiscriminantResult.Chamber]) -> PageTable {
    let shown = chambers.prefix(Self.mostRows)
    return PageTable(
      caption: "Chambers, each by a point in it."
        + (shown.count == chambers.count
          ? "" : " \(chambers.count - shown.count) more are in the embedded result."),
      columns: [.init(name: "chamber")] + result.discriminant.variables.map { .init(name: $0) } + [
        .init(name: "real critical points"), .init(name: "minima"),
      ],
      rows: shown.enumerated().map { index, chamber in
        ["\(index + 1)"]
          + chamber.sample.map { Formula.value(of: $0).map { Rounded.text($0, digits: 5) } ?? $0 }
          + ["\(chamber.realCriticalPoints)", "\(chamber.minima)"]
      })
  }
}
