import Algebra
import Ideals
import Strata

/// The gradient of the loss on one stratum, as polynomials in all parameters: each unit's output weight `a_l`,
/// coordinates `ν_l` of its hidden weight in a rational basis of the region's span, and the linear coefficients.
///
/// On the stratum the loss is a polynomial; its critical points there, complex ones included, are the zeros of
/// the gradient.
package struct GradientSystem<Engine: AlgebraEngine>: Sendable {
  package typealias Rational = Engine.Rational
  package typealias Polynomial = Engine.Polynomial

  package let problem: TrainingProblem<Engine>
  /// One for each unit.
  package let regions: [UnitRegion<Engine>]
  package let notation: PolynomialNotation<Engine>
  package let outputVariables: [Int]
  package let weightVariables: [Range<Int>]
  /// Of the linear coefficients.
  package let linearVariables: Range<Int>
  /// `r_i = ω_i (y_i − f(x_i))` as polynomials.
  package let residual: [Polynomial]
  package let loss: Polynomial
  /// Half the derivatives of the loss by all variables.
  package let gradient: [Polynomial]

  package init(_ problem: TrainingProblem<Engine>, regions: [UnitRegion<Engine>]) throws {
    self.problem = problem
    self.regions = regions
    var names: [String] = []
    var (outputs, weights): ([Int], [Range<Int>]) = ([], [])
    for (number, region) in regions.enumerated() {
      outputs.append(names.count)
      names.append("a\(number + 1)")
      weights.append(names.count..<names.count + region.basis.columns)
      names += (0..<region.basis.columns).map { "w\(number + 1)_\($0 + 1)" }
    }
    let penalties = problem.featurePenalties
    let coefficients = names.count..<(names.count + penalties.count)
    linearVariables = coefficients
    names += penalties.indices.map { "c\($0 + 1)" }
    // Where there are no parameters a variable that is zero stands for the only point.
    let placeholder: Int? = names.isEmpty ? 0 : nil
    if placeholder != nil { names.append("c") }
    let notation = try PolynomialNotation<Engine>(variables: names)
    let ring = notation.ring
    self.notation = notation
    outputVariables = outputs
    weightVariables = weights

    let exponent: Int
    if case .power(let power) = problem.activation { exponent = power } else { exponent = 1 }
    var residual = problem.targets.map { ring.constant($0) }
    residual = try zip(residual, problem.features).map {
      try $0.subtracting(ring.combination($1, ofVariables: coefficients))
    }
    var loss = ring.zero
    func addSquare(_ polynomial: Polynomial, _ factor: Rational) throws {
      loss = try loss.adding(polynomial.multiplied(by: polynomial).scaled(by: factor))
    }
    for (number, region) in regions.enumerated() {
      let output = ring.variable(outputs[number])
      let coordinates = weights[number]
      for (row, features) in region.features(problem.vectors).enumerated() where region.slopes[row] != 0 {
        let value = try ring.combination(features, ofVariables: coordinates).power(exponent)
        residual[row] = try residual[row].subtracting(
          output.multiplied(by: value).scaled(by: region.slopes[row]))
      }
      try addSquare(output, problem.outputWeightPenalty)
      for (entry, penalty) in problem.weightPenalties.enumerated() {
        let row = (0..<region.basis.columns).map { region.basis[entry, $0] }
        try addSquare(ring.combination(row, ofVariables: coordinates), penalty)
      }
    }
    for (variable, penalty) in zip(coefficients, penalties) {
      try addSquare(ring.variable(variable), penalty)
    }
    if let placeholder { try addSquare(ring.variable(placeholder), 1) }
    for (row, value) in residual.enumerated() {
      let weight = problem.observationWeights?[row] ?? 1
      try addSquare(value, weight)
      residual[row] = value.scaled(by: weight)
    }
    self.residual = residual
    self.loss = loss
    let half = try Rational(2).inverse()
    gradient = names.indices.map { loss.derivative(in: $0).scaled(by: half) }
  }

  /// `⟨w_l, v⟩` as a polynomial.
  package func product(unit: Int, _ vector: [Rational]) throws -> Polynomial {
    let basis = regions[unit].basis
    let coefficients = (0..<basis.columns).map { column in
      (0..<basis.rows).reduce(Rational(0)) { $0 + vector[$1] * basis[$1, column] }
    }
    return try notation.ring.combination(coefficients, ofVariables: weightVariables[unit])
  }

  /// Hidden weights that are zero at every real critical point: all of them, biases aside, under a ridge on nothing
  /// else. By Euler's identity `⟨w_l, ∂ℓ/∂w_l⟩ − m a_l ∂ℓ/∂a_l = 2 λ |w'_l|²`, `w'` without its bias.
  package func vanishingWeights() throws -> [Polynomial] {
    guard problem.hasOnlyVanishingWeights else { return [] }
    return try regions.indices.flatMap { unit in
      try (0..<problem.inputCount).map { entry in
        try product(unit: unit, (0..<problem.weightDimension).map { $0 == entry ? 1 : 0 })
      }
    }
  }

  /// `Σ_i coefficients[i] r_i`.
  package func form(_ coefficients: [Rational]) throws -> Polynomial {
    try notation.ring.combination(coefficients, residual)
  }

  /// The ideal of the gradient and of some more equations. Cost: one basis.
  package func ideal(adding equations: [Polynomial] = [], _ control: Control) throws -> Ideal<Engine> {
    try Ideal(of: gradient + equations, in: notation, control: control)
  }

  /// Half the second derivatives, a symmetric matrix.
  package func hessian() -> [[Polynomial]] {
    gradient.map { entry in notation.variables.indices.map { entry.derivative(in: $0) } }
  }
}
