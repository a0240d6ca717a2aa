import Algebra
import Ideals
import Strata

/// The critical points of a balanced problem (`a_l² = |w_l|²`, by the ridge) with a unit alive on each of some
/// distinct regions, as a polynomial system of degree 2.
///
/// The unknowns are the directions `u_l = w_l / a_l`, in coordinates of a rational basis `B_l` of the region's
/// span, the shares `s_l = Σ a²` of the units on the region, and the output bias `c`; the parameters `a_l` are
/// square roots of the shares and enter nowhere else. With the residual `r = y − c − Σ s_l M_l u_l`:
///
///     λ u_l = P_l M_lᵀ r,   |u_l|² = 1,   λ_c c = Σ r_i.
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
  package let biasVariable: Int?
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
    // Without units and output bias there is one point, in a space of dimension zero: a variable that is zero
    // stands for it.
    let bias: Int? = problem.outputBias || regions.isEmpty ? names.count : nil
    if bias != nil { names.append("c") }
    shareVariables = regions.indices.map { names.count + $0 }
    names += regions.indices.map { "s\($0 + 1)" }
    let notation = try PolynomialNotation<Engine>(variables: names)
    let ring = notation.ring
    self.notation = notation
    directionVariables = directions
    biasVariable = bias

    let features = regions.map { $0.features(problem.vectors) }
    var residual = problem.targets.map { ring.constant($0) }
    for row in residual.indices {
      if problem.outputBias, let bias { residual[row] = try residual[row].subtracting(ring.variable(bias)) }
      for (number, region) in regions.enumerated() where region.slopes[row] != 0 {
        let share = ring.variable(shareVariables[number])
        let value = try ring.combination(features[number][row], ofVariables: directions[number])
        residual[row] = try residual[row].subtracting(
          share.multiplied(by: value).scaled(by: region.slopes[row]))
      }
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
    if let bias {
      var equation = ring.variable(bias)
      if problem.outputBias {
        equation = equation.scaled(by: problem.outputBiasPenalty)
        for value in residual { equation = try equation.subtracting(value) }
      }
      equations.append(equation)
    }
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
