import LandscapeModel

/// A network in doubles: `f(x) = ⟨c, x⟩ + c₀ + Σ a σ(⟨w, z⟩)`, from the middles of a component's enclosures.
struct PlainNetwork {
  let activation: PlainActivation
  var a: [Double]
  /// The bias last, where units have one.
  var w: [[Double]]
  /// The coefficients of the skip connection; empty without one.
  var skip: [Double]
  var outputBias: Double
  let hasBias: Bool

  /// - Returns: `nil` if the point has a number that is no double.
  init?(_ point: LandscapeComponent.Point, of problem: EnumerationResult.ProblemSummary) {
    guard let activation = PlainActivation(problem.activation) else { return nil }
    self.activation = activation
    a = point.a.map(\.doubleValue)
    w = point.w.map { $0.map(\.doubleValue) }
    let c = (point.c ?? []).map(\.doubleValue)
    skip = problem.skip == true ? Array(c.prefix(problem.inputs)) : []
    outputBias = problem.outputBias == true ? c.last ?? 0 : 0
    hasBias = problem.bias
    guard a.allSatisfy(\.isFinite), w.joined().allSatisfy(\.isFinite), c.allSatisfy(\.isFinite) else {
      return nil
    }
  }

  /// The network of an optimum with infinitely many units.
  ///
  /// - Returns: `nil` if it has a number that is no double.
  init?(_ network: InfiniteWidthResult.Network, of problem: InfiniteWidthResult.ProblemSummary) {
    guard let activation = PlainActivation(problem.activation) else { return nil }
    self.activation = activation
    a = network.a.map(\.doubleValue)
    w = network.w.map { $0.map(\.doubleValue) }
    let c = (network.c ?? []).map(\.doubleValue)
    skip = problem.skip == true ? Array(c.prefix(problem.inputs)) : []
    outputBias = problem.outputBias == true ? c.last ?? 0 : 0
    hasBias = problem.bias
    guard a.allSatisfy(\.isFinite), w.joined().allSatisfy(\.isFinite), c.allSatisfy(\.isFinite) else {
      return nil
    }
  }

  var units: Int { a.count }

  func callAsFunction(_ x: [Double]) -> Double {
    let linear = zip(skip, x).reduce(outputBias) { $0 + $1.0 * $1.1 }
    return a.indices.reduce(linear) { $0 + a[$1] * activation(argument(of: $1, at: x)) }
  }

  /// `⟨w, z⟩`.
  func argument(of unit: Int, at x: [Double]) -> Double {
    zip(w[unit], x).reduce(hasBias ? w[unit][x.count] : 0) { $0 + $1.0 * $1.1 }
  }

  /// With one input: where a unit's argument vanishes; `nil` if nowhere.
  func kink(of unit: Int) -> Double? {
    guard activation.hasKink, w[unit][0] != 0, a[unit] != 0 else { return nil }
    let kink = hasBias ? -w[unit][1] / w[unit][0] : 0
    return kink.isFinite ? kink : nil
  }

  /// With one input: how much the slope of `f` changes at the kink, from left to right.
  func changeOfSlope(of unit: Int) -> Double { a[unit] * abs(w[unit][0]) * activation.changeOfSlope }

  /// The residuals `y − f(x)`.
  func residuals(_ data: TrainingData) -> [Double] { zip(data.inputs, data.targets).map { $1 - self($0) } }

  /// `ω (y − f(x))`, the residuals by which the certificate is a sum.
  func weightedResiduals(_ data: TrainingData) -> [Double] {
    let residuals = residuals(data)
    return data.weights.map { zip($0, residuals).map(*) } ?? residuals
  }

  /// The network on the segment to another one, whose units are taken in the given order.
  func moved(to other: PlainNetwork, order: [Int], share: Double) -> PlainNetwork {
    var moved = self
    func mix(_ from: Double, _ to: Double) -> Double { from + share * (to - from) }
    for (unit, partner) in order.enumerated() {
      moved.a[unit] = mix(a[unit], other.a[partner])
      moved.w[unit] = zip(w[unit], other.w[partner]).map(mix)
    }
    moved.skip = zip(skip, other.skip).map(mix)
    moved.outputBias = mix(outputBias, other.outputBias)
    return moved
  }

  /// The square of the distance between two units.
  func squaredDistance(_ unit: Int, to other: PlainNetwork, _ partner: Int) -> Double {
    let difference = a[unit] - other.a[partner]
    return zip(w[unit], other.w[partner]).reduce(difference * difference) {
      $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
    }
  }
}

/// The activation by its name in results.
enum PlainActivation {
  /// `t` for `t ≥ 0`, else slope times `t`.
  case twoPiece(slope: Double)
  case power(Int)

  init?(_ name: String) {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    switch parts[0] {
    case "relu": self = .twoPiece(slope: 0)
    case "abs": self = .twoPiece(slope: -1)
    case "linear": self = .twoPiece(slope: 1)
    case "leaky":
      guard let slope = parts.dropFirst().first.flatMap(Formula.value) else { return nil }
      self = .twoPiece(slope: slope)
    case "power":
      guard let exponent = parts.dropFirst().first.flatMap({ Int($0) }) else { return nil }
      self = .power(exponent)
    default: return nil
    }
  }

  func callAsFunction(_ t: Double) -> Double {
    switch self {
    case .twoPiece(let slope): t >= 0 ? t : slope * t
    case .power(let exponent): (0..<exponent).reduce(1) { value, _ in value * t }
    }
  }

  var changeOfSlope: Double {
    if case .twoPiece(let slope) = self { return 1 - slope }
    return 0
  }

  var hasKink: Bool { changeOfSlope != 0 }
}
