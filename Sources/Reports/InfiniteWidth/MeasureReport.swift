import LandscapeModel

extension ReportPart {
  /// A report of an optimum with infinitely many units.
  ///
  /// - Parameters:
  ///   - json: the result's JSON, which becomes a part of the file.
  ///   - source: the name of the data.
  ///   - data: the data themselves; without them there are no pictures, but a note.
  public init(_ result: InfiniteWidthResult, json: String, source: String, data: TrainingData?) {
    let report = MeasureReport(result: result, source: source, data: data)
    self.init(title: "Infinite width: \(source)", blocks: report.blocks, json: json)
  }
}

/// The words and pictures of a report of an optimum.
private struct MeasureReport {
  let result: InfiniteWidthResult
  let source: String
  let data: TrainingData?

  private static let mostRows = 60

  var blocks: [ReportPart.Block] {
    var blocks: [ReportPart.Block] = [
      .claim(claim, isComplete: result.complete),
      .paragraph(MeasureNames.summary(result.problem) + "."), .paragraph(numbers),
    ]
    if let extremal = result.extremal, !extremal.isEmpty {
      blocks += [.heading("The atoms"), .table(table(extremal))]
    }
    blocks += sentences.map { .paragraph($0) }
    let (figures, notes) = pictures
    blocks += figures.map { .figure($0) }
    return blocks
      + ResultNotes.ending(
        leftOut: notes, undecided: result.undecided ?? [], seconds: result.run?.seconds,
        dataSHA256: result.problem.dataSHA256)
  }

  private var claim: String {
    guard result.complete else { return ResultNotes.incomplete(limit: result.run?.limit) }
    return
      "Complete: no network of any width has a smaller loss, and these are all directions in which the dual "
      + "certificate attains the ridge."
  }

  private var numbers: String {
    var parts: [String] = []
    func add(_ name: String, _ value: DecimalEnclosure?) {
      if let value { parts.append("\(name) \(Rounded.text(value.doubleValue, digits: 10))") }
    }
    add("least loss of all widths", result.loss)
    add("mass", result.totalMass)
    add("from this ridge on no unit pays:", result.ridgeMaximum)
    guard let first = parts.first else { return "The loss is not known." }
    return ([first.prefix(1).uppercased() + first.dropFirst()] + parts.dropFirst()).joined(separator: "; ")
      + "."
  }

  private func table(_ extremal: [InfiniteWidthResult.Extreme]) -> PageTable {
    let names = MeasureNames(result.problem)
    let shown = extremal.prefix(Self.mostRows)
    return PageTable(
      caption: "Sorted by activation pattern and sign; the mass of an atom, or its range if it is not unique."
        + (shown.count == extremal.count
          ? "" : " \(extremal.count - shown.count) more are in the embedded result."),
      columns: [.init(name: "atom"), .init(name: "sign"), .init(name: "mass")]
        + names.directionColumns.map { .init(name: $0) }
        + [.init(name: "active on", isText: true), .init(name: "others nearby", isText: true)],
      rows: shown.enumerated().map { index, atom in
        ["\(index + 1)", atom.sign > 0 ? "+" : "−", Self.range(atom.mass)]
          + names.direction(atom.direction.map(\.doubleValue))
          + [Self.activity(atom.pattern), atom.strict ? "none" : "possible"]
      })
  }

  private static func range(_ mass: DecimalEnclosure) -> String {
    let (lower, upper) = (mass.lower.doubleValue, mass.upper.doubleValue)
    guard upper - lower > 1e-9 * max(abs(lower), abs(upper)) else {
      return Rounded.text(mass.doubleValue, digits: 8)
    }
    return "\(Rounded.text(lower, digits: 5)) to \(Rounded.text(upper, digits: 5))"
  }

  private static func activity(_ pattern: String) -> String {
    let (active, kinks) = (pattern.count { $0 == "+" }, pattern.count { $0 == "0" })
    return "\(active) of \(ResultNotes.count(pattern.count, "row"))"
      + (kinks == 0 ? "" : ", kink at \(kinks)")
  }

  private var sentences: [String] {
    var list: [String] = []
    if let solutions = result.solutions {
      list.append(
        solutions.unique
          ? "The measure is unique."
          : "The measures that are optimal form a polytope of dimension \(solutions.dimension) with "
            + "\(ResultNotes.count(solutions.vertexCount, "vertex", plural: "vertices")); "
            + (solutions.functionUnique
              ? "all are the same function of the inputs." : "they are different functions."))
      list.append(
        solutions.leastAtoms == 0
          ? "The optimum is the zero function."
          : "\(ResultNotes.count(solutions.leastAtoms, "unit")) suffice\(solutions.leastAtoms == 1 ? "s" : "") to reach "
            + "the least loss; fewer do not.")
    }
    if let persists = result.stability?.persists, persists != .undecided {
      list.append(
        "For data without noise that this function fits, the atoms "
          + (persists == .yes ? "keep" : "may change")
          + " their number and their activity under a little noise and a small ridge.")
    }
    return list
  }

  private var pictures: (figures: [Figure], notes: [String]) {
    guard let data else {
      return ([], ["The function and the dual certificate need the data: give them with --data."])
    }
    guard let loss = result.loss, let finite = result.network,
      let network = PlainNetwork(finite, of: result.problem)
    else { return ([], ["There is no network to be drawn."]) }
    let drawn = DrawnNetwork(
      network, name: "the optimum", label: "", loss: loss.doubleValue,
      ratio: result.certificate?.ratio.doubleValue, isOptimal: true, colour: 0)
    let pictures = NetworkFigures(
      networks: [drawn], omitted: 0, data: data,
      ridge: result.problem.ridge.flatMap(Formula.value) ?? .nan, hasBias: result.problem.bias)
    var figures = [pictures.outputs()]
    var notes: [String] = []
    switch pictures.certificate(atMost: 1) {
    case .figure(let figure): figures.append(figure)
    case .note(let note): notes.append(note)
    case .nothing: break
    }
    if network.units > 0, let units = pictures.units() { figures.append(units) }
    return (figures, notes)
  }
}

/// What the parts of a direction are called.
struct MeasureNames {
  private let inputs: [String]
  private let hasBias: Bool

  init(_ problem: InfiniteWidthResult.ProblemSummary) {
    inputs =
      problem.columns.map { Array($0.dropLast()) }
      ?? (problem.inputs == 1 ? ["x"] : (0..<problem.inputs).map { "x\($0 + 1)" })
    hasBias = problem.bias
  }

  /// Whether a direction is told by the position of its kink.
  private var isLine: Bool { inputs.count == 1 && hasBias }
  private static let mostColumns = 6

  var directionColumns: [String] {
    if isLine { return ["kink at \(inputs[0])", "active"] }
    let names = inputs + (hasBias ? ["bias"] : [])
    return Array(names.prefix(Self.mostColumns)) + (names.count > Self.mostColumns ? ["…"] : [])
  }

  func direction(_ w: [Double]) -> [String] {
    guard isLine else {
      return w.prefix(Self.mostColumns).map { Rounded.text($0, digits: 5) }
        + (w.count > Self.mostColumns ? ["…"] : [])
    }
    guard w[0] != 0 else { return ["–", w[1] > 0 ? "everywhere" : "nowhere"] }
    return [Rounded.text(-w[1] / w[0], digits: 6), w[0] > 0 ? "above" : "below"]
  }

  static func summary(_ problem: InfiniteWidthResult.ProblemSummary) -> String {
    var parts = [
      ResultNotes.count(problem.rows, "row"), ResultNotes.count(problem.inputs, "input"),
      "infinitely many hidden units (\(problem.activation))",
    ]
    if let ridge = problem.ridge { parts.append("ridge \(ridge)") }
    if !problem.bias { parts.append("no hidden bias") }
    return parts.joined(separator: ", ")
  }
}
