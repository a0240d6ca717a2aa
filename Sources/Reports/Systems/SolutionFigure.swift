import LandscapeModel

/// The curves of a system in two variables, and its real solutions.
struct SolutionFigure {
  private let variables: [String]
  private let texts: [String]
  private let curves: [Formula]
  private let solutions: [Point]

  private static let width = 720.0
  private static let cells = 240
  private static let mostCurves = 7

  /// - Returns: `nil` if a polynomial cannot be evaluated.
  init?(_ result: SolvedSystem, _ system: [String]) {
    let shown = system.prefix(Self.mostCurves)
    let formulas = shown.compactMap { Formula($0, variables: result.variables) }
    guard formulas.count == shown.count else { return nil }
    variables = result.variables
    texts = Array(shown)
    curves = formulas
    solutions = (result.realSolutions ?? []).map { Point($0[0].doubleValue, $0[1].doubleValue) }
      .filter { $0.x.isFinite && $0.y.isFinite }
  }

  func figure() -> Figure {
    let area = Area(left: 66, top: 14, width: Self.width - 86, height: 460)
    let (x, y) = ranges(area)
    let axes = Axes(
      area: area, x: Scale(lower: x.lowerBound, upper: x.upperBound, from: area.left, to: area.right),
      y: Scale(lower: y.lowerBound, upper: y.upperBound, from: area.bottom, to: area.top))
    var drawing = Drawing()
    axes.draw(in: &drawing)
    axes.title(x: variables[0], y: variables[1], in: &drawing, leftOf: 13)
    drawing.clipped(to: area, id: "curve-area") { inner in
      for (index, formula) in curves.enumerated() {
        for path in ZeroCurve(x: x, y: y, cells: Self.cells).paths(of: { formula([$0, $1]) }) {
          inner.polyline(path.map { axes.place($0.x, $0.y) }, PictureStyle.line(index))
        }
      }
    }
    drawSolutions(axes, in: &drawing)
    let legend = LineLegend(
      entries: texts.enumerated().map {
        (PictureStyle.line($0), SVGText.fitted("\($1) = 0", to: 520, size: PictureStyle.labelSize))
      })
    let below = legend.draw(in: &drawing, left: area.left, top: area.bottom + 54, width: area.width)
    return Figure(
      name: "curves", title: "The curves and their real solutions",
      description: "The zeros of \(ResultNotes.count(curves.count, "polynomial")) in the plane, and "
        + "\(ResultNotes.count(solutions.count, "common zero")).",
      caption:
        "Dots are the real solutions, numbered as in the table. Curves on which a polynomial keeps its sign are "
        + "not drawn.",
      width: Self.width, height: below + 16, drawing: drawing)
  }

  private func drawSolutions(_ axes: Axes, in drawing: inout Drawing) {
    var taken: [Point] = []
    for (index, solution) in solutions.enumerated() {
      let place = axes.place(solution.x, solution.y)
      drawing.circle(place, radius: 4.5, PictureStyle.fill(6), name: "solution \(index + 1)")
      let label = Point(place.x + 8, place.y - 7)
      guard label.x + 16 < axes.area.right, label.y - 10 > axes.area.top,
        taken.allSatisfy({ abs($0.x - label.x) > 22 || abs($0.y - label.y) > 15 })
      else { continue }
      taken.append(label)
      drawing.label("\(index + 1)", at: label, "name")
    }
  }

  /// Around the solutions, with units of the same length on both axes where that shows all.
  private func ranges(_ area: Area) -> (ClosedRange<Double>, ClosedRange<Double>) {
    guard !solutions.isEmpty else { return (-4...4, -3...3) }
    var (x, y) = (
      Scale(solutions.map(\.x), from: 0, to: 1, margin: 0.3),
      Scale(solutions.map(\.y), from: 0, to: 1, margin: 0.3)
    )
    let ratio = (x.upper - x.lower) / area.width * area.height / (y.upper - y.lower)
    if (0.05...20).contains(ratio) {
      if ratio > 1 { y = Self.widened(y, by: ratio) } else { x = Self.widened(x, by: 1 / ratio) }
    }
    return (x.lower...x.upper, y.lower...y.upper)
  }

  private static func widened(_ scale: Scale, by factor: Double) -> Scale {
    let (middle, half) = ((scale.lower + scale.upper) / 2, (scale.upper - scale.lower) / 2 * factor)
    return Scale(lower: middle - half, upper: middle + half, from: 0, to: 1)
  }
}
