/// `η` over the direction of a further unit's weight, for one input and a bias.
struct CertificateFigure {
  let networks: [DrawnNetwork]
  let data: TrainingData
  let ridge: Double
  let slope: Double
  let omitted: Int

  private static let width = 720.0

  func figure() -> Figure {
    let xs = data.inputs.map { $0[0] }
    let directions = DirectionAxis(xs)
    let kinks = Set(xs).sorted().flatMap { kink in
      [true, false].map { directions.place(ofKink: kink, isActiveAbove: $0) }
    }
    let samples = ((0...300).map { Double($0) / 150 } + kinks).sorted()
    let curves = networks.map { drawn in
      CertificateCurve(inputs: xs, residuals: drawn.network.weightedResiduals(data), slope: slope)
    }
    let values = curves.map { curve in
      samples.map { place in
        let (w, b) = directions.direction(at: place)
        return curve(w: w, b: b)
      }
    }
    let grid = PanelGrid(
      count: curves.count, columns: curves.count == 1 ? 1 : 2, width: Self.width,
      panelHeight: curves.count == 1 ? 260 : 170, bottom: 62)
    let range = Scale([-ridge, ridge] + values.joined(), from: 0, to: 1, margin: 0.08)
    var drawing = Drawing()
    for index in curves.indices {
      let area = grid.area(index)
      let axes = Axes(
        area: area, x: Scale(lower: 0, upper: 2, from: area.left, to: area.right),
        y: Scale(lower: range.lower, upper: range.upper, from: area.bottom, to: area.top))
      axes.drawY(in: &drawing, labels: grid.isFirstInRow(index))
      drawKinks(directions, xs, axes, labels: grid.isLastInColumn(index), in: &drawing)
      axes.title(y: grid.isFirstInRow(index) ? "η" : nil, in: &drawing, leftOf: 13)
      for kink in kinks {
        drawing.line(axes.place(kink, range.lower), Point(axes.x(kink), area.bottom - 5), "thin")
      }
      for level in [-ridge, ridge] {
        drawing.line(axes.place(0, level), axes.place(2, level), "dashed")
      }
      drawing.polyline(zip(samples, values[index]).map { axes.place($0, $1) }, PictureStyle.line(0))
      let network = networks[index].network
      for unit in 0..<network.units where network.a[unit] != 0 {
        let (w, b) = (network.w[unit][0], network.w[unit][1])
        let place = axes.place(directions.place(w: w, b: b), curves[index](w: w, b: b))
        drawing.circle(place, radius: 4.5, PictureStyle.fill(1), name: "direction of a unit")
      }
      grid.drawTitle(
        "\(networks[index].label)max|η|/λ = \(networks[index].ratioText)", of: index,
        in: &drawing)
    }
    return Figure(
      name: "certificate", title: "Dual certificate",
      description:
        "For each listed network the function eta over the direction of a further unit's weight, the "
        + "lines plus and minus lambda, and the directions of its units as dots.",
      caption: ([
        "Dots are the units, on the dashed lines ±λ. Where the curve leaves the strip between these lines, one more "
          + "unit with this direction would lower the loss; where it stays inside, no number of units would. Short "
          + "ticks are kinks at data points."
      ] + [advice(networks[0], curves[0])]
        + (omitted == 0 ? [] : ["\(omitted) further components are left out."]))
        .joined(separator: " "),
      width: Self.width, height: grid.height, drawing: drawing)
  }

  /// Ticks at round positions of the kink, for both kinds of units, and what the halves are.
  private func drawKinks(
    _ directions: DirectionAxis, _ xs: [Double], _ axes: Axes, labels: Bool, in drawing: inout Drawing
  ) {
    let area = axes.area
    let middle = axes.x(1)
    drawing.line(Point(middle, area.top), Point(middle, area.bottom), "thin")
    for isActiveAbove in [true, false] {
      let range = Scale(xs, from: 0, to: 1, margin: 0)
      var free = isActiveAbove ? area.left - 20 : middle
      for tick in range.ticks(3) {
        let x = axes.x(directions.place(ofKink: tick.value, isActiveAbove: isActiveAbove))
        drawing.line(Point(x, area.top), Point(x, area.bottom), "grid")
        let half = SVGText.width(tick.label, size: PictureStyle.tickSize) / 2
        guard labels, x - half > free, x + half < (isActiveAbove ? middle - 2 : area.right + 10) else {
          continue
        }
        drawing.label(tick.label, at: Point(x, area.bottom + 15), "tick", .middle)
        free = x + half + 4
      }
      guard labels else { continue }
      let centre = axes.x(isActiveAbove ? 0.5 : 1.5)
      let text = "active \(isActiveAbove ? "above" : "below")"
      drawing.label(text, at: Point(centre, area.bottom + 32), "axis", .middle)
    }
    guard labels else { return }
    let text = SVGText.fitted("kink at \(data.inputNames[0])", to: area.width, size: PictureStyle.labelSize)
    drawing.label(text, at: Point(middle, area.bottom + 50), "axis", .middle)
  }

  /// Whether and where a further unit would help the best network.
  private func advice(_ drawn: DrawnNetwork, _ curve: CertificateCurve) -> String {
    guard !drawn.isOptimal else {
      return "No further unit helps \(drawn.name): no number of units reaches a smaller loss."
    }
    let (w, b) = curve.peak
    let sign = curve(w: w, b: b) > 0 ? "positive" : "negative"
    guard w != 0 else {
      return
        "A further unit would help \(drawn.name) most as a constant, with \(sign) output weight."
    }
    return
      "A further unit would help \(drawn.name) most with its kink at \(data.inputNames[0]) = "
      + "\(Rounded.text(-b / w, digits: 4)), active \(w > 0 ? "above" : "below") it, with \(sign) output weight."
  }
}
