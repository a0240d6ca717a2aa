import LandscapeModel

/// The distance of the branches from W = I against the parameter.
struct BranchFigure {
  let result: BifurcationResult
  let branches: [BifurcationResult.Branch]

  private static let width = 720.0

  func figure() -> Figure {
    let lines = branches.map { branch in
      branch.points.map { ($0.parameter.doubleValue, Self.distance($0.matrix, branch.direction), $0.index) }
    }
    let critical = result.criticalValues.map(\.value.doubleValue)
    let names = branches.map { "\($0.isotropy) \($0.direction.rawValue)" }
    let labelWidth = (names.map { SVGText.width($0, size: PictureStyle.labelSize) }.max() ?? 0) + 20
    let area = Area(left: 66, top: 14, width: Self.width - 76 - labelWidth, height: 380)
    let axes = Axes(
      area: area, x: Scale(critical + lines.joined().map(\.0), from: area.left, to: area.right),
      y: Scale([0] + lines.joined().map(\.1), from: area.bottom, to: area.top))
    var drawing = Drawing()
    axes.draw(in: &drawing)
    axes.title(
      x: result.family == .homotopy ? "λ" : "slope α", y: "signed distance from W = I", in: &drawing,
      leftOf: 13)
    drawTrunk(axes, in: &drawing)
    var marks = Drawing()
    for (index, branch) in branches.enumerated() {
      draw(
        lines[index], from: critical.indices.contains(branch.from - 1) ? critical[branch.from - 1] : nil,
        colour: index, axes, in: &drawing)
      for point in lines[index] {
        marks.circle(axes.place(point.0, point.1), radius: 2, "mark f\(index % PictureStyle.colours)")
      }
      for (singular, isFold) in branch.folds.map({ ($0, true) }) + branch.secondary.map({ ($0, false) }) {
        let place = axes.place(
          singular.parameter.doubleValue, Self.distance(singular.matrix, branch.direction))
        let style = PictureStyle.hollow(index)
        if isFold {
          marks.circle(place, radius: 4, style, name: "fold")
        } else {
          marks.diamond(place, radius: 3.5, style, name: "secondary bifurcation")
        }
      }
    }
    drawing.add(marks)
    let ends = lines.map { axes.place($0.last?.0 ?? 0, $0.last?.1 ?? 0) }
    let places = LabelColumn.places(ends.map(\.y), distance: 15, within: (area.top + 6)...(area.bottom - 4))
    for (index, name) in names.enumerated() {
      drawing.line(ends[index], Point(area.right + 8, places[index]), "grid")
      drawing.circle(Point(area.right + 8, places[index]), radius: 3.5, PictureStyle.fill(index))
      drawing.label(name, at: Point(area.right + 15, places[index] + 4), "note")
    }
    let legend = LineLegend(entries: [
      (PictureStyle.line(6), "minimum (index 0)"), (PictureStyle.line(6) + " weak", "saddle"),
    ])
    let below = legend.draw(in: &drawing, left: area.left, top: area.bottom + 54, width: area.width)
    return Figure(
      name: "branches", title: "Branches that leave W = I",
      description:
        "The distance of \(ResultNotes.count(branches.count, "branch", plural: "branches")) from W = I against the "
        + "parameter: "
        + zip(names, branches).map { "\($0), \(ResultNotes.count($1.points.count, "point"))" }.joined(
          separator: "; ") + ".",
      caption:
        "Small dots are proved critical points; the lines between them only guide the eye. Rings: folds. Diamonds: "
        + "branches of less symmetry leave there. The distance is the Frobenius norm of W − I, negative for branches "
        + "on which the first diagonal entry begins to fall.",
      width: Self.width, height: below + 16, drawing: drawing)
  }

  /// W = I itself, by its index.
  private func drawTrunk(_ axes: Axes, in drawing: inout Drawing) {
    for interval in result.morseIndex {
      let from = max(interval.from?.doubleValue ?? axes.x.lower, axes.x.lower)
      let to = min(interval.to?.doubleValue ?? axes.x.upper, axes.x.upper)
      guard from < to else { continue }
      drawing.line(
        axes.place(from, 0), axes.place(to, 0), PictureStyle.line(6) + (interval.index == 0 ? "" : " weak"))
    }
  }

  private func draw(
    _ line: [(Double, Double, Int)], from start: Double?, colour: Int, _ axes: Axes, in drawing: inout Drawing
  ) {
    guard let first = line.first else { return }
    var run = [axes.place(start ?? first.0, start == nil ? first.1 : 0), axes.place(first.0, first.1)]
    var isMinimum = first.2 == 0
    func style() -> String { PictureStyle.line(colour) + (isMinimum ? "" : " weak") }
    for point in line.dropFirst() {
      let place = axes.place(point.0, point.1)
      if (point.2 == 0) != isMinimum {
        drawing.polyline(run, style())
        run = [run[run.count - 1]]
        isMinimum = point.2 == 0
      }
      run.append(place)
    }
    drawing.polyline(run, style())
  }

  /// The Frobenius norm of `W − I`, with the sign of the direction in which the branch leaves.
  private static func distance(
    _ matrix: [[DecimalEnclosure]], _ direction: BifurcationResult.HalfBranch.Direction
  ) -> Double {
    var square = 0.0
    for (row, entries) in matrix.enumerated() {
      for (column, entry) in entries.enumerated() {
        let difference = entry.doubleValue - (row == column ? 1 : 0)
        square += difference * difference
      }
    }
    return direction == .plus ? square.squareRoot() : -square.squareRoot()
  }
}
