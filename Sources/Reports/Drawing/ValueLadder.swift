/// One mark for each value on a row of its own, with a legend.
struct ValueLadder {
  enum Shape {
    case star
    case circle
    case diamond
  }

  /// How a row is marked.
  struct Mark: Hashable {
    var shape: Shape
    var colour: Int
    var isHollow = false
    /// For the legend.
    var meaning: String

    func draw(at place: Point, name: String? = nil, in drawing: inout Drawing) {
      let style = isHollow ? PictureStyle.hollow(colour) : PictureStyle.fill(colour)
      switch shape {
      case .star: drawing.star(place, radius: 6, style, name: name)
      case .circle: drawing.circle(place, radius: 5, style, name: name)
      case .diamond: drawing.diamond(place, radius: 5, style, name: name)
      }
    }
  }

  struct Row {
    let label: String
    let value: Double
    let mark: Mark
    /// What a pointer over the mark shows.
    let name: String
  }

  let rows: [Row]
  /// What the values are.
  let title: String
  /// What the legend explains, in its order.
  let legend: [Mark]

  static let width = 720.0
  private static let row = 18.0

  /// The values as they are printed.
  var texts: [String] { rows.map { Rounded.text($0.value, digits: 10) } }

  /// - Returns: the picture's height.
  func draw(in drawing: inout Drawing) -> Double {
    let widths = rows.map { SVGText.width($0.label, size: PictureStyle.labelSize) }
    let labelWidth = widths.max() ?? 0
    let textWidth = texts.map { SVGText.width($0, size: PictureStyle.labelSize) }.max() ?? 0
    let labelEnd = max(34, labelWidth + 8)
    let left = max(labelEnd + 14 + textWidth, max(labelWidth, textWidth) + 56) + 10
    let area = Area(
      left: left, top: 12, width: Self.width - left - 20, height: Double(rows.count) * Self.row + 12)
    let axis = BrokenAxis(rows.map(\.value), from: area.left, to: area.right)
    axis.draw(in: &drawing, area: area)
    for (index, row) in rows.enumerated() {
      let y = area.top + 6 + (Double(index) + 0.5) * Self.row
      drawing.label(row.label, at: Point(labelEnd, y + 4), "name", .end)
      drawing.label(texts[index], at: Point(left - 10, y + 4), "note", .end)
      let x = axis(row.value)
      drawing.line(Point(area.left, y), Point(x, y), "grid")
      row.mark.draw(at: Point(x, y), name: row.name, in: &drawing)
    }
    drawing.label(title, at: Point((area.left + area.right) / 2, area.bottom + 34), "axis", .middle)
    let bottom = Self.drawLegend(legend, top: area.bottom + 52, in: &drawing)
    return bottom + 24
  }

  /// Marks with their meanings in as many lines as they need.
  ///
  /// - Returns: where the last line is.
  private static func drawLegend(_ marks: [Mark], top: Double, in drawing: inout Drawing) -> Double {
    var place = Point(20, top)
    for mark in marks {
      let length = 34 + SVGText.width(mark.meaning, size: PictureStyle.labelSize)
      if place.x > 20, place.x + length > width { place = Point(20, place.y + 18) }
      mark.draw(at: Point(place.x + 6, place.y), in: &drawing)
      drawing.label(mark.meaning, at: Point(place.x + 18, place.y + 4), "note")
      place.x += length
    }
    return place.y
  }
}

/// Short lines with their meanings.
struct LineLegend {
  let entries: [(style: String, meaning: String)]

  /// - Returns: where the last line of text is.
  func draw(in drawing: inout Drawing, left: Double, top: Double, width: Double) -> Double {
    var place = Point(left, top)
    for (style, meaning) in entries {
      let length = 50 + SVGText.width(meaning, size: PictureStyle.labelSize)
      if place.x > left, place.x + length > left + width { place = Point(left, place.y + 18) }
      drawing.line(place, Point(place.x + 22, place.y), style)
      drawing.label(meaning, at: Point(place.x + 28, place.y + 4), "note")
      place.x += length
    }
    return place.y
  }
}
