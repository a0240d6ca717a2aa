import Algebra

/// Finds a support of the minimiser of `G` on which the `K_l r` are independent, and proves the solution on
/// it.
package struct SupportSearch<Engine: AlgebraEngine> {
  package typealias Ball = Engine.Ball

  package let system: StratumSystem<Engine>
  package let precision: Int

  package init(system: StratumSystem<Engine>, precision: Int) {
    self.system = system
    self.precision = precision
  }

  /// A proved point of a support, with the faces beside it.
  package struct Outcome {
    package let point: CriticalPoint<Engine>
    /// Faces off the support for which the balls cannot tell `|q_l| < λ` from equality.
    package let ties: [Int]
    /// Whether some face off the support certainly has `|q_l| < λ`.
    package let hasDeadUnit: Bool
  }

  /// - Parameter start: an approximate minimiser, one share for each face.
  /// - Returns: `nil` if no support could be proved at this precision.
  package func find(from start: [Double]) -> Outcome? {
    let largest = start.max() ?? 0
    let shares = start.map { Ball($0.isFinite && $0 > 1e-10 * largest ? $0 : 0, precision: precision) }
    if let outcome = search(from: shares) { return outcome }
    guard let precise = PreciseMinimiser(system, precision: precision).minimise(from: start) else {
      return nil
    }
    return search(from: precise)
  }

  private func search(from start: [Ball]) -> Outcome? {
    var shares = start
    var visited: Set<[Int]> = []
    while true {
      let support = shares.indices.filter { shares[$0].sign == .positive }
      guard visited.insert(support).inserted else { return nil }
      guard let point = solve(support, shares) else {
        guard let reduced = reduce(shares, support) else { return nil }
        shares = reduced
        continue
      }
      if let negative = mostNegative(point) {
        shares[negative] = zero
        continue
      }
      for (index, position) in support.enumerated() { shares[position] = point.shares[index].midpoint }
      var ties: [Int] = []
      var hasDeadUnit = false
      var missing: Int?
      for position in shares.indices where !support.contains(position) {
        switch defect(point, position).sign {
        case .negative: hasDeadUnit = true
        case .positive: missing = missing ?? position
        case .zero, .unknown: ties.append(position)
        }
      }
      guard let missing else { return Outcome(point: point, ties: ties, hasDeadUnit: hasDeadUnit) }
      let largest = shares.map(\.approximation).max() ?? 0
      shares[missing] = Ball(1e-3 * largest + .leastNormalMagnitude, precision: precision)
    }
  }

  /// `|q_l|² − λ²`.
  package func defect(_ point: CriticalPoint<Engine>, _ position: Int) -> Ball {
    let ridge = Ball(system.ridge, precision: precision)
    return point.gradients[position].squaredNorm() - ridge * ridge
  }

  private func solve(_ support: [Int], _ shares: [Ball]) -> CriticalPoint<Engine>? {
    guard !support.isEmpty else { return CriticalPoint(originOf: system, precision: precision) }
    return CriticalPointSolver(system, support: support, precision: precision)
      .solve(from: support.map { shares[$0] })
  }

  private func mostNegative(_ point: CriticalPoint<Engine>) -> Int? {
    let negative = point.shares.indices.filter { point.shares[$0].sign != .positive }
    return negative.min { point.shares[$0].approximation < point.shares[$1].approximation }
      .map { point.support[$0] }
  }

  /// Carathéodory: moves the shares along a dependence of the `K_l r` until one of them vanishes; where
  /// they are not dependent, drops the smallest share. If that was wrong, the conditions on what was dropped
  /// will tell.
  private func reduce(_ shares: [Ball], _ support: [Int]) -> [Ball]? {
    var reduced = shares
    if let direction = nearDependence(shares, support) {
      let lengths = support.indices.map { index -> Double in
        let length = (shares[support[index]] / direction[index]).approximation
        return direction[index].midpoint.sign == .positive && length.isFinite ? length : .infinity
      }
      guard let shortest = lengths.indices.min(by: { lengths[$0] < lengths[$1] }), lengths[shortest].isFinite
      else { return nil }
      let length = (shares[support[shortest]] / direction[shortest]).midpoint
      for (index, position) in support.enumerated() {
        let moved = (shares[position] - length * direction[index]).midpoint
        reduced[position] = moved.sign == .positive ? moved : zero
      }
      reduced[support[shortest]] = zero
      return reduced
    }
    guard let smallest = support.min(by: { shares[$0].approximation < shares[$1].approximation }) else {
      return nil
    }
    reduced[smallest] = zero
    return reduced
  }

  /// Coefficients `d` with `Σ d_l K_l r ≈ 0` and a positive entry, if the vectors are dependent up to a quarter
  /// of the precision at the point with these shares.
  private func nearDependence(_ shares: [Ball], _ support: [Int]) -> [Ball]? {
    guard
      let state = CriticalPointSolver(system, support: support, precision: precision)
        .evaluate(support.map { shares[$0].midpoint })
    else { return nil }
    // Everything in terms of the Gram matrix of the K_l r: ⟨K_l r, K_m r⟩ = ⟨q_l, C_lm q_m⟩.
    let gram = support.indices.map { l in
      support.indices.map { m -> Ball in
        let block = Engine.BallMatrix(system.blocks[support[l]][support[m]], precision: precision)
        return (state.gradients[l].transposed * (block * state.gradients[m]))[0, 0].midpoint
      }
    }
    func inner(_ left: [Ball], _ right: [Ball]) -> Ball {
      var sum = zero
      for (l, a) in left.enumerated() { for (m, b) in right.enumerated() { sum = sum + a * gram[l][m] * b } }
      return sum.midpoint
    }
    let tolerance = Ball(Double(sign: .plus, exponent: -precision / 4, significand: 1), precision: precision)
    // Gram–Schmidt on combinations of the vectors.
    let one = Ball(1.0, precision: precision)
    var basis: [[Ball]] = []
    for index in support.indices {
      let scale = (one / gram[index][index].squareRoot(clampingAtZero: true)).midpoint
      guard scale.isFinite else { return nil }
      var combination = support.indices.map { $0 == index ? scale : zero }
      for other in basis {
        let product = inner(combination, other)
        combination = zip(combination, other).map { ($0 - product * $1).midpoint }
      }
      let length = inner(combination, combination).absoluteValue.squareRoot(clampingAtZero: true).midpoint
      if (tolerance - length).sign == .positive {
        return combination.contains { $0.sign == .positive } ? combination : combination.map { -$0 }
      }
      let inverse = (one / length).midpoint
      basis.append(combination.map { ($0 * inverse).midpoint })
    }
    return nil
  }

  private var zero: Ball { Ball(0.0, precision: precision) }
}
