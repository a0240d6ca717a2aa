import Algebra

/// Evaluates the conditions of a local minimum on the balls of a critical point.
struct StratumJudge<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball

  let system: StratumSystem<Engine>
  let outcome: SupportSearch<Engine>.Outcome
  let precision: Int

  enum Judgement {
    case rejected
    case accepted(outputSigns: [Int])
    case pending([PendingCondition<Engine>], outputSigns: [Int])
  }

  func judge() throws -> Judgement {
    let residual = outcome.ties.isEmpty ? outcome.point.residual : widenedResidual()
    let gradients =
      outcome.ties.isEmpty
      ? outcome.point.gradients
      : system.designs.map { Engine.BallMatrix($0.transposed, precision: precision) * residual }
    if outcome.hasDeadUnit, outcome.ties.isEmpty || hasDeadUnit(gradients) { return .rejected }
    var pending: [PendingCondition<Engine>] = outcome.ties.map { .tie(position: $0) }
    var signs = system.faces.map { _ in 0 }
    for (position, face) in system.faces.enumerated() {
      if face.signs == nil { signs[position] = 1 }
      for wall in face.walls {
        let value = product(gradients[position], row: wall.row)
        switch value.sign {
        case .positive, .negative:
          let sign = (value.sign == .positive ? 1 : -1) * wall.sign
          if signs[position] == -sign { return .rejected }
          signs[position] = sign
        case .zero: return .rejected
        case .unknown:
          pending.append(
            .wall(
              position: position, form: system.division.wallForm(at: wall.row, on: face), sign: wall.sign))
        }
      }
    }
    for (position, face) in system.faces.enumerated() {
      for ray in face.kinkRays {
        let form = system.division.kinkForm(ray, on: face)
        let sign: Int
        switch try self.sign(of: form, residual) {
        case nil:
          pending.append(.kink(position: position, form: form))
          continue
        case .some(let known): sign = known
        }
        if sign == 0 { continue }
        if signs[position] == 0 {
          pending.append(.kink(position: position, form: form))
        } else if sign == signs[position] {
          return .rejected
        }
      }
    }
    return pending.isEmpty ? .accepted(outputSigns: signs) : .pending(pending, outputSigns: signs)
  }

  /// The sign of a linear form in the residual, if it can be told.
  private func sign(of form: [Engine.Rational], _ residual: Engine.BallMatrix) throws -> Int? {
    var value = Ball(0.0, precision: precision)
    for (row, coefficient) in form.enumerated() where coefficient != 0 {
      value = value + Ball(coefficient, precision: precision) * residual[row, 0]
    }
    switch value.sign {
    case .negative: return -1
    case .zero: return 0
    case .positive: return 1
    case .unknown: return try system.constantValue(of: form)?.signum()
    }
  }

  private func product(_ gradient: Engine.BallMatrix, row: Int) -> Ball {
    (0..<system.dimension).reduce(Ball(0.0, precision: precision)) { sum, column in
      sum + Ball(system.division.vectors[row, column], precision: precision) * gradient[column, 0]
    }
  }

  private func hasDeadUnit(_ gradients: [Engine.BallMatrix]) -> Bool {
    let ridge = Ball(system.ridge, precision: precision)
    return gradients.contains { ($0.squaredNorm() - ridge * ridge).sign == .negative }
  }

  /// The residual of the stratum while it is open whether `|q_l|` exceeds `λ` by a hair for some face off the
  /// support: the safe ball (see `SafeBall`) around the residual of the support.
  private func widenedResidual() -> Engine.BallMatrix {
    let point = outcome.point
    let ridge = Ball(system.ridge, precision: precision)
    let one = Ball(1.0, precision: precision)
    var largest = one
    for position in outcome.ties {
      largest = largest.union(
        point.gradients[position].squaredNorm().squareRoot(clampingAtZero: true) / ridge)
    }
    // τ is one over the largest of these numbers; the whole ball of possible values is carried along.
    let tau = one / largest.union(one)
    let deficit = one - tau
    var gap = deficit * deficit * point.residual.squaredNorm()
    let two = Ball(2.0, precision: precision)
    for share in point.shares { gap = gap + two * share * ridge * deficit }
    let radius = gap.absoluteValue.squareRoot(clampingAtZero: true)
    let interval = Ball(lower: -1, upper: 1, precision: precision) * radius
    var widened = point.residual
    for row in 0..<system.rowCount { widened[row, 0] = widened[row, 0] + interval }
    return widened
  }
}
