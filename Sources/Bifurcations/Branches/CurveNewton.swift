import Algebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Newton's method on the equations of a homotopy with one unknown held, with doubles to search and with balls to
/// prove.
struct CurveNewton: Sendable {
  let system: HomotopySystem
  /// The position of the unknown that is held: λ, or a coordinate where the curve turns back in λ.
  let held: Int

  private var free: [Int] { (0...system.parameter).filter { $0 != held } }

  /// One step; `nil` for unknowns that are not finite.
  private func step<Scalar: LossScalar>(_ unknowns: [Scalar]) -> [Scalar] {
    let (gradient, jacobian) = system.linearisation(unknowns)
    let square = jacobian.map { row in free.map { row[$0] } }
    return LinearAlgebra.solve(square, gradient).solution
  }

  /// A zero of the equations near some unknowns, by doubles; `nil` if none is found.
  func solution(near start: [Double]) -> [Double]? {
    var unknowns = start
    for _ in 0..<12 {
      let step = step(unknowns)
      let size = step.map(abs).max() ?? 0
      guard size.isFinite, size < 0.5 else { return nil }
      for (position, change) in zip(free, step) { unknowns[position] -= change }
      if size < 1e-13 { return unknowns }
    }
    return nil
  }

  /// Points near a zero, at the midpoints of balls, refined as far as the precision allows.
  func refined<Ball: RealBall>(_ start: [Ball]) -> [Ball] {
    var unknowns = start.map(\.midpoint)
    let precision = Double(unknowns[0].precision)
    // From some twenty bits on, each step doubles the number of right ones.
    for _ in 0..<Int(log2(precision / 20).rounded(.up)) + 2 {
      let step = step(unknowns.map(BallScalar.init))
      let size = step.map { abs($0.estimate) }.max() ?? 0
      guard size.isFinite else { break }
      for (position, change) in zip(free, step) {
        unknowns[position] = (unknowns[position] - change.ball).midpoint
      }
      // The next step would be as small as the precision; tiny steps have no size as doubles.
      if size > 0, size < exp2(-0.55 * precision) { break }
    }
    return unknowns
  }

  /// Proves that for each value of the held unknown in its ball there is exactly one zero in a box, and encloses it.
  ///
  /// The interval Newton operator: if it maps the box into its interior, then for each value there is one zero and no
  /// other (Neumaier, Interval Methods for Systems of Equations, 1990, section 5.1).
  ///
  /// - Parameters:
  ///   - centre: near the zeros; the ball of the held unknown is taken whole.
  ///   - radius: of the box around it.
  /// - Returns: the enclosure, or `nil` without a proof.
  func proved<Ball: RealBall>(_ centre: [Ball], radius: Ball.Rational) -> CurveBox<Ball>? {
    var (box, middle) = (centre, centre)
    for position in free {
      guard let (lower, upper) = try? centre[position].bounds() else { return nil }
      box[position] = Ball(
        lower: lower - radius, upper: upper + radius, precision: centre[position].precision)
      middle[position] = centre[position].midpoint
    }
    let gradient = system.gradient(middle.map(BallScalar.init))
    let jacobian = system.linearisation(box.map(BallScalar.init)).jacobian
    let square = jacobian.map { row in free.map { row[$0] } }
    let step = LinearAlgebra.solve(square, gradient).solution
    var enclosure = centre
    for (position, change) in zip(free, step) {
      enclosure[position] = middle[position] - change.ball
      guard box[position].containsInInterior(enclosure[position]) else { return nil }
    }
    return CurveBox(enclosure: enclosure, box: box)
  }
}

/// A proved piece of a curve of critical points: for each value of the held unknown one point.
struct CurveBox<Ball: RealBall> {
  /// Encloses the points.
  let enclosure: [Ball]
  /// Contains no other points.
  let box: [Ball]

  /// Whether another piece is a part of this one.
  func contains(_ other: CurveBox) -> Bool {
    zip(box, other.enclosure).allSatisfy { outer, inner in
      guard let (lower, upper) = try? outer.bounds(), let (least, greatest) = try? inner.bounds() else {
        return false
      }
      return lower <= least && greatest <= upper
    }
  }
}
