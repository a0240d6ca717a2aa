import LandscapeModel

extension ReportPart {
  /// A report of an enumeration: the claim, a table, pictures, and the result itself.
  ///
  /// - Parameters:
  ///   - result: what is reported.
  ///   - json: the result's JSON, which becomes a part of the file.
  ///   - source: the name of the data.
  ///   - data: the data themselves; without them some pictures are left out, with a note.
  public init(_ result: EnumerationResult, json: String, source: String, data: TrainingData?) {
    let report = LandscapeReport(result: result, source: source)
    self.init(title: report.title, blocks: report.blocks(LandscapeFigures(result, data: data)), json: json)
  }
}

/// The words of a report of an enumeration.
private struct LandscapeReport {
  let result: EnumerationResult
  let source: String

  var title: String {
    "Local minima: \(source), \(result.problem.units) \(result.problem.units == 1 ? "unit" : "units")"
  }

  func blocks(_ figures: LandscapeFigures) -> [ReportPart.Block] {
    var blocks: [ReportPart.Block] = [
      .claim(claim, isComplete: result.complete), .paragraph(summary), .paragraph(work),
    ]
    if !result.components.isEmpty {
      blocks += [.heading("The minima"), .table(table)]
      if let comparison { blocks.append(.paragraph(comparison)) }
    }
    blocks += figures.list.map { .figure($0) }
    if !figures.notes.isEmpty { blocks += [.heading("Left out"), .list(figures.notes)] }
    if !result.undecided.isEmpty { blocks += [.heading("Undecided"), .list(undecided)] }
    return blocks + [.heading("About"), .paragraph(about)]
  }

  /// What the result says, in one sentence.
  private var claim: String {
    let count = result.components.count
    let components = count == 1 ? "this component is" : "these \(count) components are"
    if result.complete {
      return count == 0
        ? "Complete: there is no local minimum."
        : "Complete: up to symmetry, \(components) all local minima. Nothing is missing."
    }
    if let limit = result.run?.limit {
      return
        "Not complete: the run ended early (\(limit)). There may be other local minima than the \(count) listed."
    }
    return "Not complete: something is undecided. There may be other local minima than the \(count) listed."
  }

  private var summary: String {
    let problem = result.problem
    var parts = ["\(problem.rows) rows, \(problem.inputs) \(problem.inputs == 1 ? "input" : "inputs")"]
    parts.append("\(problem.units) hidden \(problem.units == 1 ? "unit" : "units") (\(problem.activation))")
    parts.append("ridge \(problem.ridge)")
    if !problem.bias { parts.append("no hidden bias") }
    if problem.skip == true { parts.append("with skip connection") }
    if problem.outputBias == true { parts.append("with output bias") }
    if problem.observationWeights == true { parts.append("weighted observations") }
    if let penalty = problem.penalty { parts.append("penalty on \(penalty.rawValue)") }
    return parts.joined(separator: ", ") + "."
  }

  private var work: String {
    let (strata, decided) = (result.strata, result.strata.decided)
    var stages: [String] = []
    for (count, text) in [
      ((decided.groups ?? 0) + decided.pruned, "proved away in groups"),
      (decided.filter, "rejected by the filter"),
      (decided.ball, "decided in ball arithmetic"), (decided.exact, "decided exactly"),
      (strata.undecided, "undecided"), (strata.unvisited ?? 0, "not visited"),
    ] where count > 0 { stages.append("\(count) \(text)") }
    return "\(strata.facesPerUnit) faces per unit, \(strata.total) strata: \(stages.joined(separator: ", "))."
  }

  private var table: PageTable {
    let shown = result.components.prefix(LandscapeFigures.mostMarks)
    let omitted = result.components.count - shown.count
    return PageTable(
      caption: "Sorted by loss; a star marks the global minimum."
        + (omitted == 0 ? "" : " \(omitted) more are in the embedded result."),
      columns: [
        .init(name: "component"), .init(name: "loss"), .init(name: "above the first"),
        .init(name: "dimension"),
        .init(name: "place", isText: true), .init(name: "ratio"), .init(name: "images"),
        .init(name: "a", isText: true),
      ] + (hasKinks ? [.init(name: "kinks", isText: true)] : []),
      rows: shown.map(row))
  }

  /// Whether units have a kink at one place.
  private var hasKinks: Bool {
    result.problem.inputs == 1 && result.problem.bias
      && PlainActivation(result.problem.activation)?.hasKink == true
  }

  private func kinks(_ component: LandscapeComponent) -> String {
    guard let network = PlainNetwork(component.point, of: result.problem) else { return "–" }
    let kinks = (0..<network.units).compactMap { network.kink(of: $0) }
    return Self.listed(kinks)
  }

  private static func listed(_ numbers: [Double]) -> String {
    numbers.prefix(6).map { Rounded.text($0, digits: 4) }.joined(separator: ", ")
      + (numbers.count > 6 ? ", …" : "")
  }

  private func row(_ component: LandscapeComponent) -> [String] {
    let loss = component.loss.doubleValue
    let above = loss - (result.components.first?.loss.doubleValue ?? loss)
    let star = component.globalForWidth == .yes ? "★ " : ""
    return [
      "\(star)\(component.id)", Rounded.text(loss, digits: 10),
      above == 0 ? "0" : Rounded.text(above, digits: 4),
      "\(component.dimension)" + (component.ends == .open ? ", open" : ""), component.location.rawValue,
      component.certificateRatio.map { Rounded.text($0.doubleValue, digits: 6) } ?? "–",
      "\(component.orbitSize)",
      Self.listed(component.point.a.map(\.doubleValue)),
    ] + (hasKinks ? [kinks(component)] : [])
  }

  /// The best against the second.
  private var comparison: String? {
    guard let best = result.components.first, best.globalForWidth == .yes else { return nil }
    let global =
      best.globalForEveryWidth
      ? "Component 1 is the global minimum, for this and for every larger number of units."
      : "Component 1 is the global minimum for this number of units; more units would do better."
    guard let second = result.components.dropFirst().first else { return global }
    let difference = second.loss.doubleValue - best.loss.doubleValue
    let percent = 100 * difference / best.loss.doubleValue
    return global + " The next is worse by \(Rounded.text(difference, digits: 4))"
      + (percent.isFinite ? " (\(Rounded.text(percent, digits: 3)) %)." : ".")
  }

  private var undecided: [String] {
    result.undecided.prefix(20).map { item in
      item.faces.isEmpty
        ? item.reason : "\(item.faces.map(\.description).joined(separator: " ")): \(item.reason)"
    } + (result.undecided.count > 20 ? ["… and \(result.undecided.count - 20) more"] : [])
  }

  private var about: String {
    var parts = ["Made by AllMinima \(AllMinimaVersion.current), method \(result.method.rawValue)."]
    if let run = result.run { parts.append("The run took \(Rounded.text(run.seconds, digits: 3)) seconds.") }
    if let hash = result.problem.dataSHA256 { parts.append("SHA-256 of the data: \(hash).") }
    parts.append(
      "Pictures show middles of proved enclosures in double precision. The result in JSON is in this file.")
    return parts.joined(separator: " ")
  }
}
