import Algebra
import LandscapeModel

/// A point on a branch as it is traced, with doubles: the block coordinates, λ, and the unit tangent.
struct TracedPoint: Sendable {
  var unknowns: [Double]
  var tangent: [Double]

  var parameter: Double { unknowns[unknowns.count - 1] }
  var parameterRate: Double { tangent[tangent.count - 1] }
}

/// Follows a branch of critical points by pseudo-arclength continuation (Keller, in Applications of Bifurcation Theory,
/// 1977). It is a search: what is told of the branch is proved afterwards.
struct BranchTracer: Sendable {
  let system: HomotopySystem
  /// Where λ may be.
  let window: ClosedRange<Double>

  private static let firstStep = 0.02
  private static let greatestStep = 0.12
  private static let leastStep = 1e-7
  private static let mostPoints = 2000
  /// Nearer to λ = 0, or to where vectors become parallel or vanish, a branch is not followed.
  private static let margin = 2e-3
  private static let leastSmoothness = 1e-7

  /// The way along a branch, and how it ends.
  ///
  /// Where the run is asked to stop, it ends at a limit.
  ///
  /// - Parameters:
  ///   - start: near the branch, at some distance from W = I.
  ///   - direction: away from W = I.
  func trace(
    from start: [Double], direction: [Double], control: Control
  ) -> (points: [TracedPoint], end: BifurcationResult.Branch.End) {
    guard let first = corrected(start, normal: Self.normalised(direction)) else { return ([], .limit) }
    var points = [first]
    var step = Self.firstStep
    while points.count < Self.mostPoints {
      if control.cancellation.reason != nil { return (points, .limit) }
      guard let last = points.last, step >= Self.leastStep else { break }
      guard let (next, isEasy) = advanced(last, by: step) else {
        step /= 2
        continue
      }
      if !window.contains(next.parameter) {
        let bound = next.parameter < window.lowerBound ? window.lowerBound : window.upperBound
        guard let end = boundary(between: last, and: next, at: bound) else {
          step /= 2
          continue
        }
        return (points + [end], .boundary)
      }
      if system.smoothness(next.unknowns) < Self.leastSmoothness || next.parameter < Self.margin {
        return (points, .collision)
      }
      points.append(next)
      if points.count > 4, isNearIdentity(next) { return (points, .collision) }
      step = min(isEasy ? step * 1.4 : step, Self.greatestStep)
    }
    return (points, points.last.map(endsAtCollision) == true ? .collision : .limit)
  }

  /// Whether steps have become small because the loss is hardly smooth.
  private func endsAtCollision(_ point: TracedPoint) -> Bool {
    system.smoothness(point.unknowns) < 1e-4 || point.parameter < 0.05
  }

  private func isNearIdentity(_ point: TracedPoint) -> Bool {
    zip(point.unknowns, system.coordinates.identity).allSatisfy { abs($0 - $1) < 5e-3 }
  }

  /// The next point, and whether it was found with ease; `nil` if the step is too long.
  private func advanced(_ last: TracedPoint, by step: Double) -> (TracedPoint, Bool)? {
    let predicted = zip(last.unknowns, last.tangent).map { $0 + step * $1 }
    guard let next = corrected(predicted, normal: last.tangent) else { return nil }
    let turn = zip(last.tangent, next.tangent).reduce(0) { $0 + $1.0 * $1.1 }
    let correction = zip(predicted, next.unknowns).map { abs($0 - $1) }.max() ?? 0
    guard turn > 0.95, correction < step / 4 else { return nil }
    return (next, turn > 0.99)
  }

  /// The point of the branch in the hyperplane through a point.
  func corrected(_ start: [Double], normal: [Double]) -> TracedPoint? {
    var unknowns = start
    for _ in 0..<8 {
      let (gradient, jacobian) = system.linearisation(unknowns)
      let offset = zip(normal, zip(unknowns, start)).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) }
      let change = LinearAlgebra.solve(jacobian + [normal], gradient + [offset]).solution
      let size = change.map(abs).max() ?? 0
      guard size.isFinite, size < 0.3 else { return nil }
      unknowns = zip(unknowns, change).map { $0 - $1 }
      guard size < 1e-12 else { continue }
      let right = [Double](repeating: 0, count: gradient.count) + [1]
      let tangent = LinearAlgebra.solve(system.linearisation(unknowns).jacobian + [normal], right).solution
      guard tangent.allSatisfy(\.isFinite) else { return nil }
      return TracedPoint(unknowns: unknowns, tangent: Self.normalised(tangent))
    }
    return nil
  }

  /// The point at the bound of the window that lies between two points.
  private func boundary(
    between last: TracedPoint, and next: TracedPoint, at bound: Double
  ) -> TracedPoint? {
    let share = (bound - last.parameter) / (next.parameter - last.parameter)
    guard share.isFinite, (0...1).contains(share) else { return nil }
    var start = zip(last.unknowns, next.unknowns).map { $0 + share * ($1 - $0) }
    start[system.parameter] = bound
    guard let unknowns = CurveNewton(system: system, held: system.parameter).solution(near: start),
      zip(unknowns, start).allSatisfy({ abs($0 - $1) < 0.05 })
    else { return nil }
    return TracedPoint(unknowns: unknowns, tangent: next.tangent)
  }

  static func normalised(_ vector: [Double]) -> [Double] {
    let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return vector.map { $0 / norm }
  }
}
