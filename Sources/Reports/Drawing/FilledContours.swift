/// A function on a rectangle of numbers as bands of colour between levels.
struct FilledContours {
  /// `values[row][column]` at the nodes of a regular grid; not a number outside of the function's domain.
  let values: [[Double]]

  /// The polygons where the function is at least a level, in units of cells from the first node.
  func polygons(atLeast level: Double) -> [[Point]] {
    var result: [[Point]] = []
    for row in 0..<(values.count - 1) {
      var runStart: Int?
      func endRun(at column: Int) {
        guard let start = runStart else { return }
        let (left, right, top, bottom) = (Double(start), Double(column), Double(row), Double(row + 1))
        result.append([Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)])
        runStart = nil
      }
      for column in 0..<(values[row].count - 1) {
        let corners = corners(row, column)
        if corners.allSatisfy({ $0.value >= level }) {
          runStart = runStart ?? column
          continue
        }
        endRun(at: column)
        if corners.contains(where: { $0.value >= level }), corners.allSatisfy({ !$0.value.isNaN }) {
          result.append(Self.clip(corners, level))
        }
      }
      endRun(at: values[row].count - 1)
    }
    return result
  }

  /// The corners of a cell in order around it.
  private func corners(_ row: Int, _ column: Int) -> [(place: Point, value: Double)] {
    [(0, 0), (0, 1), (1, 1), (1, 0)].map { down, right in
      (Point(Double(column + right), Double(row + down)), values[row + down][column + right])
    }
  }

  /// The part of a cell where linear interpolation along its edges is at least the level.
  private static func clip(_ corners: [(place: Point, value: Double)], _ level: Double) -> [Point] {
    var polygon: [Point] = []
    for (index, corner) in corners.enumerated() {
      let next = corners[(index + 1) % corners.count]
      if corner.value >= level { polygon.append(corner.place) }
      if (corner.value >= level) != (next.value >= level) {
        let share = (level - corner.value) / (next.value - corner.value)
        polygon.append(
          Point(
            corner.place.x + share * (next.place.x - corner.place.x),
            corner.place.y + share * (next.place.y - corner.place.y)))
      }
    }
    return polygon
  }
}

/// Nine colours from blue over a neutral tone to orange, for values around a middle.
struct ColourBands {
  let lower: Double
  let upper: Double

  static let count = 9

  /// The lower ends of the bands.
  var levels: [Double] { (0..<Self.count).map { lower + (upper - lower) * Double($0) / Double(Self.count) } }

  /// Draws the bands of a function whose nodes `(column, row)` lie at the places that `place` tells.
  func draw(_ contours: FilledContours, in drawing: inout Drawing, place: (Point) -> Point) {
    for (index, level) in levels.enumerated() {
      let polygons = contours.polygons(atLeast: index == 0 ? -.infinity : level)
      drawing.polygons(polygons.map { $0.map(place) }, "b\(index)")
    }
  }

  /// A legend of the height of a plot.
  func drawLegend(in drawing: inout Drawing, area: Area) {
    let step = area.height / Double(Self.count)
    for index in 0..<Self.count {
      let top = area.bottom - Double(index + 1) * step
      drawing.rectangle(Area(left: area.left, top: top, width: area.width, height: step), "b\(index)")
    }
    let scale = Scale(lower: lower, upper: upper, from: area.bottom, to: area.top)
    for tick in scale.ticks(5) {
      drawing.label(tick.label, at: Point(area.right + 5, scale(tick.value) + 4), "tick")
    }
    drawing.rectangle(area, "frame")
  }
}
