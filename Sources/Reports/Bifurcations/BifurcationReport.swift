import LandscapeModel

extension ReportPart {
  /// A report of the bifurcations of W = I.
  ///
  /// - Parameters:
  ///   - json: the result's JSON, which becomes a part of the file.
  ///   - seconds: how long the run took.
  ///   - limit: why it ended early, if it did.
  public init(_ result: BifurcationResult, json: String, seconds: Double? = nil, limit: String? = nil) {
    let report = BifurcationReport(result: result, seconds: seconds, limit: limit)
    self.init(title: "Bifurcations: \(result.units) units", blocks: report.blocks, json: json)
  }
}

/// The words of a report of bifurcations.
private struct BifurcationReport {
  let result: BifurcationResult
  let seconds: Double?
  let limit: String?

  private static let mostRows = 60

  private var parameter: String { result.family == .homotopy ? "λ" : "α" }

  var blocks: [ReportPart.Block] {
    let isComplete = result.complete && limit == nil
    var blocks: [ReportPart.Block] = [.claim(claim(isComplete), isComplete: isComplete), .paragraph(summary)]
    blocks += [.heading("Critical values"), .table(criticalValues), .table(indices)]
    let figures = BifurcationFigures(result)
    blocks += figures.list.map { .figure($0) }
    if let spectrum = result.spectrum { blocks.append(.table(table(spectrum))) }
    if let found = result.found {
      blocks += [.heading("Critical points that were found"), .table(table(found))]
    }
    if let branches = result.branches { blocks += [.heading("Branches"), .table(table(branches))] }
    return blocks
      + ResultNotes.ending(leftOut: figures.notes, undecided: result.undecided ?? [], seconds: seconds)
  }

  private func claim(_ isComplete: Bool) -> String {
    guard isComplete else { return ResultNotes.incomplete(limit: limit) }
    return "Complete: these are all values of \(parameter) at which the Hessian at W = I is singular."
  }

  private var summary: String {
    "A student with \(result.units) units learns the sum of \(result.units) units from Gaussian inputs; W = I is its "
      + "global minimum. The parameter is "
      + (result.family == .homotopy
        ? "λ: 0 is the linear network, 1 the ReLU, 2 the absolute value; beyond [0, 2] there is no activation."
        : "the slope α of the activation t ≥ 0 ? t : αt.")
  }

  private var criticalValues: PageTable {
    PageTable(
      caption: "Where the Hessian at W = I is singular, and what leaves W = I there.",
      columns: [
        .init(name: parameter), .init(name: "closed form", isText: true), .init(name: "nullity"),
        .init(name: "kernel", isText: true), .init(name: "index", isText: true),
        .init(name: "branches", isText: true),
      ],
      rows: result.criticalValues.map { critical in
        [
          Rounded.text(critical.value.doubleValue, digits: 10), critical.closedForm, "\(critical.nullity)",
          critical.kernel.map { $0.type + ($0.multiplicity > 1 ? " × \($0.multiplicity)" : "") }.joined(
            separator: ", "),
          critical.crossing ? "changes" : "stays",
          critical.branches.isEmpty
            ? critical.verticalFamily.map { "a family: \($0)" } ?? "–"
            : critical.branches.map { "\($0.isotropy) \($0.side.rawValue)" }.joined(separator: ", "),
        ]
      })
  }

  private var indices: PageTable {
    PageTable(
      caption: "The number of negative eigenvalues at W = I between the critical values.",
      columns: [.init(name: "from"), .init(name: "to"), .init(name: "index")],
      rows: result.morseIndex.map { interval in
        [
          interval.from.map { Rounded.text($0.doubleValue, digits: 8) } ?? "−∞",
          interval.to.map { Rounded.text($0.doubleValue, digits: 8) } ?? "∞", "\(interval.index)",
        ]
      })
  }

  private func table(_ spectrum: [BifurcationResult.Spectrum]) -> PageTable {
    PageTable(
      caption: "The spectrum at W = I for \(parameter) = \(result.at ?? "?").",
      columns: [
        .init(name: "type", isText: true), .init(name: "multiplicity of each"),
        .init(name: "eigenvalues", isText: true),
      ],
      rows: spectrum.map { part in
        [
          part.type, "\(part.dimension)",
          part.eigenvalues.map { Rounded.text($0.doubleValue, digits: 8) }.joined(separator: ", "),
        ]
      })
  }

  private func table(_ found: [BifurcationResult.FoundPoint]) -> PageTable {
    let shown = found.prefix(Self.mostRows)
    return PageTable(
      caption: "Found and proved at \(parameter) = \(result.at ?? "?"); there may be more."
        + (shown.count == found.count
          ? "" : " \(found.count - shown.count) are in the embedded result only."),
      columns: [
        .init(name: "loss"), .init(name: "isotropy", isText: true), .init(name: "index"),
        .init(name: "images"),
      ],
      rows: shown.map { point in
        [
          Rounded.text(point.loss.doubleValue, digits: 10), point.isotropy, "\(point.index)",
          "\(point.orbitLength)",
        ]
      })
  }

  private func table(_ branches: [BifurcationResult.Branch]) -> PageTable {
    PageTable(
      caption: "As far as they were followed.",
      columns: [
        .init(name: "branch"), .init(name: "leaves at"), .init(name: "isotropy", isText: true),
        .init(name: "images"),
        .init(name: "points"), .init(name: "folds"), .init(name: "secondary"),
        .init(name: "end", isText: true),
      ],
      rows: branches.enumerated().map { index, branch in
        let start =
          result.criticalValues.indices.contains(branch.from - 1)
          ? Rounded.text(result.criticalValues[branch.from - 1].value.doubleValue, digits: 6) : "?"
        return [
          "\(index + 1)", start, "\(branch.isotropy) \(branch.direction.rawValue)", "\(branch.orbitLength)",
          "\(branch.points.count)", "\(branch.folds.count)", "\(branch.secondary.count)", branch.end.rawValue,
        ]
      })
  }
}
