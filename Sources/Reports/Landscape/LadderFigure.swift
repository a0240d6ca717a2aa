import LandscapeModel

/// One mark for each component at its loss.
struct LadderFigure {
  let components: [LandscapeComponent]
  /// How many are left out.
  let omitted: Int

  private static let row = 18.0
  private static let width = 720.0

  func figure() -> Figure {
    let losses = components.map(\.loss.doubleValue)
    let labels = components.map { "\($0.id)" }
    let texts = losses.map { Rounded.text($0, digits: 10) }
    let labelWidth = (texts + labels).map { SVGText.width($0, size: PictureStyle.labelSize) }.max() ?? 0
    let left = labelWidth + 66
    let top = 12.0
    let height = Double(components.count) * Self.row + 12
    let area = Area(left: left, top: top, width: Self.width - left - 20, height: height)
    var drawing = Drawing()
    let axis = BrokenAxis(losses, from: area.left, to: area.right)
    axis.draw(in: &drawing, area: area)
    for (index, component) in components.enumerated() {
      let y = top + 6 + (Double(index) + 0.5) * Self.row
      drawing.label(labels[index], at: Point(34, y + 4), "name", .end)
      drawing.label(texts[index], at: Point(left - 10, y + 4), "note", .end)
      let x = axis(losses[index])
      drawing.line(Point(area.left, y), Point(x, y), "grid")
      mark(component, at: Point(x, y), in: &drawing)
    }
    drawing.label("loss", at: Point((area.left + area.right) / 2, area.bottom + 34), "axis", .middle)
    legend(in: &drawing, top: area.bottom + 52)
    return Figure(
      name: "ladder", title: "Losses of all listed components",
      description: "One mark for each component at its loss: "
        + zip(labels, texts).prefix(12).map { "\($0): \($1)" }.joined(separator: ", ")
        + (components.count > 12 ? ", and so on." : "."),
      caption: omitted == 0
        ? ""
        : "\(omitted) components of greater loss are left out; the result embedded in this file has them.",
      width: Self.width, height: area.bottom + 76, drawing: drawing)
  }

  private func mark(_ component: LandscapeComponent, at place: Point, in drawing: inout Drawing) {
    let colour = min(component.dimension, PictureStyle.colours - 1)
    let isOpen = component.ends == .open
    let style = isOpen ? PictureStyle.hollow(colour) : PictureStyle.fill(colour)
    let name = "component \(component.id), \(Self.kind(component))"
    if component.globalForWidth == .yes {
      drawing.star(place, radius: 6, style, name: name)
    } else if component.kind == .isolated {
      drawing.circle(place, radius: 5, style, name: name)
    } else {
      drawing.diamond(place, radius: 5, style, name: name)
    }
  }

  static func kind(_ component: LandscapeComponent) -> String {
    component.kind == .isolated
      ? "isolated" : "a family of dimension \(component.dimension) with \(component.ends.rawValue) ends"
  }

  /// Only what occurs.
  private func legend(in drawing: inout Drawing, top: Double) {
    var x = 20.0
    func entry(_ text: String, _ draw: (inout Drawing, Point) -> Void) {
      draw(&drawing, Point(x + 6, top))
      drawing.label(text, at: Point(x + 18, top + 4), "note")
      x += 34 + SVGText.width(text, size: PictureStyle.labelSize)
    }
    if components.contains(where: { $0.globalForWidth == .yes }) {
      entry("global") { $0.star($1, radius: 6, PictureStyle.fill(0)) }
    }
    if components.contains(where: { $0.kind == .isolated }) {
      entry("isolated") { $0.circle($1, radius: 5, PictureStyle.fill(0)) }
    }
    for dimension in Set(components.map(\.dimension)).subtracting([0]).sorted() {
      let family = components.filter { $0.dimension == dimension }
      for isOpen in [false, true] where family.contains(where: { ($0.ends == .open) == isOpen }) {
        let colour = min(dimension, PictureStyle.colours - 1)
        entry("family, dimension \(dimension)" + (isOpen ? ", open ends" : "")) {
          $0.diamond($1, radius: 5, isOpen ? PictureStyle.hollow(colour) : PictureStyle.fill(colour))
        }
      }
    }
  }
}
