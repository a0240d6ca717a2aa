import Algebra

/// Minimises `G` over `s ≥ 0` in high precision, for the strata where doubles do not suffice (faces with almost
/// the same direction). Approximate: only midpoints matter, the proof comes afterwards.
package struct PreciseMinimiser<Engine: AlgebraEngine> {
  package typealias Ball = Engine.Ball
  package typealias BallMatrix = Engine.BallMatrix
  package typealias Solver = CriticalPointSolver<Engine>

  private let system: StratumSystem<Engine>
  private let solver: Solver
  private let precision: Int

  package init(_ system: StratumSystem<Engine>, precision: Int) {
    self.system = system
    self.precision = precision
    solver = Solver(system, support: Array(system.faces.indices), precision: precision)
  }

  /// - Returns: an approximate minimiser, one point ball for each face, or `nil` if none was found.
  package func minimise(from start: [Double]) -> [Ball]? {
    var shares = start.map { Ball($0.isFinite ? max(0, $0) : 0, precision: precision) }
    guard var state = solver.evaluate(shares) else { return nil }
    for _ in 0..<200 {
      let free = shares.indices.filter { isPositive(shares[$0]) || isPositive(state.defects[$0, 0]) }
      let largest = free.map { abs(state.defects[$0, 0].approximation) }.max() ?? 0
      let ridge = system.ridge.doubleValue
      if largest <= ridge * ridge * Double(sign: .plus, exponent: -precision / 3, significand: 1) { break }
      guard let (next, nextState) = descend(shares, state, free) else { break }
      (shares, state) = (next, nextState)
    }
    return shares
  }

  /// A step that lowers the objective: Newton's, or else a shortened one along the scaled gradient.
  private func descend(_ shares: [Ball], _ state: Solver.State, _ free: [Int]) -> ([Ball], Solver.State)? {
    let before = objective(shares, state)
    let gradient = shares.indices.map { position -> Ball in
      let curvature = state.jacobian[position, position].midpoint
      return isPositive(-curvature) ? (-state.defects[position, 0] / curvature).midpoint : zero
    }
    let newton = newtonStep(shares, state, free)
    var trials: [(step: [Ball], length: Double)] = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001].map {
      (newton, $0)
    }
    trials += (0..<40).map { (gradient, Double(sign: .plus, exponent: -2 * $0, significand: 1)) }
    for (step, length) in trials {
      let next = zip(shares, step).map { share, change -> Ball in
        // A share that vanishes must not stay behind as a tiny number.
        let moved = (share + change * Ball(length, precision: precision)).midpoint
        return isPositive(moved - share * negligible) ? moved : zero
      }
      guard let nextState = solver.evaluate(next) else { continue }
      if isPositive((before - objective(next, nextState)).midpoint) { return (next, nextState) }
    }
    return nil
  }

  /// Newton's step on the free shares, up to where the first of them vanishes; zero if there is none.
  private func newtonStep(_ shares: [Ball], _ state: Solver.State, _ free: [Int]) -> [Ball] {
    var free = free
    var step = shares.map { _ in zero }
    while !free.isEmpty {
      var matrix = BallMatrix.zero(rows: free.count, columns: free.count, precision: precision)
      var right = BallMatrix.zero(rows: free.count, columns: 1, precision: precision)
      for (row, l) in free.enumerated() {
        right[row, 0] = -state.defects[l, 0]
        for (column, m) in free.enumerated() { matrix[row, column] = state.jacobian[l, m] }
      }
      guard let solution = matrix.midpoint.solve(right.midpoint) else { return step }
      let blocked = free.indices.filter {
        !isPositive(shares[free[$0]]) && solution[$0, 0].midpoint.sign == .negative
      }
      if blocked.isEmpty {
        for (row, l) in free.enumerated() { step[l] = solution[row, 0].midpoint }
        break
      }
      free = free.indices.filter { !blocked.contains($0) }.map { free[$0] }
    }
    return shortened(step, from: shares)
  }

  /// The part of a step up to where the first share vanishes.
  private func shortened(_ step: [Ball], from shares: [Ball]) -> [Ball] {
    var length = Ball(1.0, precision: precision)
    for position in shares.indices where isPositive(-(shares[position] + length * step[position])) {
      length = (-shares[position] / step[position]).midpoint
    }
    return step.map { ($0 * length).midpoint }
  }

  /// `G(s) − |y|² = λ Σ_l s_l − Σ_l s_l ⟨d_l, q_l⟩ / λ`.
  private func objective(_ shares: [Ball], _ state: Solver.State) -> Ball {
    let ridge = Ball(system.ridge, precision: precision)
    return shares.indices.reduce(zero) { sum, position in
      let products = BallMatrix(system.products[position], precision: precision)
      let inner = (0..<system.dimension).reduce(zero) {
        $0 + products[$1, 0] * state.gradients[position][$1, 0]
      }
      return sum + shares[position] * (ridge - inner / ridge)
    }.midpoint
  }

  private var negligible: Ball {
    Ball(Double(sign: .plus, exponent: -precision * 3 / 4, significand: 1), precision: precision)
  }

  private var zero: Ball { Ball(0.0, precision: precision) }

  private func isPositive(_ ball: Ball) -> Bool { ball.midpoint.sign == .positive }
}
