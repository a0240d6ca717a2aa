import Algebra
import LandscapeModel

/// Follows the branches that leave W = I at the simple crossings of the homotopy, and proves points on them.
struct BranchFollower<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Rational = Engine.Rational

  let units: Int
  let digits: Int
  /// Where λ may be.
  let window: ClosedRange<Rational>

  /// A branch to be followed.
  struct Beginning: Sendable {
    /// The number of the critical value, from 1.
    let from: Int
    let half: BifurcationResult.HalfBranch
    /// How many units are in the first block; 0 for all symmetries.
    let firstBlock: Int
  }

  /// A branch, and what could not be decided about it.
  struct Outcome: Sendable {
    let branch: BifurcationResult.Branch
    let undecided: [String]
  }

  /// The range of λ in which branches are followed to a value: from there, or from 0 if it is not below the critical
  /// values, to a half beyond all of them or to the value.
  static func window(units: Int, to end: Rational) throws -> ClosedRange<Rational> {
    func critical(_ firstBlock: Int) -> Ball {
      KernelDirection<Ball>(units: units, firstBlock: firstBlock, precision: 128).criticalValue
    }
    let bound = try Rational(Int((critical(0).approximation * 10).rounded()) + 5).divided(by: 10)
    let isBelow = try end < critical(1).bounds().lower
    return isBelow ? max(end, 0)...bound : 0...max(end, bound)
  }

  /// All half-branches of the critical values.
  static func beginnings(_ values: [BifurcationResult.CriticalValue], units: Int) -> [Beginning] {
    values.enumerated().flatMap { position, value in
      value.branches.map { half in
        let first = (0...units / 2).first {
          YoungSubgroup(units: units, firstBlock: $0).name == half.isotropy
        }
        return Beginning(from: position + 1, half: half, firstBlock: first ?? 0)
      }
    }
  }

  /// Follows one branch; where the run is asked to stop, as far as it came.
  func follow(_ beginning: Beginning, control: Control) -> Outcome {
    let subgroup = YoungSubgroup(units: units, firstBlock: beginning.firstBlock)
    let tracer = tracer(HomotopySystem(subgroup))
    let (traced, end) = trace(beginning, tracer, control: control)
    var undecided: [String] = []
    let label = "the branch \(beginning.half.isotropy) \(beginning.half.direction.rawValue)"
    if traced.isEmpty { undecided.append("\(label) was not found") }
    if end == .limit { undecided.append("\(label) could not be followed any further") }

    let points = provedPoints(traced, end, tracer.system, control)
    let singular = SingularPoints<Engine>(tracer: tracer, digits: digits)
    var folds: [BifurcationResult.SingularPoint] = []
    var secondary: [BifurcationResult.SingularPoint] = []
    for (position, component) in tracer.system.space.components.enumerated() {
      if control.cancellation.reason != nil { break }
      let found = singular.points(component, on: traced)
      let proved = found.compactMap(\.point).map { point in
        BifurcationResult.SingularPoint(
          parameter: point.parameter, matrix: point.matrix, loss: point.loss,
          type: component.isFixed ? nil : component.type, nullity: component.dimension)
      }
      if component.isFixed { folds = proved } else { secondary += proved }
      if proved.count < found.count {
        undecided.append("\(label): a singular Hessian on \(component.type) could not be proved")
      }
      if !Self.explains(found.map(\.after), points, component: position) {
        undecided.append("\(label): the index changes on \(component.type) without a singular point found")
      }
    }
    let branch = BifurcationResult.Branch(
      from: beginning.from, isotropy: subgroup.name, direction: beginning.half.direction,
      generators: subgroup.generators, orbitLength: subgroup.index, end: end,
      points: points.map(\.point), folds: folds, secondary: secondary)
    return Outcome(branch: branch, undecided: undecided)
  }

  private func tracer(_ system: HomotopySystem) -> BranchTracer {
    BranchTracer(
      system: system, window: window.lowerBound.doubleValue...window.upperBound.doubleValue)
  }

  /// The way of a branch, by doubles alone.
  func trace(
    _ beginning: Beginning, control: Control
  ) -> (points: [TracedPoint], end: BifurcationResult.Branch.End) {
    let system = HomotopySystem(YoungSubgroup(units: units, firstBlock: beginning.firstBlock))
    return trace(beginning, tracer(system), control: control)
  }

  private func trace(
    _ beginning: Beginning, _ tracer: BranchTracer, control: Control
  ) -> (points: [TracedPoint], end: BifurcationResult.Branch.End) {
    let (start, direction) = start(beginning, tracer.system)
    return tracer.trace(from: start, direction: direction, control: control)
  }

  /// A point near the branch, and the direction in which it leaves W = I.
  private func start(_ beginning: Beginning, _ system: HomotopySystem) -> ([Double], [Double]) {
    // So precise that all engines round to the same doubles.
    let kernel = KernelDirection<Ball>(units: units, firstBlock: beginning.firstBlock, precision: 256)
    let isPlus = beginning.half.direction == .plus
    let cubic = (isPlus ? kernel.cubics.above : kernel.cubics.below).approximation
    let matrix = kernel.matrix.map { row in row.map { $0.approximation * (isPlus ? 1 : -1) } }
    let norm = matrix.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
    let direction =
      system.coordinates.coordinates(of: matrix).map { $0 / norm }
      + [-3 * cubic / kernel.eigenvalueSlope.approximation]
    let origin = system.coordinates.identity + [kernel.criticalValue.approximation]
    return (zip(origin, direction).map { $0 + 0.02 * $1 }, direction)
  }

  /// A point that is printed, and which traced point it belongs to.
  private struct Printed {
    let position: Int
    let point: BifurcationResult.Point
    let negativeCounts: [Int]
  }

  /// Proves a point near each traced one, at a short decimal λ; near folds there may be none.
  private func provedPoints(
    _ traced: [TracedPoint], _ end: BifurcationResult.Branch.End, _ system: HomotopySystem, _ control: Control
  ) -> [Printed] {
    let prover = CriticalPointProver<Engine>(system: system, digits: digits)
    return traced.enumerated().compactMap { position, point in
      guard control.cancellation.reason == nil else { return nil }
      let isBoundary = end == .boundary && position == traced.count - 1
      let lambda = isBoundary ? bound(near: point.parameter) : Self.shortDecimal(point.parameter)
      var near = point.unknowns
      near[system.parameter] = lambda.doubleValue
      guard isBoundary || abs(point.parameterRate) > 0.01,
        let solution = CurveNewton(system: system, held: system.parameter).solution(near: near),
        zip(solution, near).allSatisfy({ abs($0 - $1) < 0.01 }),
        let proved = prover.point(near: solution, at: lambda)
      else { return nil }
      return Printed(
        position: position,
        point: BifurcationResult.Point(
          parameter: DecimalEnclosure(parameter: lambda, digits: max(digits, 6)), matrix: proved.matrix,
          loss: proved.loss, index: proved.index),
        negativeCounts: proved.negativeCounts)
    }
  }

  private func bound(near lambda: Double) -> Rational {
    abs(window.lowerBound.doubleValue - lambda) < abs(window.upperBound.doubleValue - lambda)
      ? window.lowerBound : window.upperBound
  }

  private static func shortDecimal(_ value: Double) -> Rational {
    guard let decimal = try? Rational(Int((value * 1e6).rounded())).divided(by: 1_000_000) else {
      preconditionFailure("a million is not zero")
    }
    return decimal
  }

  /// Whether between neighbouring printed points the number of negative eigenvalues changes as often as singular
  /// points were found.
  private static func explains(_ singular: [Int], _ points: [Printed], component: Int) -> Bool {
    zip(points, points.dropFirst()).allSatisfy { before, after in
      let changes = singular.count { (before.position..<after.position).contains($0) }
      let difference = abs(after.negativeCounts[component] - before.negativeCounts[component])
      return difference <= changes && (changes - difference).isMultiple(of: 2)
    }
  }
}
