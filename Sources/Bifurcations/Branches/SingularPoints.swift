import Algebra
import LandscapeModel

/// Finds and proves the points of a branch at which the Hessian is singular: folds, where it is so in the block
/// coordinates, and secondary bifurcations, where it is so on another isotypic component.
struct SingularPoints<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Rational = Engine.Rational

  let tracer: BranchTracer
  let digits: Int

  private var system: HomotopySystem { tracer.system }
  private var prover: CriticalPointProver<Engine> { CriticalPointProver(system: system, digits: digits) }

  /// A singular point: λ, W and the loss.
  struct Point {
    let parameter: DecimalEnclosure
    let matrix: [[DecimalEnclosure]]
    let loss: DecimalEnclosure
  }

  /// The singular points of a component between neighbouring points of a branch, by a change of the determinant's
  /// sign; `nil` in the list for one that cannot be proved.
  func points(_ component: YoungComponent, on branch: [TracedPoint]) -> [(after: Int, point: Point?)] {
    let signs = branch.map { determinant(component, $0.unknowns).sign }
    return zip(branch.indices, branch.indices.dropFirst()).compactMap { before, after in
      guard let sign = signs[before], let next = signs[after], sign != next else { return nil }
      guard let root = root(component, branch[before], branch[after]) else { return (before, nil) }
      return (before, proved(component, at: root))
    }
  }

  private func determinant<Scalar: LossScalar>(_ component: YoungComponent, _ unknowns: [Scalar]) -> Scalar {
    LinearAlgebra.determinant(system.hessian(component, unknowns))
  }

  /// Bisection along the chord of two points.
  private func root(
    _ component: YoungComponent, _ first: TracedPoint, _ second: TracedPoint
  ) -> TracedPoint? {
    let chord = zip(first.unknowns, second.unknowns).map { $1 - $0 }
    let normal = BranchTracer.normalised(chord)
    let sign = determinant(component, first.unknowns).sign
    var (low, high) = (0.0, 1.0)
    var best: TracedPoint?
    for _ in 0..<48 {
      let middle = (low + high) / 2
      let start = zip(first.unknowns, chord).map { $0 + middle * $1 }
      guard let point = tracer.corrected(start, normal: normal) else { return nil }
      best = point
      if determinant(component, point.unknowns).sign == sign { low = middle } else { high = middle }
    }
    return best
  }

  /// Encloses the singular point near a point: on a proved piece of the branch the determinant has different signs at
  /// the ends.
  private func proved(_ component: YoungComponent, at root: TracedPoint) -> Point? {
    let held = root.tangent.indices.max { abs(root.tangent[$0]) < abs(root.tangent[$1]) } ?? 0
    let newton = CurveNewton(system: system, held: held)
    // The determinant is zero up to rounding at a distance of 2^−precision/2 or so from the root.
    let width = CriticalPointProver<Engine>.powerOfTwo(-(digits + 12) * 10 / 3)
    for precision in [1, 2].map({ $0 * (digits * 8 + 128) }) {
      var point = root.unknowns.map { Ball($0, precision: precision) }
      guard polish(component, newton, &point, width: width) else { continue }
      guard let (value, _) = try? point[held].bounds() else { continue }
      func piece(_ lower: Rational, _ upper: Rational, radius: Rational) -> CurveBox<Ball>? {
        var centre = point
        centre[held] = Ball(lower: lower, upper: upper, precision: precision)
        if lower == upper { centre = newton.refined(centre) }
        centre[held] = Ball(lower: lower, upper: upper, precision: precision)
        return newton.proved(centre, radius: radius)
      }
      // Where the greatest component of the tangent is held the others move by no more; but elimination with balls
      // does not know that the right sides depend on each other.
      let margin = CriticalPointProver<Engine>.powerOfTwo(20)
      guard let whole = piece(value - width, value + width, radius: margin * width),
        let first = piece(value - width, value - width, radius: width * width),
        let last = piece(value + width, value + width, radius: width * width),
        whole.contains(first), whole.contains(last),
        let start = determinant(component, first.enclosure.map(BallScalar.init)).sign,
        let end = determinant(component, last.enclosure.map(BallScalar.init)).sign, start != end
      else { continue }
      let scalars = whole.enclosure.map(BallScalar.init)
      guard let parameter = prover.enclosure(whole.enclosure[system.parameter], precision),
        let matrix = prover.matrix(whole, precision),
        let loss = prover.enclosure(system.loss(scalars).ball, precision)
      else { continue }
      return Point(parameter: parameter, matrix: matrix, loss: loss)
    }
    return nil
  }

  /// Moves a point along the branch to the root of the determinant by the secant method.
  private func polish(
    _ component: YoungComponent, _ newton: CurveNewton, _ point: inout [Ball], width: Rational
  ) -> Bool {
    func value(_ held: Ball) -> (Ball, [Ball]) {
      var start = point
      start[newton.held] = held
      let refined = newton.refined(start)
      return (determinant(component, refined.map(BallScalar.init)).ball.midpoint, refined)
    }
    let precision = point[0].precision
    var first = point[newton.held].midpoint
    var second = (first + Ball(1e-8, precision: precision)).midpoint
    var (firstValue, _) = value(first)
    for _ in 0..<24 {
      let (secondValue, refined) = value(second)
      let difference = secondValue - firstValue
      guard difference.sign == .positive || difference.sign == .negative else { return false }
      let change = (secondValue * (second - first) / difference).midpoint
      point = refined
      guard let bounds = try? change.bounds() else { return false }
      (first, firstValue) = (second, secondValue)
      second = (second - change).midpoint
      if bounds.upper.magnitude < width * CriticalPointProver<Engine>.powerOfTwo(-10) {
        point = value(second).1
        return true
      }
    }
    return false
  }
}
