/// The fitted functions of one input, in small multiples on one scale.
struct FunctionFigure {
  let networks: [DrawnNetwork]
  let data: TrainingData
  let omitted: Int

  private static let width = 720.0

  func figure() -> Figure {
    let grid = PanelGrid(
      count: networks.count, columns: networks.count == 1 ? 1 : networks.count < 5 ? 2 : 3, width: Self.width,
      panelHeight: networks.count == 1 ? 300 : 170)
    let xs = data.inputs.map { $0[0] }
    let range = Scale(xs, from: 0, to: 1)
    let curves = networks.map { curve(of: $0.network, from: range.lower, to: range.upper) }
    let y = Scale(data.targets + curves.joined().map(\.y), from: 0, to: 1)
    var drawing = Drawing()
    for (index, drawn) in networks.enumerated() {
      let network = drawn.network
      let axes = grid.drawAxes(
        of: index, x: range, y: y, titles: (x: data.inputNames[0], y: data.targetName), in: &drawing)
      for (x, target) in zip(xs, data.targets) {
        drawing.circle(axes.place(x, target), radius: 2.4, "datum")
      }
      let colour = drawn.colour
      drawing.polyline(curves[index].map { axes.place($0.x, $0.y) }, PictureStyle.line(colour))
      for kink in kinks(of: network) where range.lower < kink && kink < range.upper {
        drawing.circle(axes.place(kink, network([kink])), radius: 3.4, PictureStyle.hollow(colour))
        let foot = Point(axes.x(kink), axes.area.bottom)
        drawing.polygon(
          [foot, Point(foot.x - 4, foot.y - 8), Point(foot.x + 4, foot.y - 8)], PictureStyle.fill(colour))
      }
      grid.drawTitle(drawn.title, of: index, in: &drawing)
    }
    return Figure(
      name: "functions", title: "Data and fitted functions",
      description: "For each listed network the data as dots and the network's output as a curve; kinks at "
        + networks.prefix(6).map { drawn in
          let list = kinks(of: drawn.network).map { Rounded.text($0, digits: 4) }
          return "\(list.isEmpty ? "none" : list.joined(separator: " and ")) for \(drawn.name)"
        }.joined(separator: ", ") + ".",
      caption:
        "Rings on the curves and wedges on the axis are kinks: where a unit begins or ends to be active."
        + (omitted == 0 ? "" : " \(omitted) further components are left out."),
      width: Self.width, height: grid.height, drawing: drawing)
  }

  private func kinks(of network: PlainNetwork) -> [Double] {
    Set((0..<network.units).compactMap(network.kink)).sorted()
  }

  /// Piecewise linear functions by their corners, others by many points.
  private func curve(of network: PlainNetwork, from lower: Double, to upper: Double) -> [(
    x: Double, y: Double
  )] {
    var places = [lower] + kinks(of: network).filter { lower < $0 && $0 < upper } + [upper]
    if case .power = network.activation {
      places = (0...160).map { lower + (upper - lower) * Double($0) / 160 }
    }
    return places.map { ($0, network([$0])) }
  }
}
