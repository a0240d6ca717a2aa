import LandscapeModel

/// The conjugacy classes of subgroups by inclusion: a line wherever one class covers another.
struct OrbitTypeFigure {
  let degrees: BifurcationResult.Degrees

  /// So many nodes can be told apart.
  static let mostClasses = 100
  private static let width = 720.0
  private static let rowHeight = 46.0

  func figure() -> Figure {
    let classes = degrees.classes
    let orders = Set(classes.map(\.order)).sorted(by: >)
    var places = [Point](repeating: Point(0, 0), count: classes.count)
    var roomPerNode = [Double](repeating: 0, count: classes.count)
    for (row, order) in orders.enumerated() {
      let members = classes.indices.filter { classes[$0].order == order }
      let room = (Self.width - 90) / Double(members.count)
      for (position, index) in members.enumerated() {
        places[index] = Point(80 + (Double(position) + 0.5) * room, 24 + Double(row) * Self.rowHeight)
        roomPerNode[index] = room
      }
    }
    var drawing = Drawing()
    for pair in degrees.subgroups where pair.count == 2 && pair.allSatisfy(classes.indices.contains) {
      drawing.line(places[pair[0]], places[pair[1]], "link")
    }
    for (row, order) in orders.enumerated() {
      drawing.label("\(order)", at: Point(52, 28 + Double(row) * Self.rowHeight), "tick", .end)
    }
    drawing.uprightLabel("order", at: Point(13, 24 + Double(orders.count - 1) * Self.rowHeight / 2), "axis")
    for (index, place) in places.enumerated() {
      let node = classes[index]
      drawing.circle(
        place, radius: 4, PictureStyle.fill(0),
        name: "\(node.orbitType), order \(node.order), \(node.conjugates) conjugates")
      let text = SVGText.fitted(node.orbitType, to: roomPerNode[index] - 8, size: PictureStyle.tickSize)
      drawing.label(text, at: Point(place.x, place.y + 17), "tick", .middle)
    }
    return Figure(
      name: "orbit-types", title: "Orbit types",
      description:
        "\(classes.count) conjugacy classes of subgroups of the symmetric group in rows by their order, from "
        + "\(classes.map(\.order).max() ?? 1) to 1, with \(degrees.subgroups.count) lines between classes of which one covers "
        + "the other.",
      caption: "A line: the lower class is contained in the upper one, with none between.",
      width: Self.width, height: 24 + Double(orders.count) * Self.rowHeight, drawing: drawing)
  }
}
