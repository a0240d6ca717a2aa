/// The frame of a plot with two linear axes.
struct Axes {
  let area: Area
  let x: Scale
  let y: Scale

  func place(_ x: Double, _ y: Double) -> Point { Point(self.x(x), self.y(y)) }

  /// Draws frame, grid and ticks.
  ///
  /// - Parameters:
  ///   - labelsX: whether the ticks below are labelled, likewise those at the left.
  func draw(in drawing: inout Drawing, labelsX: Bool = true, labelsY: Bool = true, ticksX: Int? = nil) {
    drawing.rectangle(area, "plot")
    drawX(in: &drawing, labels: labelsX, count: ticksX ?? max(3, Int(area.width / 70)))
    drawTicksY(in: &drawing, labels: labelsY)
    drawing.rectangle(area, "frame")
  }

  /// Draws frame, grid and ticks of the vertical axis only.
  func drawY(in drawing: inout Drawing, labels: Bool) {
    drawing.rectangle(area, "plot")
    drawTicksY(in: &drawing, labels: labels)
    drawing.rectangle(area, "frame")
  }

  private func drawTicksY(in drawing: inout Drawing, labels: Bool) {
    for tick in y.ticks(max(2, Int(area.height / 45))) {
      let place = y(tick.value)
      drawing.line(Point(area.left, place), Point(area.right, place), "grid")
      if labels { drawing.label(tick.label, at: Point(area.left - 6, place + 4), "tick", .end) }
    }
  }

  private func drawX(in drawing: inout Drawing, labels: Bool, count: Int) {
    var free = -Double.infinity
    for tick in x.ticks(count) {
      let place = x(tick.value)
      drawing.line(Point(place, area.top), Point(place, area.bottom), "grid")
      let half = SVGText.width(tick.label, size: PictureStyle.tickSize) / 2
      guard labels, place - half > free, place + half < area.right + 18 else { continue }
      drawing.label(tick.label, at: Point(place, area.bottom + 15), "tick", .middle)
      free = place + half + 4
    }
  }

  /// What the axes mean.
  func title(x: String? = nil, y: String? = nil, in drawing: inout Drawing, leftOf column: Double) {
    if let x {
      let text = SVGText.fitted(x, to: area.width, size: PictureStyle.labelSize)
      drawing.label(text, at: Point((area.left + area.right) / 2, area.bottom + 34), "axis", .middle)
    }
    if let y {
      let text = SVGText.fitted(y, to: area.height, size: PictureStyle.labelSize)
      drawing.uprightLabel(text, at: Point(column, (area.top + area.bottom) / 2), "axis")
    }
  }
}

/// Moves labels in a column apart, so that none overlaps another.
enum LabelColumn {
  /// Places for labels that want to be at `wanted`, at least `distance` apart, inside `range` where they fit.
  static func places(_ wanted: [Double], distance: Double, within range: ClosedRange<Double>) -> [Double] {
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    var places = order.map { min(max(wanted[$0], range.lowerBound), range.upperBound) }
    for index in places.indices.dropFirst() {
      places[index] = max(places[index], places[index - 1] + distance)
    }
    var limit = range.upperBound
    for index in places.indices.reversed() {
      places[index] = min(places[index], limit)
      limit = places[index] - distance
    }
    var result = wanted
    for (position, index) in order.enumerated() { result[index] = places[position] }
    return result
  }
}
