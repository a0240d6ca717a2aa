/// The fitted functions of two inputs as filled contours, with the data and the units' kink lines.
struct ContourFigure {
  let networks: [DrawnNetwork]
  let data: TrainingData
  let omitted: Int

  private static let width = 720.0
  private static let nodes = 41

  func figure() -> Figure {
    let grid = PanelGrid(
      count: networks.count, columns: networks.count == 1 ? 1 : networks.count < 5 ? 2 : 3,
      width: Self.width - 66,
      panelHeight: networks.count == 1 ? 380 : 200)
    let (x, y) = (range(of: 0), range(of: 1))
    let values = networks.map { drawn in
      (0..<Self.nodes).map { row in
        (0..<Self.nodes).map { column in drawn.network([node(x, column), node(y, row)]) }
      }
    }
    let all = Scale(data.targets + values.joined().joined(), from: 0, to: 1, margin: 0)
    let bands = ColourBands(lower: all.lower, upper: all.upper)
    var drawing = Drawing()
    for (index, drawn) in networks.enumerated() {
      let network = drawn.network
      let axes = grid.drawAxes(
        of: index, x: x, y: y, titles: (x: data.inputNames[0], y: data.inputNames[1]), in: &drawing)
      bands.draw(FilledContours(values: values[index]), in: &drawing) { node in
        axes.place(self.node(x, node.x), self.node(y, node.y))
      }
      for unit in 0..<network.units where network.a[unit] != 0 && network.activation.hasKink {
        drawing.polyline(kinkLine(network, unit, x, y).map { axes.place($0.x, $0.y) }, "dashed")
      }
      for (input, target) in zip(data.inputs, data.targets) {
        let band = min(ColourBands.count - 1, bands.levels.lastIndex { $0 <= target } ?? 0)
        drawing.circle(
          axes.place(input[0], input[1]), radius: 4, "mark b\(band)", name: "observed \(Rounded.text(target))"
        )
      }
      drawing.rectangle(axes.area, "frame")
      grid.drawTitle(drawn.title, of: index, in: &drawing)
    }
    let first = grid.area(0)
    bands.drawLegend(
      in: &drawing, area: Area(left: Self.width - 66, top: first.top, width: 14, height: first.height))
    return Figure(
      name: "functions", title: "Fitted functions of two inputs",
      description:
        "For each listed network the network's output as filled contours, the kink lines of its units, and "
        + "the data as dots coloured by the observed target.",
      caption: "Dashed: kink lines of the units. Dots: the data, in the colour of \(data.targetName)."
        + (omitted == 0 ? "" : " \(omitted) further components are left out."),
      width: Self.width, height: grid.height, drawing: drawing)
  }

  private func range(of input: Int) -> Scale {
    Scale(data.inputs.map { $0[input] }, from: 0, to: 1, margin: 0.08)
  }

  private func node(_ range: Scale, _ position: Int) -> Double { node(range, Double(position)) }

  private func node(_ range: Scale, _ position: Double) -> Double {
    range.lower + (range.upper - range.lower) * position / Double(Self.nodes - 1)
  }

  /// The part of `⟨w, z⟩ = 0` inside the rectangle: two points, or none.
  private func kinkLine(_ network: PlainNetwork, _ unit: Int, _ x: Scale, _ y: Scale) -> [Point] {
    let corners = [(x.lower, y.lower), (x.upper, y.lower), (x.upper, y.upper), (x.lower, y.upper)]
    var ends: [Point] = []
    for (from, to) in zip(corners, corners.dropFirst() + [corners[0]]) {
      let (t0, t1) = (
        network.argument(of: unit, at: [from.0, from.1]), network.argument(of: unit, at: [to.0, to.1])
      )
      guard (t0 < 0) != (t1 < 0) else { continue }
      let share = t0 / (t0 - t1)
      ends.append(Point(from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1)))
    }
    return ends
  }
}
