import Algebra
import Arrangements
import LandscapeModel
import Strata

/// The second stage: decides a stratum in ball arithmetic at rising precision, and hands what no precision
/// can tell (whether an algebraic number is zero) to the exact stage.
package struct StratumCertifier<Engine: AlgebraEngine>: Sendable {
  package typealias Ball = Engine.Ball

  package let division: Division<Engine>
  package let certificate: DualCertificate<Engine>
  package let exact: ExactDecision<Engine>

  package init(
    division: Division<Engine>, certificate: DualCertificate<Engine>, exact: ExactDecision<Engine>
  ) {
    self.division = division
    self.certificate = certificate
    self.exact = exact
  }

  /// The same, whose exact stage ends at no limit: see `ExactDecision.withoutLimits`.
  package var withoutLimits: Self {
    Self(division: division, certificate: certificate, exact: exact.withoutLimits)
  }

  /// - Parameters:
  ///   - faces: the stratum, in increasing order; may be empty.
  ///   - start: an approximate minimiser of `G`.
  /// - Throws: `Interruption`.
  package func decide(_ faces: [UnitFace<Engine>], start: [Double]) throws -> StratumDecision<Engine> {
    do {
      return try decision(faces, start: start)
    } catch AlgebraError.tooLarge(let what) {
      return .undecided(reason: AlgebraError.tooLarge(what).description)
    }
  }

  private func decision(_ faces: [UnitFace<Engine>], start: [Double]) throws -> StratumDecision<Engine> {
    if faces.contains(where: { certificate.tables.view.faces[$0.index].neverOccupied }) {
      return .rejected(.ball)
    }
    let system = try StratumSystem(division, faces: faces)
    var reason = "no solution could be certified with \(CriticalPoint<Engine>.precisions.last ?? 0) bits"
    for precision in CriticalPoint<Engine>.precisions {
      let search = SupportSearch(system: system, precision: precision)
      guard let outcome = search.find(from: start) else { continue }
      let judge = StratumJudge(system: system, outcome: outcome, precision: precision)
      switch try judge.judge() {
      case .rejected:
        return .rejected(.ball)
      case .accepted(let signs):
        return try finish(
          system, signs, outcome.point, rank: outcome.point.support.count, stage: .ball)
      case .pending(let conditions, let signs):
        reason = conditions[0].description(in: system)
        guard precision >= CriticalPoint<Engine>.exactFrom else { continue }
        if let decision = try settle(system, outcome, conditions, signs) { return decision }
      }
    }
    return .undecided(reason: reason)
  }

  /// The exact stage: every pending condition is the sign of an element of a number field.
  private func settle(
    _ system: StratumSystem<Engine>, _ outcome: SupportSearch<Engine>.Outcome,
    _ conditions: [PendingCondition<Engine>], _ signs: [Int]
  ) throws -> StratumDecision<Engine>? {
    let suspects = conditions.map { $0.equation(in: system) }
    return try exact.decide(system, at: outcome.point, suspects: suspects) { residual in
      try settle(system, outcome, conditions, signs, residual)
    }
  }

  private func settle(
    _ system: StratumSystem<Engine>, _ outcome: SupportSearch<Engine>.Outcome,
    _ conditions: [PendingCondition<Engine>], _ signs: [Int], _ residual: ExactResidual<Engine>
  ) throws -> StratumDecision<Engine>? {
    var settledSigns = signs
    for case .tie(let position) in conditions {
      switch try residual.sign(ofDefect: system.design(position)) {
      case 0: break
      case -1: return .rejected(.exact)
      // Unknown, or the support misses a unit with a share too small for this precision.
      default: return nil
      }
    }
    var rank = outcome.point.support.count
    if !outcome.ties.isEmpty {
      guard let sharing = try residual.sharing() else { return nil }
      guard sharing.isPositive else { return .rejected(.exact) }
      rank = sharing.rank
    }
    for condition in conditions {
      switch condition {
      case .tie: break
      case .wall(let position, let form, let sign):
        guard let formSign = try residual.sign(of: form) else { return nil }
        let value = formSign * sign
        if value == 0 || (settledSigns[position] != 0 && value != settledSigns[position]) {
          return .rejected(.exact)
        }
        settledSigns[position] = value
      case .kink(let position, let form):
        guard let formSign = try residual.sign(of: form) else { return nil }
        if formSign * settledSigns[position] > 0 { return .rejected(.exact) }
      }
    }
    return try finish(system, settledSigns, outcome.point, rank: rank, stage: .exact)
  }

  /// All conditions of a local minimum with all units alive hold: what remains is how it stands among
  /// networks of other widths.
  private func finish(
    _ system: StratumSystem<Engine>, _ signs: [Int], _ point: CriticalPoint<Engine>, rank: Int,
    stage: DecisionStage
  ) throws -> StratumDecision<Engine> {
    guard let patterns = try patterns(of: system, point) else {
      return .undecided(reason: "the activation pattern of the linear units")
    }
    let (verdict, usedExact) = try certificate.verdict(at: point, in: system, exact: exact)
    if case .undecided(let reason) = verdict { return .undecided(reason: reason) }
    if system.faces.isEmpty, case .aboveOne = verdict { return .rejected(usedExact ? .exact : stage) }
    let minimum = LocalMinimum(
      faces: system.faces, outputSigns: signs, patterns: patterns, rank: rank, point: point,
      certificate: verdict)
    return .localMinimum(minimum, usedExact ? .exact : stage)
  }

  /// The patterns of the faces; where a face is not bound to one (linear activation), that of `q`.
  private func patterns(
    of system: StratumSystem<Engine>, _ point: CriticalPoint<Engine>
  ) throws -> [SignVector]? {
    var patterns: [SignVector] = []
    for (position, face) in system.faces.enumerated() {
      if let signs = face.signs {
        patterns.append(signs)
        continue
      }
      var signs: [Int] = []
      for row in 0..<system.rowCount {
        let value = division.product(row: row, point.gradients[position])
        switch value.sign {
        case .negative: signs.append(-1)
        case .zero: signs.append(0)
        case .positive: signs.append(1)
        case .unknown:
          let form = division.wallForm(at: row, on: face)
          guard
            let sign = try exact.decide(
              system, at: point, suspects: [.vanishes(form)], by: { try $0.sign(of: form) })
          else { return nil }
          signs.append(sign)
        }
      }
      patterns.append(SignVector(signs))
    }
    return patterns
  }
}

/// A condition whose sign the balls could not tell.
package enum PendingCondition<Engine: AlgebraEngine> {
  /// `|q_l| = λ` off the support?
  case tie(position: Int)
  /// `sign · form(r)` must have the sign of the unit's output weight (strictly).
  case wall(position: Int, form: [Engine.Rational], sign: Int)
  /// `form(r)` times the sign of the output weight must not be positive.
  case kink(position: Int, form: [Engine.Rational])

  /// The equation that the balls could not exclude.
  package func equation(in system: StratumSystem<Engine>) -> ResidualEquation<Engine> {
    switch self {
    case .tie(let position): .attains(system.faces[position])
    case .wall(_, let form, _), .kink(_, let form): .vanishes(form)
    }
  }

  package func description(in system: StratumSystem<Engine>) -> String {
    func pattern(_ position: Int) -> String { system.faces[position].face.description }
    return switch self {
    case .tie(let position): "whether a unit on \(pattern(position)) is alive or dead"
    case .wall(let position, _, _): "whether a hidden weight lies in \(pattern(position)) or on its boundary"
    case .kink(let position, _): "whether a one-sided derivative at \(pattern(position)) is zero"
    }
  }
}
