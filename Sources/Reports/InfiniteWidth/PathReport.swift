import LandscapeModel

extension ReportPart {
  /// A report of how the optimum with infinitely many units changes with the ridge.
  ///
  /// - Parameters:
  ///   - json: the result's JSON, which becomes a part of the file.
  ///   - source: the name of the data.
  ///   - data: the data themselves, whose inputs are marked beside the kinks.
  public init(_ result: InfiniteWidthPathResult, json: String, source: String, data: TrainingData?) {
    let report = PathReport(result: result, data: data)
    self.init(title: "Path in the ridge: \(source)", blocks: report.blocks, json: json)
  }
}

/// The words of a report of a path.
private struct PathReport {
  let result: InfiniteWidthPathResult
  let data: TrainingData?

  private static let mostRows = 100

  var blocks: [ReportPart.Block] {
    var blocks: [ReportPart.Block] = [
      .claim(claim, isComplete: result.complete), .paragraph(summary),
    ]
    if !result.events.isEmpty { blocks += [.heading("Events"), .table(table)] }
    let figures = PathFigures(result, data: data)
    blocks += figures.list.map { .figure($0) }
    return blocks
      + ResultNotes.ending(
        leftOut: figures.notes, undecided: result.undecided ?? [], seconds: result.run?.seconds,
        dataSHA256: result.problem.dataSHA256)
  }

  private var claim: String {
    guard result.complete else { return ResultNotes.incomplete(limit: result.run?.limit) }
    return
      "Complete: these are all ridges from the greatest one that matters down to \(result.pathTo) at which the "
      + "atoms of the optimum change."
  }

  private var summary: String {
    let greatest = result.ridgeMaximum.map {
      " From the ridge \(Rounded.text($0.doubleValue, digits: 8)) on no unit pays."
    }
    return MeasureNames.summary(result.problem) + "." + (greatest ?? "")
  }

  private var table: PageTable {
    let shown = result.events.prefix(Self.mostRows)
    return PageTable(
      caption: "From the greatest ridge to the least."
        + (shown.count == result.events.count
          ? "" : " \(result.events.count - shown.count) more are in the embedded result."),
      columns: [
        .init(name: "event"), .init(name: "ridge"), .init(name: "what happens", isText: true),
        .init(name: "atoms above"),
        .init(name: "atoms below"),
      ],
      rows: shown.enumerated().map { index, event in
        [
          "\(index + 1)", Rounded.text(event.ridge.doubleValue, digits: 10), Self.words(event.kind),
          "\(event.atomsAbove)", "\(event.atomsBelow)",
        ]
      })
  }

  private static func words(_ kind: InfiniteWidthPathResult.Event.Kind) -> String {
    switch kind {
    case .appear: "the first atoms appear"
    case .enter: "further atoms enter"
    case .leave: "masses vanish"
    case .wall: "a kink meets or leaves a data row"
    case .nonunique: "below, the measure is not unique"
    }
  }
}
