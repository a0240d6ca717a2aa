import Algebra

/// The third stage: a way to know the residual of a stratum exactly, as a vector over a number field, which
/// turns every open condition into the sign of an algebraic number.
protocol ExactDecision<Engine>: Sendable {
  associatedtype Engine: AlgebraEngine

  /// - Returns: `nil` if this implementation has no exact description of the point; the stratum then stays
  ///   undecided.
  func residual(of system: StratumSystem<Engine>, at point: CriticalPoint<Engine>) throws
    -> ExactResidual<Engine>?
}

/// Decides the strata whose residual needs no elimination theory: where the support is empty or a single
/// face (one polynomial equation in one share), and where all `K_l` of the support have rank one (the
/// residual lies in a field of square roots).
struct ElementaryDecision<Engine: AlgebraEngine>: ExactDecision {
  func residual(of system: StratumSystem<Engine>, at point: CriticalPoint<Engine>) throws
    -> ExactResidual<Engine>?
  {
    if point.support.isEmpty { return try ExactResidual(constantOf: system) }
    if let residual = try RankOneSupport(system, point)?.residual() { return residual }
    if point.support.count == 1 {
      return try SingleFaceSupport(system, position: point.support[0], share: point.shares[0]).residual()
    }
    return nil
  }
}

/// The residual of a stratum as a vector over a number field.
struct ExactResidual<Engine: AlgebraEngine>: Sendable {
  typealias Element = NumberField<Engine>.Element

  let field: NumberField<Engine>
  /// Length `n`.
  let residual: [Element]

  init(field: NumberField<Engine>, residual: [Element]) {
    self.field = field
    self.residual = residual
  }

  /// The residual `y` of the point with all units dead.
  init(constantOf system: StratumSystem<Engine>) throws {
    let field = try NumberField<Engine>(modulus: [-1, 1]) { Engine.Ball(1, precision: $0) }
    self.init(field: field, residual: system.division.problem.targets.map { field.constant($0) })
  }

  /// The sign of a linear form in the residual.
  func sign(of form: [Engine.Rational]) throws -> Int { try field.sign(value(of: form)) }

  /// The sign of `|q_l|² − λ²` for a face of the stratum.
  func sign(ofDefectAt position: Int, in system: StratumSystem<Engine>) throws -> Int {
    try sign(ofDefect: system.designs[position], ridge: system.ridge)
  }

  /// The sign of `|Xᵀ r|² − λ²` for a design matrix `X = M P`.
  func sign(ofDefect design: Engine.RationalMatrix, ridge: Engine.Rational) throws -> Int {
    let gradient = self.gradient(design)
    let square = gradient.reduce(field.zero) { field.add($0, field.multiply($1, $1)) }
    return try field.sign(field.subtract(square, field.constant(ridge * ridge)))
  }

  /// Whether shares with all units alive exist for faces that are in equilibrium beside a support.
  enum Sharing {
    case positive
    case impossible
    case unknown
  }

  func sharing(of ties: [Int], support: [Int], in system: StratumSystem<Engine>) throws -> Sharing {
    let images = system.designs.map { design in image(design, of: gradient(design)) }
    let onSupport = support.map { images[$0] }
    let contained = try field.spans(onSupport, ties.map { images[$0] }).contained
    // Every tied face can take a small share that the support makes up for.
    if contained.allSatisfy({ $0 }) { return .positive }
    for (index, position) in ties.enumerated() where !contained[index] {
      let others = images.indices.filter { $0 != position }.map { images[$0] }
      // Not even with the other ties: its share is determined, and zero.
      if try !field.spans(others, [images[position]]).contained[0] { return .impossible }
    }
    return .unknown
  }

  private func value(of form: [Engine.Rational]) -> Element {
    zip(form, residual).reduce(field.zero) { sum, term in
      term.0 == 0 ? sum : field.add(sum, field.scale(term.1, by: term.0))
    }
  }

  /// `q = Xᵀ r`.
  func gradient(_ design: Engine.RationalMatrix) -> [Element] {
    (0..<design.columns).map { column in value(of: (0..<design.rows).map { design[$0, column] }) }
  }

  /// `X q`.
  func image(_ design: Engine.RationalMatrix, of gradient: [Element]) -> [Element] {
    (0..<design.rows).map { row in
      gradient.indices.reduce(field.zero) {
        design[row, $1] == 0 ? $0 : field.add($0, field.scale(gradient[$1], by: design[row, $1]))
      }
    }
  }
}
