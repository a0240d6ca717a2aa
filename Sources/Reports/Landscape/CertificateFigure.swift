import Algebra
import Foundation
import Landscapes

/// `η` over the direction of a further unit's weight, for one input and a bias.
struct CertificateFigure {
  let components: [LandscapeComponent]
  let networks: [PlainNetwork]
  let data: TrainingData
  let ridge: Double
  let slope: Double
  let omitted: Int

  private static let width = 720.0

  func figure() -> Figure {
    let curves = networks.map { network in
      CertificateCurve(
        vectors: data.inputs.map { ($0[0], 1) }, residuals: network.residuals(data), slope: slope)
    }
    let grid = PanelGrid(
      count: curves.count, columns: curves.count == 1 ? 1 : 2, width: Self.width,
      panelHeight: curves.count == 1 ? 260 : 170)
    let samples = curves.map(\.samples)
    let values = zip(curves, samples).map { curve, angles in angles.map { curve($0) } }
    let range = Scale([-ridge, ridge] + values.joined(), from: 0, to: 1, margin: 0.08)
    var drawing = Drawing()
    for index in curves.indices {
      let area = grid.area(index)
      let axes = Axes(
        area: area, x: Scale(lower: 0, upper: 360, from: area.left, to: area.right),
        y: Scale(lower: range.lower, upper: range.upper, from: area.bottom, to: area.top))
      axes.draw(in: &drawing, labelsX: grid.isLastInColumn(index), labelsY: grid.isFirstInRow(index), ticksX: 4)
      axes.title(
        x: grid.isLastInColumn(index) ? "direction of (w, b), degrees" : nil, y: grid.isFirstInRow(index) ? "η" : nil,
        in: &drawing, leftOf: 13)
      for kink in curves[index].kinks {
        let x = axes.x(kink * 180 / .pi)
        drawing.line(Point(x, area.bottom), Point(x, area.bottom - 5), "thin")
      }
      for level in [-ridge, ridge] {
        drawing.line(axes.place(0, level), axes.place(360, level), "dashed")
      }
      let points = zip(samples[index], values[index]).map { axes.place($0 * 180 / .pi, $1) }
      drawing.polyline(points, PictureStyle.line(0))
      for angle in directions(networks[index]) {
        let place = axes.place(angle * 180 / .pi, curves[index](angle))
        drawing.circle(place, radius: 4.5, PictureStyle.fill(1), name: "direction of a unit")
      }
      grid.drawTitle(
        "\(components[index].id): max|η|/λ = \(Rounded.text(ratio(index), digits: 5))", of: index, in: &drawing)
    }
    return Figure(
      name: "certificate", title: "Dual certificate",
      description: "For each listed component the function eta over the direction of a further unit's weight, the "
        + "lines plus and minus lambda, and the directions of its units as dots.",
      caption: ([
        "Dots are the units, on the dashed lines ±λ. Where the curve leaves the strip between these lines, one more "
          + "unit with this direction would lower the loss; where it stays inside, no number of units would. Short "
          + "ticks are kinks at data points."
      ] + [advice(components[0], curves[0])] + (omitted == 0 ? [] : ["\(omitted) further components are left out."]))
        .joined(separator: " "),
      width: Self.width, height: grid.height, drawing: drawing)
  }

  private func ratio(_ index: Int) -> Double { components[index].certificateRatio?.approximation ?? .nan }

  private func directions(_ network: PlainNetwork) -> [Double] {
    (0..<network.units).filter { network.a[$0] != 0 }.map {
      let angle = atan2(network.w[$0][1], network.w[$0][0])
      return angle < 0 ? angle + 2 * .pi : angle
    }
  }

  /// Whether and where a further unit would help the best component.
  private func advice(_ component: LandscapeComponent, _ curve: CertificateCurve) -> String {
    guard !component.globalForEveryWidth else {
      return "Component \(component.id) is global for every number of units: no further unit helps."
    }
    let angle = curve.peak
    let (w, b) = (cos(angle), sin(angle))
    let sign = curve(angle) > 0 ? "positive" : "negative"
    guard abs(w) > 1e-9 else {
      return "A further unit would help component \(component.id) most as a constant, with \(sign) output weight."
    }
    return "A further unit would help component \(component.id) most with its kink at \(data.inputNames[0]) = "
      + "\(Rounded.text(-b / w, digits: 4)), active \(w > 0 ? "above" : "below") it, with \(sign) output weight."
  }
}
