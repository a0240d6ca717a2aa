/// The units of one input by the position of their kinks and the change of slope there.
struct UnitFigure {
  let networks: [DrawnNetwork]
  let data: TrainingData
  let omitted: Int

  private static let width = 720.0

  func figure() -> Figure {
    let grid = PanelGrid(
      count: networks.count, columns: networks.count == 1 ? 1 : networks.count < 5 ? 2 : 3, width: Self.width,
      panelHeight: networks.count == 1 ? 240 : 150)
    let x = Scale(data.inputs.map { $0[0] }, from: 0, to: 1, margin: 0.15)
    let changes = networks.map(\.network).flatMap { network in
      (0..<network.units).map { network.changeOfSlope(of: $0) }
    }
    let y = Scale([0] + changes, from: 0, to: 1, margin: 0.2)
    let greatestMass = networks.flatMap { drawn in drawn.network.a.map { $0 * $0 } }.max() ?? 1
    var drawing = Drawing()
    for (index, drawn) in networks.enumerated() {
      let network = drawn.network
      let axes = grid.drawAxes(
        of: index, x: x, y: y, titles: (x: "kink, \(data.inputNames[0])", y: "change of slope"), in: &drawing)
      drawing.line(axes.place(x.lower, 0), axes.place(x.upper, 0), "thin")
      for unit in 0..<network.units {
        guard let kink = network.kink(of: unit) else { continue }
        let radius = 2.5 + 8 * (network.a[unit] * network.a[unit] / max(greatestMass, 1e-300)).squareRoot()
        // Kinks beyond the data are shown at the edge.
        let place = axes.place(min(max(kink, x.lower), x.upper), network.changeOfSlope(of: unit))
        let style = PictureStyle.fill(network.a[unit] > 0 ? 0 : 1)
        if kink == min(max(kink, x.lower), x.upper) {
          drawing.circle(place, radius: radius, style, name: "kink at \(Rounded.text(kink, digits: 6))")
        } else {
          let tip = kink < x.lower ? -1.0 : 1.0
          drawing.polygon(
            [
              Point(place.x, place.y), Point(place.x - tip * 1.6 * radius, place.y - radius),
              Point(place.x - tip * 1.6 * radius, place.y + radius),
            ], style)
        }
      }
      grid.drawTitle(drawn.title, of: index, in: &drawing)
    }
    return Figure(
      name: "units", title: "Units by kink and change of slope",
      description:
        "For each listed network its units: the position of the kink against the change of slope there.",
      caption:
        "The area grows with a unit's mass a². Blue: positive output weight; orange-red: negative. Triangles at "
        + "the edge point to kinks beyond the data."
        + (omitted == 0 ? "" : " \(omitted) further components are left out."),
      width: Self.width, height: grid.height, drawing: drawing)
  }
}
