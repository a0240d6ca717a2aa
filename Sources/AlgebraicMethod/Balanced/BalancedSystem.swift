import Algebra
import Ideals
import Strata

/// The critical points of a balanced problem (`a_l² = |w_l|²`, by the ridge) with a unit alive on each of some
/// distinct regions, as a polynomial system of degree 2.
///
/// The unknowns are the directions `u_l = w_l / a_l`, in coordinates of a rational basis `B_l` of the region's
/// span, the shares `s_l = Σ a²` of the units on the region, and the linear coefficients `c`; the parameters `a_l` are
/// square roots of the shares and enter nowhere else. With the residual `r = Ω (y − V c − Σ s_l M_l u_l)`:
///
///     λ u_l = P_l M_lᵀ r,   |u_l|² = 1,   μ_j c_j = (Vᵀr)_j.
///
/// Every solution with all `s_l ≠ 0` is a critical point of the surrogate over the complex numbers, and the
/// other way round.
package struct BalancedSystem<Engine: AlgebraEngine>: Sendable {
  package typealias Rational = Engine.Rational
  package typealias Polynomial = Engine.Polynomial

  package let regions: [UnitRegion<Engine>]
  package let notation: PolynomialNotation<Engine>
  /// Of the directions of each region, and the numbers of the shares.
  package let directionVariables: [Range<Int>]
  package let shareVariables: [Int]
  /// Of the linear coefficients.
  package let linearVariables: Range<Int>
  /// `r_i` as polynomials.
  package let residual: [Polynomial]
  /// The equations.
  package let equations: [Polynomial]

  package init(_ problem: TrainingProblem<Engine>, regions: [UnitRegion<Engine>]) throws {
    self.regions = regions
    var names: [String] = []
    var directions: [Range<Int>] = []
    for (number, region) in regions.enumerated() {
      directions.append(names.count..<names.count + region.basis.columns)
      names += (0..<region.basis.columns).map { "u\(number + 1)_\($0 + 1)" }
    }
    let penalties = problem.featurePenalties
    linearVariables = names.count..<(names.count + penalties.count)
    names += penalties.indices.map { "c\($0 + 1)" }
    // Without units and linear terms there is one point, in a space of dimension zero: a variable that is zero
    // stands for it.
    let placeholder: Int? = names.isEmpty ? 0 : nil
    if placeholder != nil { names.append("c") }
    shareVariables = regions.indices.map { names.count + $0 }
    names += regions.indices.map { "s\($0 + 1)" }
    let notation = try PolynomialNotation<Engine>(variables: names)
    let ring = notation.ring
    self.notation = notation
    directionVariables = directions

    let linear = problem.features
    let features = regions.map { $0.features(problem.vectors) }
    var residual = problem.targets.map { ring.constant($0) }
    for row in residual.indices {
      residual[row] = try residual[row].subtracting(
        ring.combination(linear[row], ofVariables: linearVariables))
      for (number, region) in regions.enumerated() where region.slopes[row] != 0 {
        let share = ring.variable(shareVariables[number])
        let value = try ring.combination(features[number][row], ofVariables: directions[number])
        residual[row] = try residual[row].subtracting(
          share.multiplied(by: value).scaled(by: region.slopes[row]))
      }
      if let weights = problem.observationWeights { residual[row] = residual[row].scaled(by: weights[row]) }
    }
    self.residual = residual

    var equations: [Polynomial] = []
    for (number, region) in regions.enumerated() {
      let basis = region.basis
      let gram = try basis.transposed.multiplied(by: basis)
      var squaredNorm = ring.constant(-1)
      for (column, variable) in directions[number].enumerated() {
        // Row `column` of λ G ν − Bᵀ Mᵀ r.
        let dual = try ring.combination(
          (0..<basis.columns).map { gram[column, $0] }, ofVariables: directions[number])
        let coefficients = residual.indices.map { region.slopes[$0] * features[number][$0][column] }
        equations.append(
          try dual.scaled(by: problem.ridge).subtracting(ring.combination(coefficients, residual)))
        squaredNorm = try squaredNorm.adding(ring.variable(variable).multiplied(by: dual))
      }
      equations.append(squaredNorm)
    }
    for (column, variable) in linearVariables.enumerated() {
      equations.append(
        try ring.variable(variable).scaled(by: penalties[column])
          .subtracting(ring.combination(linear.map { $0[column] }, residual)))
    }
    if let placeholder { equations.append(ring.variable(placeholder)) }
    self.equations = equations
  }

  /// `Σ_i coefficients[i] r_i`.
  package func form(_ coefficients: [Rational]) throws -> Polynomial {
    try notation.ring.combination(coefficients, residual)
  }

  /// The ideal of the equations. Cost: one basis.
  package func ideal(_ control: Control) throws -> Ideal<Engine> {
    try Ideal(of: equations, in: notation, control: control)
  }
}
