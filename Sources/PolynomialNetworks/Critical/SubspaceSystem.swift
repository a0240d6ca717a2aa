import Algebra
import Ideals

/// The critical equations of one rank in the unknowns of the image (dual: of the kernel) alone.
///
/// The equations `A(w) p = b(w)` of a chart are linear in the entries p of its core, so they have a solution where
/// `[A b]` loses rank: its maximal minors vanish. Combinations of the equations are the normal equations
/// `N(w) p = v(w)` of the least squares problem in p. At real points N is definite; where `det N` does not vanish at
/// complex ones either, the minors describe the same points with the same multiplicities. They are equations of higher
/// degree, but many of them in fewer unknowns: Gröbner bases are found up to twenty times as fast.
struct SubspaceSystem<Engine: AlgebraEngine> {
  typealias Polynomial = Engine.Polynomial

  let notation: PolynomialNotation<Engine>
  let equations: [Polynomial]
  /// N and v.
  let normal: [[Polynomial]]
  let values: [Polynomial]

  /// - Returns: `nil` where the subspace has no unknowns, or for sums of several powers, where equal ones are solutions.
  init?(_ system: CriticalSystem<Engine>, control: Control) throws {
    let (core, directions) = (system.core, system.directions)
    guard core.lowerBound > 0, directions.count == 1 || core.count > directions.count else { return nil }
    notation = try PolynomialNotation(variables: Array(system.notation.variables[..<core.lowerBound]))
    let ring = notation.ring
    let images = system.notation.variables.indices.map { core.contains($0) ? ring.zero : ring.variable($0) }
    func inSubspace(_ polynomial: Polynomial) throws -> Polynomial {
      try polynomial.substituted(images, into: ring)
    }
    func row(_ equation: Polynomial) throws -> [Polynomial] {
      try core.map { try inSubspace(equation.derivative(in: $0)) } + [inSubspace(equation).negated]
    }
    let rows = try system.equations.map(row)
    // The entry (i, j) of ⟨X − T, ℓ_i ℓ_j⟩.
    let n = rows.count / directions.count
    var normal: [[Polynomial]] = []
    for i in directions.indices {
      for j in 0...i {
        var sum = rows[0].map { _ in ring.zero }
        for (place, factor) in try directions[j].map(inSubspace).enumerated() where !factor.isZero {
          sum = try zip(sum, rows[i * n + place]).map { try $0.adding($1.multiplied(by: factor)) }
        }
        normal.append(sum)
      }
    }
    self.normal = normal.map { Array($0.dropLast()) }
    values = normal.map { $0[core.count] }
    // In the coordinates of the frame the normal equations show that some equations follow from others.
    var independent: [[Polynomial]] = []
    for j in directions.indices {
      for place in 0..<n where !system.pivots.prefix(j).contains(place) {
        var sum = rows[0].map { _ in ring.zero }
        for i in 0..<n where system.frame[i, place] != 0 {
          let factor = system.frame[i, place]
          sum = try zip(sum, rows[j * n + i]).map { try $0.adding($1.scaled(by: factor)) }
        }
        independent.append(sum)
      }
    }
    if core.count == 1 { independent = try Self.reduced(independent) }
    equations = try Determinant.maximalMinors(independent, ring: ring, control: control).filter { !$0.isZero }
  }

  /// Without the common factor of the first column, which no point that counts is on.
  private static func reduced(_ rows: [[Polynomial]]) throws -> [[Polynomial]] {
    let first = rows.map { $0[0] }
    guard var factor = first.first(where: { !$0.isZero }) else { return rows }
    for entry in first where !entry.isZero && factor.totalDegree > 0 {
      factor = try factor.greatestCommonDivisor(with: entry)
    }
    guard factor.totalDegree > 0 else { return rows }
    return try rows.map { [$0[0].isZero ? $0[0] : try $0[0].dividedExactly(by: factor), $0[1]] }
  }

  /// Whether there are no solutions at all. Modulo a prime; solutions of the chart's equations are among them.
  func isEmpty(modulo prime: UInt32, control: Control) throws -> Bool {
    try ideal(characteristic: prime, control: control).isUnit
  }

  /// Whether every complex solution has exactly one core, modulo a prime.
  func determinesCores(modulo prime: UInt32, control: Control) throws -> Bool {
    let determinant = try Determinant.of(normal, ring: notation.ring)
    return try ideal(equations + [determinant], characteristic: prime, control: control).isUnit
  }

  func ideal(characteristic: UInt32 = 0, control: Control) throws -> Ideal<Engine> {
    try ideal(equations, characteristic: characteristic, control: control)
  }

  private func ideal(
    _ equations: [Polynomial], characteristic: UInt32, control: Control
  ) throws -> Ideal<Engine> {
    try Ideal(
      generators: equations.map { try notation.value($0) }, variables: notation.variables,
      characteristic: characteristic, control: control)
  }

  var coreSolver: CoreSolver<Engine.Rational> {
    CoreSolver(normal: normal.map { $0.map { TermList($0) } }, values: values.map { TermList($0) })
  }
}

/// The core of a critical form by linear equations whose coefficients come from its subspace.
struct CoreSolver<Rational: ExactRational>: Sendable {
  let normal: [[TermList<Rational>]]
  let values: [TermList<Rational>]

  /// The coordinates of the subspace and those of the core; `nil` if the precision does not suffice.
  func extended<A: PointArithmetic>(
    _ point: [A.Scalar], _ arithmetic: A
  ) throws -> [A.Scalar]? where A.Rational == Rational {
    let matrix = normal.map { $0.map { $0.value(at: point, arithmetic) } }
    guard let inverse = try arithmetic.inverse(matrix) else { return nil }
    let values = self.values.map { [$0.value(at: point, arithmetic)] }
    return point + arithmetic.product(inverse, values).map { $0[0] }
  }
}
