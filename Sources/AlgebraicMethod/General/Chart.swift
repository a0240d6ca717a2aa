import Algebra
import Ideals
import Strata

/// One unit of a stratum: its region, and the value of its output weight where the scaling
/// `(a, w) → (t^{-m} a, t w)` has been used to make that ±1.
package struct ChartUnit: Hashable, Sendable {
  package let region: Int
  /// ±1; `nil` where the output weight is a variable.
  package let output: Int?

  package init(region: Int, output: Int?) {
    self.region = region
    self.output = output
  }
}

/// A stratum in coordinates in which the gradient system is solved.
///
/// With ridge zero every unit may be scaled; where its output weight is not zero it is made ±1, and each
/// solution stands for a whole orbit. Hidden weights in inactive regions enter nothing and are left out, too.
package struct Chart<Engine: AlgebraEngine>: Sendable {
  package typealias Rational = Engine.Rational
  package typealias Polynomial = Engine.Polynomial

  package let system: GradientSystem<Engine>
  package let units: [ChartUnit]
  package let regions: [GeneralRegion<Engine>]
  /// The ring of the variables that are left.
  package let notation: PolynomialNotation<Engine>
  /// The variables that are left, by their numbers in the gradient system.
  package let kept: [Int]
  /// The dimension of the orbits, and of the weights in inactive regions.
  package let tangentDimension: Int
  private let images: [Polynomial]

  package init(
    _ problem: TrainingProblem<Engine>, division: GeneralDivision<Engine>, units: [ChartUnit]
  ) throws {
    self.units = units
    regions = units.map { division.regions[$0.region] }
    let regions = self.regions
    let system = try GradientSystem(problem, regions: regions.map(\.region))
    self.system = system
    var constants: [Int: Rational] = [:]
    var free = 0
    for (number, unit) in units.enumerated() {
      if let output = unit.output {
        constants[system.outputVariables[number]] = Rational(output)
        free += 1
        if regions[number].isInactive {
          // The coordinates of some point; nothing depends on them.
          for variable in system.weightVariables[number] { constants[variable] = 0 }
          free += regions[number].dimension
        }
      }
    }
    tangentDimension = free
    var kept = system.notation.variables.indices.filter { constants[$0] == nil }
    // A ring has at least one variable.
    let placeholder = kept.isEmpty
    if placeholder { kept = [0] }
    let names = kept.map { system.notation.variables[$0] }
    let notation = try PolynomialNotation<Engine>(variables: names)
    images = system.notation.variables.indices.map { variable in
      if let constant = constants[variable] { return notation.ring.constant(constant) }
      return notation.ring.variable(kept.firstIndex(of: variable) ?? 0)
    }
    self.kept = placeholder ? [] : kept
    self.notation = notation
  }

  /// A polynomial of the gradient system in the variables that are left.
  package func restricted(_ polynomial: Polynomial) throws -> Polynomial {
    try polynomial.substituted(images, into: notation.ring)
  }

  /// The ideal of the gradient, and of what else vanishes at all its real zeros.
  package func ideal(_ control: Control) throws -> Ideal<Engine> {
    var equations = try (system.gradient + system.vanishingWeights()).map(restricted)
    if kept.isEmpty { equations.append(notation.ring.variable(0)) }
    return try Ideal(of: equations, in: notation, control: control)
  }

  /// Half the second derivatives by all parameters of the stratum.
  package func hessian() throws -> [[Polynomial]] { try system.hessian().map { try $0.map(restricted) } }

  /// Half the second derivatives by the variables that are left.
  package func reducedHessian() throws -> [[Polynomial]] {
    let matrix = system.hessian()
    return try kept.map { row in try kept.map { try restricted(matrix[row][$0]) } }
  }

  /// Whether the stratum has no sign conditions on the variables.
  package var isUnconstrained: Bool {
    zip(units, regions).allSatisfy { $1.signs == nil || ($0.output != nil && $1.isInactive) }
  }

  /// Polynomials with the sign that each must have for the point to lie in the stratum.
  package func signConditions() throws -> [(polynomial: Polynomial, sign: Int)] {
    var conditions: [(Polynomial, Int)] = []
    for (number, region) in regions.enumerated() {
      guard let signs = region.signs, !(units[number].output != nil && region.isInactive) else { continue }
      for row in 0..<signs.count where signs[row] != 0 {
        let product = try system.product(unit: number, system.problem.vectors[row])
        conditions.append((try restricted(product), signs[row]))
      }
    }
    return conditions
  }

  /// Half the one-sided derivatives of the loss in the directions in which a unit's weight leaves its face.
  package func multipliers() throws -> [(unit: Int, derivative: Polynomial)] {
    guard case .twoPiece(let activation) = system.problem.activation else { return [] }
    let ring = system.notation.ring
    let problem = system.problem
    var result: [(Int, Polynomial)] = []
    for (number, region) in regions.enumerated() {
      guard let signs = region.signs else { continue }
      for ray in region.kinkRays {
        let change = problem.vectors.indices.map { row -> Rational in
          let product = zip(problem.vectors[row], ray).reduce(Rational(0)) { $0 + $1.0 * $1.1 }
          let sign = signs[row] == 0 ? product.signum() : signs[row]
          return activation.slope(atSign: sign) * product
        }
        let output = ring.variable(system.outputVariables[number])
        var derivative = try output.multiplied(by: system.form(change)).negated
        let penalised = zip(ray, problem.weightPenalties).map { $0 * $1 }
        derivative = try derivative.adding(system.product(unit: number, penalised))
        result.append((number, try restricted(derivative)))
      }
    }
    return result
  }

  /// The parameters at a point: all `a_l`, all `w_l`, and `c`, from the values of the variables that are left.
  package func parameters<Ball: RealBall>(
    at values: [Ball], precision: Int
  ) -> (a: [Ball], w: [[Ball]], c: [Ball]) where Ball.Rational == Rational {
    func value(_ variable: Int) -> Ball? { kept.firstIndex(of: variable).map { values[$0] } }
    var (a, w): ([Ball], [[Ball]]) = ([], [])
    for (number, unit) in units.enumerated() {
      a.append(
        value(system.outputVariables[number]) ?? Ball(Rational(unit.output ?? 0), precision: precision))
      let basis = regions[number].region.basis
      let coordinates = system.weightVariables[number].compactMap(value)
      guard coordinates.count == basis.columns else {
        w.append(regions[number].interiorPoint.map { Ball($0, precision: precision) })
        continue
      }
      w.append(
        (0..<basis.rows).map { row in
          zip(0..<basis.columns, coordinates).reduce(Ball(0.0, precision: precision)) {
            $0 + Ball(basis[row, $1.0], precision: precision) * $1.1
          }
        })
    }
    return (a, w, system.linearVariables.compactMap(value))
  }
}
