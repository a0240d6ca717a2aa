import Algebra
import ConvexMethod

/// Exact decisions about faces, where they are within reach: rational linear algebra first (see `VanishingForms`); the
/// equations of a large support are not given to elimination theory.
struct BoundedExactDecision<Engine: AlgebraEngine>: Sendable {
  typealias Standing = FaceStandings<Engine>.Standing

  private let decision: ExactDecision<Engine>

  init(control: Control) { decision = ExactDecision(control: control) }

  /// The most unknowns (weights and shares) that a Gröbner basis is asked for.
  private static var mostUnknowns: Int { 9 }
  /// The most classes of square roots that are put into one field, of a degree up to two to this power.
  private static var mostRayClasses: Int { 4 }

  /// The answer of `rule` on an exact description of the residual; `nil` if there is none within reach.
  ///
  /// - Throws: `Interruption`.
  func decide<Answer>(
    _ system: StratumSystem<Engine>, at point: CriticalPoint<Engine>, suspects: [ResidualEquation<Engine>],
    by rule: (ExactResidual<Engine>) throws -> Answer?
  ) throws -> Answer? {
    do {
      let unknowns = point.support.reduce(0) { $0 + system.faces[$1].dimension + 1 }
      guard unknowns <= Self.mostUnknowns,
        try VanishingForms(system, at: point).rayClassCount <= Self.mostRayClasses
      else { return nil }
      return try decision.decide(system, at: point, suspects: suspects, by: rule)
    } catch AlgebraError.tooLarge {
      return nil
    }
  }

  /// The residual as a vector over one number field; `nil` if there is none within reach.
  func block(
    of system: StratumSystem<Engine>, at point: CriticalPoint<Engine>
  ) throws -> ExactResidual<Engine>.Block? {
    let ties = system.faces.indices.filter { !point.support.contains($0) }
    return try decide(system, at: point, suspects: ties.map { .attains(system.faces[$0]) }) { $0.onlyBlock }
  }

  /// The sign of a linear form in the residual; `nil` if that is not within reach.
  ///
  /// - Throws: `Interruption`.
  func sign(
    of form: [Engine.Rational], _ system: StratumSystem<Engine>, at start: CriticalPoint<Engine>
  ) throws -> Int? {
    for precision in CriticalPoint<Engine>.precisions {
      guard let point = start.refined(to: precision, in: system) else { continue }
      switch point.value(of: form).sign {
      case .positive: return 1
      case .negative: return -1
      case .zero, .unknown: break
      }
      if precision == CriticalPoint<Engine>.precisions[0],
        try VanishingForms(system, at: point).contains(form)
      {
        return 0
      }
    }
    if let constant = try system.constantValue(of: form) { return constant.signum() }
    return try decide(system, at: start, suspects: [.vanishes(form)]) { try $0.sign(of: form) }
  }

  /// The standings with what was open settled, as far as it can be.
  func settle(
    _ standings: [Standing], _ system: StratumSystem<Engine>, _ point: CriticalPoint<Engine>
  ) throws -> [Standing] {
    let open = standings.indices.filter { standings[$0].isOpen }
    guard !open.isEmpty else { return standings }
    let suspects = open.flatMap { position -> [ResidualEquation<Engine>] in
      if case .open(let equations) = standings[position] { return equations }
      return []
    }
    var settled = standings
    let vanishing = try VanishingForms(system, at: point)
    let known = try open.map { try standing(of: $0, system, point, vanishing) }
    if !known.contains(where: \.isOpen) {
      for (position, answer) in zip(open, known) { settled[position] = answer }
      return settled
    }
    let answers = try decide(system, at: point, suspects: suspects) { residual -> [Standing]? in
      var answers: [Standing] = []
      for position in open {
        guard let answer = try standing(of: position, system, point, residual) else { return nil }
        answers.append(answer)
      }
      return answers
    }
    for (position, answer) in zip(open, answers ?? []) { settled[position] = answer }
    return settled
  }

  /// What rational linear algebra tells.
  private func standing(
    of position: Int, _ system: StratumSystem<Engine>, _ point: CriticalPoint<Engine>,
    _ vanishing: VanishingForms<Engine>
  ) throws -> Standing {
    let face = system.faces[position]
    let open = Standing.open([.attains(face)])
    var signs: Set<Int> = []
    for wall in face.walls {
      switch system.division.product(row: wall.row, point.gradients[position]).sign {
      case .positive: signs.insert(wall.sign)
      case .negative: signs.insert(-wall.sign)
      case .zero, .unknown:
        guard try vanishing.contains(system.division.wallForm(at: wall.row, on: face)) else { return open }
        signs.insert(0)
      }
    }
    let touches = signs.remove(0) != nil
    guard signs.count == 1, let sign = signs.first else { return signs.count == 2 ? .harmless : open }
    let ridge = Engine.Ball(system.ridge, precision: point.precision)
    switch (point.gradients[position].squaredNorm() - ridge * ridge).sign {
    case .negative: return .harmless
    case .positive where !point.support.contains(position): return touches ? .harmless : .above
    case .positive, .zero, .unknown: break
    }
    guard try vanishing.attains(position) else { return open }
    return touches ? .touching(sign: sign) : .extremal(sign: sign)
  }

  private func standing(
    of position: Int, _ system: StratumSystem<Engine>, _ point: CriticalPoint<Engine>,
    _ residual: ExactResidual<Engine>
  ) throws -> Standing? {
    let face = system.faces[position]
    var defect = 0
    if !point.support.contains(position) {
      guard let sign = try residual.sign(ofDefect: system.design(position)) else { return nil }
      defect = sign
    }
    if defect < 0 { return .harmless }
    var signs: Set<Int> = []
    for wall in face.walls {
      let value: Int
      switch system.division.product(row: wall.row, point.gradients[position]).sign {
      case .positive: value = 1
      case .negative: value = -1
      case .zero, .unknown:
        guard let sign = try residual.sign(of: system.division.wallForm(at: wall.row, on: face)) else {
          return nil
        }
        value = sign
      }
      signs.insert(value * wall.sign)
      if signs.isSuperset(of: [1, -1]) { return .harmless }
    }
    let touches = signs.remove(0) != nil
    guard let sign = signs.first else { return nil }
    if defect > 0 { return touches ? .harmless : .above }
    return touches ? .touching(sign: sign) : .extremal(sign: sign)
  }
}
