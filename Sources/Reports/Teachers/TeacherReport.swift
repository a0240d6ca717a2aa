import LandscapeModel

extension ReportPart {
  /// A report of the critical points of a polynomial student.
  ///
  /// - Parameters:
  ///   - json: the result's JSON, which becomes a part of the file.
  ///   - source: the name of the teacher.
  public init(_ result: TeacherResult, json: String, source: String) {
    let report = TeacherReport(result: result)
    self.init(
      title: "Critical points: \(source), \(ResultNotes.count(result.width, "unit"))", blocks: report.blocks,
      json: json)
  }
}

/// The words and the picture of a report of critical points.
private struct TeacherReport {
  let result: TeacherResult

  private static let mostRows = 60

  var blocks: [ReportPart.Block] {
    var blocks: [ReportPart.Block] = [
      .claim(claim, isComplete: result.complete), .paragraph(summary), .paragraph(counts),
    ]
    let shown = Array(result.criticalPoints.prefix(Self.mostRows))
    let omitted = result.criticalPoints.count - shown.count
    if !shown.isEmpty {
      blocks += [
        .heading("Real critical points"), .table(table(shown, omitted)), .figure(figure(shown, omitted)),
      ]
    }
    if !result.families.isEmpty { blocks.append(.table(families)) }
    if let discriminant = result.discriminant {
      blocks.append(
        .paragraph(
          discriminant.degenerate || discriminant.rankDrop
            ? "This teacher lies on the discriminant: numbers or signatures change nearby."
            : "This teacher does not lie on the discriminant: numbers and signatures stay the same nearby."))
    }
    blocks += result.notes.map { .paragraph($0) }
    return blocks
      + ResultNotes.ending(leftOut: [], undecided: result.undecided, seconds: result.run?.seconds)
  }

  private var claim: String {
    guard result.complete else { return ResultNotes.incomplete(limit: result.run?.limit) }
    return "Complete: these are all critical points of all ranks up to \(result.width)."
  }

  private var summary: String {
    "Forms of degree \(result.degree) in \(ResultNotes.count(result.inputs, "input")), "
      + "\(ResultNotes.count(result.width, "unit")), metric \(result.metric); the regime is \(result.regime.rawValue)."
  }

  private var counts: String {
    let list = result.complexCriticalPoints.map { "\($0.count) of rank \($0.rank)" }
    return
      "Complex critical points, with multiplicities: \(list.isEmpty ? "none" : list.joined(separator: ", "))."
  }

  private func table(_ points: [TeacherResult.CriticalPoint], _ omitted: Int) -> PageTable {
    PageTable(
      caption: "Signatures: numbers of positive, negative and zero eigenvalues of the Hessian."
        + (omitted == 0 ? "" : " \(omitted) more are in the embedded result."),
      columns: [
        .init(name: "point"), .init(name: "rank"), .init(name: "loss"),
        .init(name: "on forms of this rank", isText: true),
        .init(name: "signature", isText: true), .init(name: "as parameters", isText: true),
      ],
      rows: points.enumerated().map { index, point in
        [
          "\(index + 1)", "\(point.rank)", Rounded.text(point.loss.doubleValue, digits: 10),
          point.kind.rawValue + (point.multiplicity > 1 ? ", \(point.multiplicity)-fold" : ""),
          Self.text(point.signature),
          point.parameter.map {
            "\($0.positiveUnits)+ \($0.negativeUnits)−: \($0.kind.rawValue) \(Self.text($0.signature))"
          }
          .joined(separator: "; "),
        ]
      })
  }

  private static func text(_ signature: TeacherResult.Signature) -> String {
    "(\(signature.positive), \(signature.negative), \(signature.zero))"
  }

  private var families: PageTable {
    PageTable(
      caption: "Critical points that are not isolated.",
      columns: [
        .init(name: "rank"), .init(name: "dimension"), .init(name: "loss"), .init(name: "kind", isText: true),
      ],
      rows: result.families.map { family in
        [
          "\(family.rank)", "\(family.dimension)",
          family.loss.map { Rounded.text($0.doubleValue, digits: 10) } ?? "–",
          family.kind?.rawValue ?? "–",
        ]
      })
  }

  private func figure(_ points: [TeacherResult.CriticalPoint], _ omitted: Int) -> Figure {
    let marks = points.map { point in
      switch point.kind {
      case .minimum: ValueLadder.Mark(shape: .circle, colour: 2, meaning: "minimum")
      case .saddle: ValueLadder.Mark(shape: .diamond, colour: 1, meaning: "saddle")
      case .maximum: ValueLadder.Mark(shape: .diamond, colour: 0, meaning: "maximum")
      case .degenerate: ValueLadder.Mark(shape: .circle, colour: 6, isHollow: true, meaning: "degenerate")
      }
    }
    let ladder = ValueLadder(
      rows: zip(points, marks).enumerated().map { index, pair in
        .init(
          label: "\(index + 1), rank \(pair.0.rank)", value: pair.0.loss.doubleValue, mark: pair.1,
          name: "point \(index + 1), \(pair.1.meaning) of rank \(pair.0.rank)")
      },
      title: "half the squared distance from the teacher",
      legend: Set(marks).sorted { $0.meaning < $1.meaning })
    var drawing = Drawing()
    let height = ladder.draw(in: &drawing)
    return Figure(
      name: "ladder", title: "Losses of the critical points",
      description: "One mark for each real critical point at its loss: "
        + zip(marks, ladder.texts).prefix(12).map { "\($0.meaning) \($1)" }.joined(separator: ", ")
        + (points.count > 12 ? ", and so on." : "."),
      caption: "On the forms of exactly its rank." + (omitted == 0 ? "" : " \(omitted) points are left out."),
      width: ValueLadder.width, height: height, drawing: drawing)
  }
}
