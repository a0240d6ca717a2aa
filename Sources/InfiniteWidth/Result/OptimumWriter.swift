import Algebra
import ConvexMethod
import LandscapeModel
import RealSolving
import Strata

/// Writes down a proved optimum.
struct OptimumWriter<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Result = InfiniteWidthResult

  let optimum: SparseOptimum<Engine>
  let numbers: RefinedOptimum<Engine>
  let exact: BoundedExactDecision<Engine>
  let scaling: Scaling<Engine>

  private var system: StratumSystem<Engine> { optimum.system }
  private var polytope: SolutionPolytope<Engine> { numbers.polytope }
  private var problem: ScaledProblem<Engine> { optimum.division.problem }
  private var zero: DecimalEnclosure { DecimalEnclosure(exact: "0") }

  func loss() throws -> DecimalEnclosure {
    if problem.targets.allSatisfy({ $0 == 0 }) { return zero }
    return try numbers.enclosure(scaledBy: scaling.lossExponent) { $0.loss(system) }
  }

  func totalMass() throws -> DecimalEnclosure {
    optimum.isZero ? zero : try numbers.enclosure(scaledBy: scaling.shareExponent) { $0.totalMass }
  }

  /// `y − f(x)`.
  func residual() throws -> [DecimalEnclosure] {
    let active = try optimum.point.support.map { try system.design($0) }
    return try (0..<problem.rowCount).map { row in
      let isTouched = active.contains { design in (0..<design.columns).contains { design[row, $0] != 0 } }
      if !isTouched, problem.targets[row] == 0, problem.metric.features == nil { return zero }
      return try numbers.enclosure(scaledBy: scaling.lossExponent / 2) { $0.point.residual.error(at: row) }
    }
  }

  // MARK: - Extremal directions

  /// - Throws: `UndecidedSign` if a strictness cannot be decided.
  func extremes() throws -> [Result.Extreme] {
    try system.faces.indices.map { position in
      let face = system.faces[position]
      let forms = try KinkForms(face, of: optimum.division)
      return Result.Extreme(
        pattern: face.pattern.description, sign: optimum.signs[position], direction: try direction(position),
        dimension: face.dimension, kinks: try forms.map { try kinks($0, position) },
        strict: try isStrict(position), mass: try mass(position))
    }
  }

  /// `u`.
  func direction(_ position: Int) throws -> [DecimalEnclosure] {
    let design = try system.design(position)
    let vanishing = (0..<design.columns).map { column in
      (0..<design.rows).allSatisfy { design[$0, column] == 0 }
    }
    let isAxis = vanishing.count { !$0 } == 1
    return try vanishing.indices.map { column in
      if vanishing[column] { return zero }
      if isAxis {
        let isPositive = try numbers.approximation { coordinate($0, position, column) } > 0
        return DecimalEnclosure(exact: isPositive ? "1" : "-1")
      }
      return try numbers.enclosure { coordinate($0, position, column) }
    }
  }

  /// `u = s q / λ`.
  private func coordinate(_ state: RefinedOptimum<Engine>.State, _ position: Int, _ column: Int) -> Ball {
    let value = state.point.gradients[position][column, 0] / state.ridge
    return optimum.signs[position] > 0 ? value : -value
  }

  private func kinks(_ forms: KinkForms<Engine>, _ position: Int) throws -> [Result.Kink] {
    try forms.rows.indices.compactMap { index in
      // τ = (−c/r − α)/(1 − α); where the residual is zero the share means nothing.
      if try sign(of: forms.atOne(index)) == 0 {
        guard try sign(of: forms.atZero(index)) != 0 else { return nil }
        return Result.Kink(row: forms.rows[index] + 1, tau: DecimalEnclosure(exact: "1"))
      }
      if try sign(of: forms.atZero(index)) == 0 {
        return Result.Kink(row: forms.rows[index] + 1, tau: zero)
      }
      let tau = try numbers.enclosure { state in
        let value = forms.coefficient(index, state.point)
        let slope = Ball(problem.activation.slope, precision: state.point.precision)
        let one = Ball(1.0, precision: state.point.precision)
        return (-value / state.point.residual.value(at: forms.rows[index]) - slope) / (one - slope)
      }
      return Result.Kink(row: forms.rows[index] + 1, tau: tau)
    }
  }

  /// Whether all one-sided derivatives along directions that leave the face are negative (times the sign).
  private func isStrict(_ position: Int) throws -> Bool {
    let face = system.faces[position]
    for ray in face.kinkRays where try sign(of: optimum.division.kinkForm(ray, on: face)) == 0 {
      return false
    }
    return true
  }

  /// The sign of a linear form in the residual, exactly.
  private func sign(of form: [Engine.Rational]) throws -> Int {
    guard let sign = try exact.sign(of: form, system, at: optimum.point) else { throw UndecidedSign() }
    return sign
  }

  // MARK: - Masses

  /// The range over all solutions.
  func mass(_ position: Int) throws -> DecimalEnclosure {
    let values = try polytope.supports.indices.map { vertex in
      (
        value: try numbers.approximation { $0.masses[vertex][position] },
        enclosure: try mass(position, atVertex: vertex)
      )
    }
    guard let least = values.min(by: { $0.value < $1.value }),
      let greatest = values.max(by: { $0.value < $1.value })
    else { preconditionFailure("there is a solution") }
    return DecimalEnclosure(lower: least.enclosure.lower, upper: greatest.enclosure.upper)
  }

  private func mass(_ position: Int, atVertex vertex: Int, signed: Bool = false) throws -> DecimalEnclosure {
    guard polytope.supports[vertex][position] else { return zero }
    return try numbers.enclosure(scaledBy: scaling.shareExponent) { state in
      let mass = state.masses[vertex][position]
      return signed && optimum.signs[position] < 0 ? -mass : mass
    }
  }

  /// - Throws: `UndecidedSign` if it cannot be decided whether the function is unique.
  func solutions() throws -> Result.Solutions {
    let supports = polytope.supports
    guard let isFunctionUnique = try polytope.isFunctionUnique() else { throw UndecidedSign() }
    return Result.Solutions(
      dimension: polytope.dimension, unique: polytope.dimension == 0,
      functionUnique: isFunctionUnique, leastAtoms: leastAtoms,
      vertexCount: polytope.vertexCount,
      vertices: polytope.vertexCount > supports.count
        ? nil
        : try supports.indices.map { vertex in
          try system.faces.indices.map { try mass($0, atVertex: vertex, signed: true) }
        },
      allExtremesUsed: system.faces.indices.allSatisfy { position in supports.contains { $0[position] } })
  }

  /// Attained at a vertex: there the supports are minimal.
  private var leastAtoms: Int { polytope.supports.map { $0.count { $0 } }.min() ?? 0 }

  /// `a = s √c`, `w = √c u` for a vertex with the fewest atoms.
  func network() throws -> Result.Network {
    guard let vertex = polytope.supports.firstIndex(where: { $0.count { $0 } == leastAtoms }) else {
      preconditionFailure("there is a solution")
    }
    let atoms = system.faces.indices.filter { polytope.supports[vertex][$0] }
    func size(_ state: RefinedOptimum<Engine>.State, _ position: Int) -> Ball {
      state.masses[vertex][position].squareRoot(clampingAtZero: true)
    }
    let exponent = scaling.shareExponent / 2
    return Result.Network(
      units: atoms.count,
      a: try atoms.map { position in
        try numbers.enclosure(scaledBy: exponent) { state in
          optimum.signs[position] > 0 ? size(state, position) : -size(state, position)
        }
      },
      w: try atoms.map { position in
        let design = try system.design(position)
        return try (0..<design.columns).map { column in
          if (0..<design.rows).allSatisfy({ design[$0, column] == 0 }) { return zero }
          return try numbers.enclosure(scaledBy: exponent) { state in
            size(state, position) * coordinate(state, position, column)
          }
        }
      },
      c: try linearCoefficients())
  }

  /// The best coefficients of the linear terms, the same for all solutions; `nil` without any.
  private func linearCoefficients() throws -> [DecimalEnclosure]? {
    let count = problem.metric.featureCount
    guard count > 0 else { return nil }
    if problem.targets.allSatisfy({ $0 == 0 }) { return Array(repeating: zero, count: count) }
    // They scale like the targets.
    return try (0..<count).map { column in
      try numbers.enclosure(scaledBy: scaling.lossExponent / 2) { state in
        state.point.residual.coefficients?[column, 0] ?? Ball(.nan, precision: state.point.precision)
      }
    }
  }
}

/// The sign of an algebraic number could not be decided within reach.
struct UndecidedSign: Error {}

extension CriticalPoint {
  /// The value of a linear form in the residual.
  func value(of form: [Engine.Rational]) -> Ball {
    var sum = Ball(0.0, precision: precision)
    for (row, coefficient) in form.enumerated() where coefficient != 0 {
      sum = sum + Ball(coefficient, precision: precision) * residual.value(at: row)
    }
    return sum
  }
}
