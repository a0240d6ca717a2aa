import Algebra

/// Minimises `G` over `s ≥ 0` in high precision, for the strata where doubles do not suffice (faces with almost
/// the same direction). Approximate: only midpoints matter, the proof comes afterwards.
struct PreciseMinimiser<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias BallMatrix = Engine.BallMatrix
  typealias Solver = CriticalPointSolver<Engine>

  private let system: StratumSystem<Engine>
  private let solver: Solver
  private let precision: Int

  init(_ system: StratumSystem<Engine>, precision: Int) {
    self.system = system
    self.precision = precision
    solver = Solver(system, support: Array(system.faces.indices), precision: precision)
  }

  /// - Returns: an approximate minimiser, one point ball for each face, or `nil` if none was found.
  func minimise(from start: [Double]) -> [Ball]? {
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
    let newton = newtonStep(shares, state, free)
    let gradient = shares.indices.map { position -> Ball in
      let curvature = state.jacobian[position, position].midpoint
      return isPositive(-curvature) ? (-state.defects[position, 0] / curvature).midpoint : zero
    }
    var trials: [([Ball], Double)] = newton.map { [($0, 1), ($0, 0.25), ($0, 0.03)] } ?? []
    trials += (0..<40).map { (gradient, Double(sign: .plus, exponent: -2 * $0, significand: 1)) }
    for (step, length) in trials {
      let next = zip(shares, step).map { share, change -> Ball in
        let moved = (share + change * Ball(length, precision: precision)).midpoint
        return isPositive(moved) ? moved : zero
      }
      guard let nextState = solver.evaluate(next) else { continue }
      if isPositive((before - objective(next, nextState)).midpoint) { return (next, nextState) }
    }
    return nil
  }

  /// Newton's step on the free shares; those that it would make negative are sent to zero.
  private func newtonStep(_ shares: [Ball], _ state: Solver.State, _ free: [Int]) -> [Ball]? {
    var free = free
    while !free.isEmpty {
      let fixed = shares.indices.filter { !free.contains($0) }
      var matrix = BallMatrix.zero(rows: free.count, columns: free.count, precision: precision)
      var right = BallMatrix.zero(rows: free.count, columns: 1, precision: precision)
      for (row, l) in free.enumerated() {
        right[row, 0] = fixed.reduce(-state.defects[l, 0]) { $0 + state.jacobian[l, $1] * shares[$1] }
        for (column, m) in free.enumerated() { matrix[row, column] = state.jacobian[l, m] }
      }
      guard let solution = matrix.midpoint.solve(right.midpoint) else { return nil }
      var step = shares.map { (-$0).midpoint }
      for (row, l) in free.enumerated() { step[l] = solution[row, 0].midpoint }
      let negative = free.filter { isPositive(shares[$0]) && isPositive(-(shares[$0] + step[$0])) }
      if negative.isEmpty { return step }
      free.removeAll { negative.contains($0) }
    }
    return nil
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

  private var zero: Ball { Ball(0.0, precision: precision) }

  private func isPositive(_ ball: Ball) -> Bool { ball.midpoint.sign == .positive }
}
