import Algebra

/// Evaluates the conditions of a local minimum on the balls of a critical point.
package struct StratumJudge<Engine: AlgebraEngine> {
  package typealias Ball = Engine.Ball

  package let system: StratumSystem<Engine>
  package let outcome: SupportSearch<Engine>.Outcome
  package let precision: Int

  package init(system: StratumSystem<Engine>, outcome: SupportSearch<Engine>.Outcome, precision: Int) {
    self.system = system
    self.outcome = outcome
    self.precision = precision
  }

  package enum Judgement {
    case rejected
    case accepted(outputSigns: [Int])
    case pending([PendingCondition<Engine>], outputSigns: [Int])
  }

  package func judge() throws -> Judgement {
    let residual = outcome.ties.isEmpty ? outcome.point.residual : widenedResidual()
    let gradients =
      outcome.ties.isEmpty
      ? outcome.point.gradients
      : system.faces.map { residual.gradient(of: $0) }
    if outcome.hasDeadUnit, outcome.ties.isEmpty || hasDeadUnit(gradients) { return .rejected }
    var pending: [PendingCondition<Engine>] = outcome.ties.map { .tie(position: $0) }
    var signs = system.faces.map { _ in 0 }
    for (position, face) in system.faces.enumerated() {
      if face.signs == nil { signs[position] = 1 }
      for wall in face.walls {
        let value = system.division.product(row: wall.row, gradients[position])
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
      guard !face.kinkRays.isEmpty else { continue }
      let moment = residual.moment(of: face)
      for ray in face.kinkRays {
        let value = residual.kinkValue(ray, on: face, moment: moment)
        let sign: Int
        switch value.sign {
        case .negative: sign = -1
        case .zero: sign = 0
        case .positive: sign = 1
        case .unknown:
          let form = system.division.kinkForm(ray, on: face)
          guard let constant = try system.constantValue(of: form) else {
            pending.append(.kink(position: position, form: form))
            continue
          }
          sign = constant.signum()
        }
        if sign == 0 { continue }
        if signs[position] == 0 {
          pending.append(.kink(position: position, form: system.division.kinkForm(ray, on: face)))
        } else if sign == signs[position] {
          return .rejected
        }
      }
    }
    return pending.isEmpty ? .accepted(outputSigns: signs) : .pending(pending, outputSigns: signs)
  }

  private func hasDeadUnit(_ gradients: [Engine.BallMatrix]) -> Bool {
    let ridge = Ball(system.ridge, precision: precision)
    return gradients.contains { ($0.squaredNorm() - ridge * ridge).sign == .negative }
  }

  /// The residual of the stratum while it is open whether `|q_l|` exceeds `λ` by a hair for some face off the
  /// support: the safe ball (see `SafeBall`) around the residual of the support.
  private func widenedResidual() -> ImplicitResidual<Engine> {
    let point = outcome.point
    let ridge = Ball(system.ridge, precision: precision)
    let one = Ball(1.0, precision: precision)
    var largest = one
    for position in outcome.ties {
      largest = largest.union(
        point.gradients[position].squaredNorm().squareRoot(clampingAtZero: true) / ridge)
    }
    // τ is one over the largest of these numbers; the whole ball of possible values is carried along.
    // At the solution on the support |r| is at most |y|.
    let tau = one / largest.union(one)
    let deficit = one - tau
    var gap = deficit * deficit * Ball(system.division.moments.targetSquare, precision: precision)
    let two = Ball(2.0, precision: precision)
    for share in point.shares { gap = gap + two * share * ridge * deficit }
    var widened = point.residual
    widened.uncertainty = gap.absoluteValue.squareRoot(clampingAtZero: true)
    return widened
  }
}
