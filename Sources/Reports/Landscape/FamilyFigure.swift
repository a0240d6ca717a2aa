import LandscapeModel

/// What varies in a family: two units with one direction share a mass; `a` lies on an arc.
struct FamilyFigure {
  let components: [LandscapeComponent]
  let omitted: Int

  private static let size = 190.0
  private static let width = 720.0

  /// Families in which some face has more than one unit, or whose masses vary.
  static func applies(to component: LandscapeComponent) -> Bool {
    component.dimension > 0 && component.units.contains { $0.outputSign != 0 && $0.total != nil }
  }

  func figure() -> Figure {
    let grid = PanelGrid(
      count: components.count, columns: 3, width: Self.width * Double(min(3, components.count)) / 3,
      panelHeight: Self.size, left: 20, bottom: 10)
    var drawing = Drawing()
    for (index, component) in components.enumerated() {
      let area = grid.area(index)
      if component.vertices?.first?.count ?? 0 >= 2 {
        drawShares(component, area, in: &drawing)
      } else {
        drawArc(component, area, in: &drawing)
      }
      grid.drawTitle("\(component.id): dimension \(component.dimension)", of: index, in: &drawing)
    }
    return Figure(
      name: "families", title: "What varies in the families",
      description:
        "For each family either the output weights of two units with one direction, which lie on an arc of a "
        + "circle, or the vertices of the polygon of possible masses.",
      caption:
        "Along a family the loss does not change. An arc shows the output weights of two units with one "
        + "direction: the sum of their squares is fixed. Rings are ends that do not belong to the family. Where masses of "
        + "different directions vary, the polygon of the first two masses is shown with its vertices."
        + (omitted == 0 ? "" : " \(omitted) further families are left out."),
      width: max(300, Self.width * Double(min(3, components.count)) / 3), height: grid.height,
      drawing: drawing)
  }

  private func drawArc(
    _ component: LandscapeComponent, _ area: Area, in drawing: inout Drawing
  ) {
    guard
      let units = component.units.first(where: { $0.outputSign != 0 && $0.count > 1 })
        ?? component.units.first,
      let total = units.total?.doubleValue, total.isFinite
    else { return }
    let radius = total.squareRoot()
    let sign = Double(units.outputSign)
    let axes = frame([0, sign * radius], [0, sign * radius], ("a₁", "a₂"), area, in: &drawing)
    let arc = (0...60).map { step -> Point in
      // A quarter of a circle by the tangent of half the angle.
      let t = Double(step) / 60
      let scale = sign * radius / (1 + t * t)
      return axes.place(scale * (1 - t * t), scale * 2 * t)
    }
    let colour = min(component.dimension, PictureStyle.colours - 1)
    drawing.polyline(arc, PictureStyle.line(colour))
    for end in [axes.place(sign * radius, 0), axes.place(0, sign * radius)] {
      drawing.circle(
        end, radius: 4.5, component.ends == .open ? PictureStyle.hollow(colour) : PictureStyle.fill(colour))
    }
  }

  private func drawShares(
    _ component: LandscapeComponent, _ area: Area, in drawing: inout Drawing
  ) {
    let vertices = (component.vertices ?? []).map { ($0[0].doubleValue, $0[1].doubleValue) }
    let axes = frame(
      [0] + vertices.map(\.0), [0] + vertices.map(\.1), ("mass of the first direction", "mass of the second"),
      area, in: &drawing)
    let colour = min(component.dimension, PictureStyle.colours - 1)
    let middle = vertices.reduce((0.0, 0.0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    let centre = (middle.0 / Double(vertices.count), middle.1 / Double(vertices.count))
    let around = vertices.sorted { Self.precedes($0, $1, around: centre) }
    drawing.polygon(around.map { axes.place($0.0, $0.1) }, "band f\(colour)")
    drawing.polygon(around.map { axes.place($0.0, $0.1) }, PictureStyle.line(colour))
    for vertex in vertices {
      drawing.circle(
        axes.place(vertex.0, vertex.1), radius: 4.5,
        component.ends == .open ? PictureStyle.hollow(colour) : PictureStyle.fill(colour))
    }
  }

  private func frame(
    _ xs: [Double], _ ys: [Double], _ names: (String, String), _ area: Area,
    in drawing: inout Drawing
  ) -> Axes {
    let plot = Area(
      left: area.left + 54, top: area.top, width: area.width - 54, height: area.height - 40)
    let axes = Axes(
      area: plot, x: Scale(xs, from: plot.left, to: plot.right, margin: 0.12),
      y: Scale(ys, from: plot.bottom, to: plot.top, margin: 0.12))
    axes.draw(in: &drawing)
    axes.title(x: names.0, y: names.1, in: &drawing, leftOf: area.left + 8)
    return axes
  }

  /// By the angle around a centre.
  private static func precedes(
    _ left: (Double, Double), _ right: (Double, Double), around centre: (Double, Double)
  ) -> Bool {
    func half(_ p: (Double, Double)) -> Int { p.1 > centre.1 || (p.1 == centre.1 && p.0 >= centre.0) ? 0 : 1 }
    if half(left) != half(right) { return half(left) < half(right) }
    let cross =
      (left.0 - centre.0) * (right.1 - centre.1) - (left.1 - centre.1) * (right.0 - centre.0)
    return cross > 0
  }
}
