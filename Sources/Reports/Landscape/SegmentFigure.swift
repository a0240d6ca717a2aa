import LandscapeModel

/// The loss along the straight segments from the best component to the others.
struct SegmentFigure {
  let networks: [DrawnNetwork]
  /// Beside the ends of the curves, one for each network.
  let labels: [String]
  let data: TrainingData
  let problem: EnumerationResult.ProblemSummary
  let ridge: Double
  let omitted: Int

  private static let width = 720.0
  private static let steps = 100

  func figure() -> Figure {
    let best = networks[0].network
    let others = Array(networks.indices.dropFirst())
    let paths = others.map { index in
      let order = UnitMatching.closest(best, networks[index].network, isEven: problem.activation == "abs")
      return (0...Self.steps).map { step in
        loss(best.moved(to: order.network, order: order.partners, share: Double(step) / Double(Self.steps)))
      }
    }
    let labels = others.map { self.labels[$0] }
    let labelWidth = (labels.map { SVGText.width($0, size: PictureStyle.labelSize) }.max() ?? 0) + 16
    let area = Area(left: 86, top: 14, width: Self.width - 86 - labelWidth - 14, height: 300)
    let axes = Axes(
      area: area, x: Scale(lower: 0, upper: 1, from: area.left, to: area.right),
      y: Scale(paths.joined(), from: area.bottom, to: area.top))
    var drawing = Drawing()
    axes.draw(in: &drawing)
    axes.title(
      x: "share of the way from \(networks[0].name)", y: "loss", in: &drawing, leftOf: 13)
    for (position, path) in paths.enumerated() {
      let points = path.enumerated().map { axes.place(Double($0) / Double(Self.steps), $1) }
      drawing.polyline(points, PictureStyle.line(position))
    }
    let ends = paths.map { axes.y($0[Self.steps]) }
    let places = LabelColumn.places(ends, distance: 14, within: area.top...area.bottom)
    for (label, (end, place)) in zip(labels, zip(ends, places)) {
      drawing.line(Point(area.right, end), Point(area.right + 8, place), "thin")
      drawing.label(label, at: Point(area.right + 11, place + 4), "note")
    }
    let barriers = zip(labels, paths).prefix(6).map { label, path in
      "\(Rounded.text((path.max() ?? 0) - path[0], digits: 4)) to component \(label)"
    }
    return Figure(
      name: "segments", title: "Between the minima",
      description:
        "The loss along straight segments from \(networks[0].name) to other components. It rises "
        + "above the start by \(barriers.joined(separator: ", ")).",
      caption:
        "Units are matched so that each segment is shortest. A straight segment bounds the barrier between two "
        + "minima from above; a lower path may exist."
        + (omitted == 0 ? "" : " \(omitted) components are left out."),
      width: Self.width, height: area.bottom + 44, drawing: drawing)
  }

  private func loss(_ network: PlainNetwork) -> Double {
    let squares = zip(network.residuals(data), network.weightedResiduals(data)).reduce(0) {
      $0 + $1.0 * $1.1
    }
    let penalised = network.w.map { row in
      problem.penalty == nil || !problem.bias ? row : Array(row.dropLast())
    }
    let weights = penalised.joined().reduce(0) { $0 + $1 * $1 }
    let outputs = problem.penalty == .hidden ? 0 : network.a.reduce(0) { $0 + $1 * $1 }
    let bias = problem.penalty == nil ? network.outputBias * network.outputBias : 0
    let skip = problem.penalty == .hidden ? 0 : network.skip.reduce(0) { $0 + $1 * $1 }
    return squares + ridge * (weights + outputs + skip + bias)
  }
}

/// Which unit of one network moves to which of another.
enum UnitMatching {
  /// More units are matched greedily.
  private static let mostPermuted = 7

  /// - Parameter isEven: whether the sign of a unit's weight may be changed.
  static func closest(
    _ from: PlainNetwork, _ to: PlainNetwork, isEven: Bool
  ) -> (network: PlainNetwork, partners: [Int]) {
    let costs = (0..<from.units).map { unit in
      (0..<to.units).map { partner in
        var turned = to
        turned.w[partner] = to.w[partner].map(-)
        let cost = from.squaredDistance(unit, to: to, partner)
        return isEven ? min(cost, from.squaredDistance(unit, to: turned, partner)) : cost
      }
    }
    let partners = from.units <= mostPermuted ? best(costs) : greedy(costs)
    var network = to
    for (unit, partner) in partners.enumerated() where isEven {
      let turned = to.w[partner].map(-)
      let inner = zip(from.w[unit], turned).reduce(0) { $0 + $1.0 * $1.1 }
      if inner > 0 { network.w[partner] = turned }
    }
    return (network, partners)
  }

  private static func best(_ costs: [[Double]]) -> [Int] {
    var (least, result) = (Double.infinity, Array(costs.indices))
    var chosen: [Int] = []
    func extend(_ cost: Double) {
      guard cost < least else { return }
      guard chosen.count < costs.count else {
        (least, result) = (cost, chosen)
        return
      }
      for partner in costs.indices where !chosen.contains(partner) {
        chosen.append(partner)
        extend(cost + costs[chosen.count - 1][partner])
        chosen.removeLast()
      }
    }
    extend(0)
    return result
  }

  private static func greedy(_ costs: [[Double]]) -> [Int] {
    var free = Set(costs.indices)
    return costs.map { row in
      guard let partner = free.min(by: { (row[$0], $0) < (row[$1], $1) }) else { return 0 }
      free.remove(partner)
      return partner
    }
  }
}
