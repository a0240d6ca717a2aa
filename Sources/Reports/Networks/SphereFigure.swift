/// `η` over the sphere of directions `(w₁, w₂, b)`, for two inputs and a bias: two equal-area maps of its halves.
struct SphereFigure {
  let drawn: DrawnNetwork
  let data: TrainingData
  let ridge: Double

  private static let width = 720.0
  private static let nodes = 49

  func figure() -> Figure {
    let network = drawn.network
    let residuals = network.weightedResiduals(data)
    func certificate(_ u: [Double]) -> Double {
      zip(data.inputs, residuals).reduce(0) { sum, row in
        sum + row.1 * network.activation(u[0] * row.0[0] + u[1] * row.0[1] + u[2])
      }
    }
    let halves = [1.0, -1.0].map { side in
      (0..<Self.nodes).map { row in
        (0..<Self.nodes).map { column in
          certificate(Self.direction(Self.coordinate(column), Self.coordinate(row), side))
        }
      }
    }
    let greatest = halves.joined().joined().filter { !$0.isNaN }.map { abs($0) }.reduce(ridge) { max($0, $1) }
    let bands = ColourBands(lower: -greatest, upper: greatest)
    let radius = 150.0
    var drawing = Drawing()
    for (index, side) in [1.0, -1.0].enumerated() {
      let centre = Point(30 + radius + Double(index) * (2 * radius + 30), 34 + radius)
      func place(_ x: Double, _ y: Double) -> Point { Point(centre.x + radius * x, centre.y - radius * y) }
      drawing.circle(centre, radius: radius, "plot")
      drawing.clipped(toCircle: centre, radius: radius, id: side > 0 ? "upper-half" : "lower-half") { inner in
        bands.draw(FilledContours(values: halves[index]), in: &inner) { node in
          place(Self.coordinate(node.x), Self.coordinate(node.y))
        }
        // Where |η| exceeds λ.
        for (level, sign) in [(ridge, 1.0), (ridge, -1.0)] {
          let beyond = FilledContours(values: halves[index].map { $0.map { $0 * sign } })
          inner.polygons(
            beyond.polygons(atLeast: level).map {
              $0.map { place(Self.coordinate($0.x), Self.coordinate($0.y)) }
            },
            "band f3")
        }
      }
      drawing.circle(centre, radius: radius, "frame")
      for unit in 0..<network.units where network.a[unit] != 0 {
        guard let map = Self.map(network.w[unit]), map.side == side else { continue }
        drawing.circle(place(map.x, map.y), radius: 5, PictureStyle.fill(1), name: "direction of a unit")
      }
      drawing.label(side > 0 ? "b ≥ 0" : "b ≤ 0", at: Point(centre.x, 20), "name", .middle)
    }
    bands.drawLegend(in: &drawing, area: Area(left: Self.width - 66, top: 34, width: 14, height: 2 * radius))
    return Figure(
      name: "certificate", title: "Dual certificate of \(drawn.name)",
      description:
        "The function eta over the sphere of directions of a further unit, as two equal-area maps; its "
        + "greatest absolute value is \(drawn.ratioText) times lambda.",
      caption:
        "The centre of each map is the direction of the bias, the rim is b = 0; right is \(data.inputNames[0]), "
        + "up is \(data.inputNames[1]). Dots: the units. Tinted: |η| > λ, where one more unit would lower the loss "
        + "(max|η|/λ = \(drawn.ratioText)).",
      width: Self.width, height: 2 * radius + 54, drawing: drawing)
  }

  private static func coordinate(_ node: Int) -> Double { coordinate(Double(node)) }

  /// From −1 to 1.
  private static func coordinate(_ node: Double) -> Double { -1 + 2 * node / Double(nodes - 1) }

  /// The inverse of Lambert's azimuthal projection; beyond the rim it goes on to the other half.
  private static func direction(_ x: Double, _ y: Double, _ side: Double) -> [Double] {
    let square = x * x + y * y
    let factor = max(0, 2 - square).squareRoot()
    return [x * factor, y * factor, side * (1 - square)]
  }

  private static func map(_ w: [Double]) -> (x: Double, y: Double, side: Double)? {
    let length = w.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0 else { return nil }
    let side = w[2] < 0 ? -1.0 : 1.0
    let factor = 1 / (1 + abs(w[2]) / length).squareRoot() / length
    return (w[0] * factor, w[1] * factor, side)
  }
}
