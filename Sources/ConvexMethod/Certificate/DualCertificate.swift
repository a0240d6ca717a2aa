import Algebra
import Strata

/// How a critical residual stands with respect to the dual certificate `η(w) = Σ_i r_i σ(⟨w, z_i⟩)` of
/// infinitely wide networks, `max |η| = max{|q_f| : ± q_f in the relative interior of f}`.
package enum CertificateVerdict<Engine: AlgebraEngine>: Sendable {
  /// `max |η| ≤ λ` (with an alive unit: exactly `λ`): a global minimum for every width.
  case atMostOne
  /// `max |η| > λ`: not a local minimum once a unit is dead.
  case aboveOne
  case undecided(reason: String)
}

/// Evaluates the dual certificate over all faces: doubles with error bounds first, balls and the exact stage
/// for what they leave open.
package struct DualCertificate<Engine: AlgebraEngine>: Sendable {
  package typealias Ball = Engine.Ball

  package let division: Division<Engine>
  package let tables: FilterTables

  package init(division: Division<Engine>, tables: FilterTables) {
    self.division = division
    self.tables = tables
  }

  /// Whether `max |η| ≤ λ`, and whether the exact stage was needed to tell.
  package func verdict(
    at start: CriticalPoint<Engine>, in system: StratumSystem<Engine>, exact: ExactDecision<Engine>
  ) throws -> (CertificateVerdict<Engine>, usedExact: Bool) {
    let ridge = division.problem.ridge.doubleValue
    let candidates = scan(
      start.residual, except: system.faces.map(\.index), atLeast: ridge * (1 - 1e-15))
    if candidates.contains(where: { $0.isFeasible == true && $0.lower > ridge * (1 + 1e-15) }) {
      return (.aboveOne, false)
    }
    var pending = candidates.map(\.face)
    guard !pending.isEmpty else { return (.atMostOne, false) }
    for precision in CriticalPoint<Engine>.precisions {
      guard let point = start.refined(to: precision, in: system) else { continue }
      var open: [Int] = []
      for face in pending {
        let status = try status(of: division.faces[face], point.residual, system)
        if status.isFeasible == false || status.defect == .negative { continue }
        if status.isFeasible == true, status.defect == .positive { return (.aboveOne, false) }
        open.append(face)
      }
      pending = open
      if pending.isEmpty { return (.atMostOne, false) }
      guard precision >= CriticalPoint<Engine>.exactFrom else { continue }
      let faces = pending.map { division.faces[$0] }
      let isAbove = try exact.decide(
        system, at: point, suspects: faces.flatMap { suspects($0, point.residual) }
      ) { residual -> Bool? in
        let verdicts = try faces.map { try exceeds($0, residual) }
        return verdicts.contains(true) ? true : verdicts.contains(nil) ? nil : false
      }
      if let isAbove { return (isAbove ? .aboveOne : .atMostOne, true) }
    }
    let patterns = pending.map { division.faces[$0].face.description }.joined(separator: ", ")
    return (.undecided(reason: "whether the dual certificate exceeds the ridge on \(patterns)"), false)
  }

  /// An enclosure of `max |η| / λ` at a critical point, alive faces included.
  package func ratio(at point: CriticalPoint<Engine>, alive: [Int]) -> Ball {
    let precision = point.precision
    let ridge = Ball(division.problem.ridge, precision: precision)
    var best = alive.isEmpty ? Ball(0.0, precision: precision) : ridge
    let floor = alive.isEmpty ? 0 : division.problem.ridge.doubleValue * (1 - 1e-15)
    let candidates = scan(point.residual, except: alive, atLeast: floor)
    let bar = max(candidates.filter { $0.isFeasible == true }.map(\.lower).max() ?? 0, floor)
    var touching: [Ball] = []
    for candidate in candidates where !(candidate.upper < bar) {
      let face = division.faces[candidate.face]
      let gradient = point.residual.gradient(of: face)
      guard let norm = isFeasible(face, gradient).map({ $0 ? self.norm(gradient) : nil }) else {
        touching.append(self.norm(gradient))
        continue
      }
      if let norm { best = greater(norm, best) }
    }
    // If `q_f` lies on a wall of its face, it lies in the relative interior of a lower one, which has the
    // same `q`: these add nothing but what the balls cannot tell apart.
    for norm in touching where (norm - best).sign != .negative { best = best.union(norm) }
    return best / ridge
  }

  private func norm(_ gradient: Engine.BallMatrix) -> Ball {
    gradient.squaredNorm().squareRoot(clampingAtZero: true)
  }

  /// The greater of two numbers, or the union where that cannot be told.
  private func greater(_ left: Ball, _ right: Ball) -> Ball {
    switch (left - right).sign {
    case .positive: left
    case .negative, .zero: right
    case .unknown: left.union(right)
    }
  }

  /// The faces on which `|q_f|` may be at least `floor`, with bounds.
  private func scan(
    _ residual: ImplicitResidual<Engine>, except excluded: [Int], atLeast floor: Double
  ) -> [CertificateScan.Candidate] {
    let terms = residual.terms.map { CertificateScan.Term(face: $0.face.index, weight: $0.weight) }
    return CertificateScan(tables: tables).candidates(terms, except: excluded, atLeast: floor)
  }

  // MARK: - In balls, and exactly

  private struct Status {
    let isFeasible: Bool?
    /// The sign of `|q_f|² − λ²`.
    let defect: BallSign
  }

  private func isFeasible(_ face: UnitFace<Engine>, _ gradient: Engine.BallMatrix) -> Bool? {
    var (positive, negative, unknown) = (false, false, false)
    for wall in face.walls {
      let value = division.product(row: wall.row, gradient)
      switch value.sign {
      case .positive: if wall.sign > 0 { positive = true } else { negative = true }
      case .negative: if wall.sign > 0 { negative = true } else { positive = true }
      case .zero: return false
      case .unknown: unknown = true
      }
    }
    if positive, negative { return false }
    return unknown ? nil : true
  }

  private func status(
    of face: UnitFace<Engine>, _ residual: ImplicitResidual<Engine>, _ system: StratumSystem<Engine>
  ) throws -> Status {
    let gradient = residual.gradient(of: face)
    let ridge = Ball(division.problem.ridge, precision: residual.precision)
    let defect = (gradient.squaredNorm() - ridge * ridge).sign
    var feasible = isFeasible(face, gradient)
    if feasible == nil, defect != .negative {
      // A wall form that is the same for all shares is a rational number, which may be zero exactly.
      for wall in face.walls
      where try system.constantValue(of: division.wallForm(at: wall.row, on: face)) == 0 {
        feasible = false
      }
    }
    return Status(isFeasible: feasible, defect: defect)
  }

  /// What the balls leave open about a face.
  private func suspects(
    _ face: UnitFace<Engine>, _ residual: ImplicitResidual<Engine>
  ) -> [ResidualEquation<Engine>] {
    let gradient = residual.gradient(of: face)
    let ridge = Ball(division.problem.ridge, precision: residual.precision)
    var equations = face.walls.filter {
      division.product(row: $0.row, gradient).sign == .unknown
    }.map { ResidualEquation<Engine>.vanishes(division.wallForm(at: $0.row, on: face)) }
    if (gradient.squaredNorm() - ridge * ridge).sign == .unknown { equations.append(.attains(face)) }
    return equations
  }

  /// Whether `|q_f| > λ` with `± q_f` in the face, exactly; `nil` if that is not known.
  private func exceeds(_ face: UnitFace<Engine>, _ residual: ExactResidual<Engine>) throws -> Bool? {
    guard let defect = try residual.sign(ofDefect: division.design(of: face)) else { return nil }
    guard defect > 0 else { return false }
    var signs: Set<Int> = []
    for wall in face.walls {
      guard let sign = try residual.sign(of: division.wallForm(at: wall.row, on: face)) else { return nil }
      signs.insert(sign * wall.sign)
    }
    return signs.count == 1 && !signs.contains(0)
  }
}
