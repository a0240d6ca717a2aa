import LandscapeModel

/// The discriminant in one or two unknowns, and its chambers labelled by their numbers of critical points.
struct ChamberFigure {
  private let discriminant: DiscriminantResult.Discriminant
  private let samples: [[Double]]
  /// What vanishes where, each factor for itself, as a factor with an even power keeps its sign.
  private let parts: [(name: String, factors: [Formula])]

  private static let width = 720.0
  private static let cells = 200

  /// - Returns: `nil` for more unknowns than two, or without chambers.
  init?(_ discriminant: DiscriminantResult.Discriminant) {
    let variables = discriminant.variables
    guard (1...2).contains(variables.count), let chambers = discriminant.chambers, !chambers.isEmpty else {
      return nil
    }
    let samples = chambers.map { $0.sample.compactMap(Formula.value) }
    guard samples.allSatisfy({ $0.count == variables.count }) else { return nil }
    self.discriminant = discriminant
    self.samples = samples
    func formulas(_ component: DiscriminantResult.Component) -> [Formula] {
      component.factors.compactMap { Formula($0.polynomial, variables: variables) }
    }
    parts =
      [
        ("degenerate", formulas(discriminant.degenerate)), ("rank drop", formulas(discriminant.rankDrop)),
        ("singular metric", discriminant.singularMetric.map(formulas) ?? []),
      ].filter { !$0.1.isEmpty }
  }

  func figure() -> Figure {
    let isPlane = discriminant.variables.count == 2
    let area = Area(left: 66, top: 14, width: Self.width - 86, height: isPlane ? 420 : 90)
    let (x, y) = (range(of: 0), isPlane ? range(of: 1) : 0...1)
    let axes = Axes(
      area: area, x: Scale(lower: x.lowerBound, upper: x.upperBound, from: area.left, to: area.right),
      y: Scale(lower: y.lowerBound, upper: y.upperBound, from: area.bottom, to: area.top))
    var drawing = Drawing()
    axes.draw(in: &drawing, labelsY: isPlane)
    axes.title(
      x: discriminant.variables[0], y: isPlane ? discriminant.variables[1] : nil, in: &drawing, leftOf: 13)
    drawing.clipped(to: area, id: "chamber-area") { inner in
      for (index, part) in parts.enumerated() {
        for formula in part.factors {
          let paths =
            isPlane
            ? ZeroCurve(x: x, y: y, cells: Self.cells).paths { formula([$0, $1]) }
            : Self.zeros(of: formula, in: x).map { [Point($0, y.lowerBound), Point($0, y.upperBound)] }
          for path in paths { inner.polyline(path.map { axes.place($0.x, $0.y) }, PictureStyle.line(index)) }
        }
      }
    }
    drawLabels(axes, in: &drawing)
    let legend = LineLegend(entries: parts.enumerated().map { (PictureStyle.line($0), $1.name) })
    let below = legend.draw(in: &drawing, left: area.left, top: area.bottom + 54, width: area.width)
    return Figure(
      name: "chambers", title: "Chambers of the discriminant",
      description:
        "The curves on which critical points change, and in each of \(samples.count) chambers the numbers of real "
        + "critical points and of minima.",
      caption:
        "A dot in each chamber; beside it the number of real critical points and, in brackets, of minima. Labels for "
        + "which there is no room are in the table only. Points and curves at which no sign changes are not drawn.",
      width: Self.width, height: below + 16, drawing: drawing)
  }

  private func drawLabels(_ axes: Axes, in drawing: inout Drawing) {
    var taken: [Area] = []
    for (sample, chamber) in zip(samples, discriminant.chambers ?? []) {
      let place = axes.place(sample[0], sample.count == 2 ? sample[1] : (axes.y.lower + axes.y.upper) / 2)
      drawing.circle(place, radius: 3, PictureStyle.fill(6))
      let text = "\(chamber.realCriticalPoints) (\(chamber.minima))"
      let box = Area(
        left: place.x + 5, top: place.y - 14, width: SVGText.width(text, size: PictureStyle.labelSize),
        height: 18)
      let isFree =
        box.right < axes.area.right && box.top > axes.area.top
        && taken.allSatisfy { other in
          box.right < other.left || other.right < box.left || box.bottom < other.top || other.bottom < box.top
        }
      guard isFree else { continue }
      taken.append(box)
      drawing.label(text, at: Point(box.left, place.y + 4), "name")
    }
  }

  /// What contains the samples, or the given bounds.
  private func range(of variable: Int) -> ClosedRange<Double> {
    let bounds =
      discriminant.box?[discriminant.variables[variable]]?.compactMap(Formula.value) ?? []
    let scale =
      bounds.count == 2
      ? Scale(bounds, from: 0, to: 1, margin: 0.02)
      : Scale(samples.map { $0[variable] } + [0], from: 0, to: 1, margin: 0.25)
    return scale.lower...scale.upper
  }

  private static func zeros(of formula: Formula, in range: ClosedRange<Double>) -> [Double] {
    ZeroCurve(x: range, y: 0...1, cells: 400).crossings { formula([$0]) }
  }
}
