/// Fitted against observed values, for more than two inputs.
struct FittedFigure {
  let networks: [DrawnNetwork]
  let data: TrainingData
  let omitted: Int

  private static let width = 720.0

  func figure() -> Figure {
    let grid = PanelGrid(
      count: networks.count, columns: networks.count == 1 ? 1 : 3, width: Self.width, panelHeight: 190)
    let fitted = networks.map { drawn in data.inputs.map { drawn.network($0) } }
    let range = Scale(data.targets + fitted.joined(), from: 0, to: 1)
    var drawing = Drawing()
    for (index, drawn) in networks.enumerated() {
      let axes = grid.drawAxes(
        of: index, x: range, y: range, titles: (x: "observed \(data.targetName)", y: "fitted"), in: &drawing)
      drawing.line(axes.place(range.lower, range.lower), axes.place(range.upper, range.upper), "dashed")
      for (observed, value) in zip(data.targets, fitted[index]) {
        drawing.circle(axes.place(observed, value), radius: 3.2, PictureStyle.fill(0))
      }
      grid.drawTitle(drawn.title, of: index, in: &drawing)
    }
    return Figure(
      name: "fitted", title: "Fitted against observed values",
      description: "For each listed network the network's outputs against the observed targets.",
      caption: omitted == 0 ? "" : "\(omitted) further components are left out.",
      width: Self.width, height: grid.height, drawing: drawing)
  }
}
