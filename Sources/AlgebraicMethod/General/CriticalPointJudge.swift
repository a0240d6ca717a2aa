import Algebra
import Ideals
import RealSolving

/// Whether a critical point is a local minimum.
package enum MinimumVerdict: Hashable, Sendable {
  case minimum
  case noMinimum
  case undecided(reason: String)
}

/// Decides whether critical points of a stratum are local minima of the loss, by first-order multipliers and
/// the exact inertia of the Hessian; for every problem of the general kind.
package struct CriticalPointJudge<Engine: AlgebraEngine> {
  package typealias Polynomial = Engine.Polynomial
  package typealias Ball = Engine.Ball

  package let chart: Chart<Engine>
  package let division: GeneralDivision<Engine>
  package let control: Control
  private let hessian: SymmetricMatrix<Engine>
  private let signConditions: [(polynomial: Polynomial, sign: Int)]
  private let multipliers: [(unit: Int, derivative: Polynomial)]
  private let certificate: [Polynomial]

  package struct Judgement: Sendable {
    package let verdict: MinimumVerdict
    package let inertia: Inertia
    /// With ridge zero: whether the loss is the least that any number of units reaches.
    package let isGlobalForEveryWidth: Bool
  }

  package init(_ chart: Chart<Engine>, division: GeneralDivision<Engine>, control: Control) throws {
    self.chart = chart
    self.division = division
    self.control = control
    hessian = SymmetricMatrix(entries: try chart.hessian(), notation: chart.notation)
    signConditions = try chart.signConditions()
    multipliers = try chart.multipliers()
    certificate =
      chart.system.problem.ridge == 0
      ? try division.certificateForms().map { try chart.restricted(chart.system.form($0)) } : []
  }

  /// Whether the point satisfies the stratum's sign conditions.
  package func isInStratum(_ point: AlgebraicPoint<Engine>) throws -> Bool {
    try signConditions.allSatisfy { condition in
      try point.sign(of: condition.polynomial, in: chart.notation, control) == condition.sign
    }
  }

  /// - Parameter dimension: of the component of critical points, in the chart.
  package func judge(_ point: AlgebraicPoint<Engine>, dimension: Int) throws -> Judgement {
    let isGlobal =
      try chart.system.problem.ridge == 0
      && certificate.allSatisfy { try point.sign(of: $0, in: chart.notation, control) == 0 }
    let inertia = try hessian.inertia(at: point, control)
    func judgement(_ verdict: MinimumVerdict) -> Judgement {
      Judgement(
        verdict: isGlobal ? .minimum : verdict, inertia: inertia, isGlobalForEveryWidth: isGlobal)
    }
    var ties: Set<Int> = []
    for multiplier in multipliers {
      switch try point.sign(of: multiplier.derivative, in: chart.notation, control) {
      case -1: return judgement(.noMinimum)
      case 0: ties.insert(multiplier.unit)
      default: break
      }
    }
    if inertia.negative > 0 { return judgement(.noMinimum) }
    for unit in ties where try descendsFromDeadUnit(unit, at: point) { return judgement(.noMinimum) }
    let tangents = dimension + chart.tangentDimension
    if inertia.zero > tangents {
      if try hasCubicDescent(at: point, inertia) { return judgement(.noMinimum) }
      return judgement(
        .undecided(
          reason: "the Hessian is semidefinite, with a kernel of dimension "
            + "\(inertia.zero) on a component of dimension \(tangents)"))
    }
    if !ties.isEmpty { return judgement(.undecided(reason: "a one-sided derivative is zero")) }
    return judgement(.minimum)
  }

  /// Whether the inertia of the Hessian and the signs of the multipliers are known to be the same at all points
  /// of a component in the stratum, as far as these are connected.
  package func isConstant(on component: PrimeComponent<Engine>) throws -> Bool {
    let matrix = SymmetricMatrix(entries: try chart.reducedHessian(), notation: chart.notation)
    let rank = chart.kept.count - component.dimension
    let derivatives = try multipliers.map(\.derivative).filter {
      try !$0.isZero && !component.ideal.contains([chart.notation.value($0)], control: control)
    }
    return try ([matrix.principalMinorSum(order: rank)] + derivatives).allSatisfy { polynomial in
      try FamilySampling.neverVanishes(
        polynomial, on: component, in: chart, control: control, at: isInStratum)
    }
  }

  /// Whether a unit with `(a, w) = 0` can grow in some of finitely many directions `v` such that the loss falls:
  /// its second variation is `λ_a a² + λ |v|² − 2 a η(v)`, over the penalised entries of `v`.
  private func descendsFromDeadUnit(_ unit: Int, at point: AlgebraicPoint<Engine>) throws -> Bool {
    let problem = chart.system.problem
    guard case .twoPiece(let activation) = problem.activation,
      chart.regions[unit].dimension == 0, chart.units[unit].output == nil
    else { return false }
    let output = chart.notation.ring.variable(
      chart.kept.firstIndex(of: chart.system.outputVariables[unit]) ?? 0)
    guard try point.sign(of: output, in: chart.notation, control) == 0 else { return false }
    return try division.regions.contains { region in
      let direction = region.interiorPoint
      let change = problem.vectors.map { vector -> Engine.Rational in
        let product = zip(vector, direction).reduce(Engine.Rational(0)) { $0 + $1.0 * $1.1 }
        return activation.slope(atSign: product.signum()) * product
      }
      let eta = try chart.restricted(chart.system.form(change))
      let penalty = zip(direction, problem.weightPenalties).reduce(Engine.Rational(0)) {
        $0 + $1.0 * $1.0 * $1.1
      }
      let excess = try eta.multiplied(by: eta).subtracting(
        chart.notation.ring.constant(penalty * problem.outputWeightPenalty))
      return try point.sign(of: excess, in: chart.notation, control) > 0
    }
  }

  /// Whether the third derivative does not vanish on the kernel of the Hessian: then the point is no minimum.
  ///
  /// Vectors of the kernel come from the characteristic polynomial without its factor `t^zero`, evaluated at
  /// the Hessian; balls prove that a value is not zero.
  private func hasCubicDescent(at point: AlgebraicPoint<Engine>, _ inertia: Inertia) throws -> Bool {
    let precision = 320
    let coordinates = try point.coordinates(precision: precision)
    let zero = Ball(0.0, precision: precision)
    let matrix = hessian.entries.map { $0.map { $0.enclosure(at: coordinates, precision: precision) } }
    let n = hessian.size
    let sums = SymmetricMatrix<Engine>.elementarySums(
      matrix, one: Ball(1.0, precision: precision), zero: zero, add: { $0 + $1 }, multiply: { $0 * $1 },
      divide: { $0 / Ball(Engine.Rational($1), precision: precision) })
    let thirds = chart.system.hessian().map { row in
      row.map { entry in chart.system.notation.variables.indices.map { entry.derivative(in: $0) } }
    }
    let values = try thirds.map {
      try $0.map { try $0.map { try chart.restricted($0).enclosure(at: coordinates, precision: precision) } }
    }
    func apply(_ vector: [Ball]) -> [Ball] {
      matrix.map { row in zip(row, vector).reduce(zero) { $0 + $1.0 * $1.1 } }
    }
    func project(_ start: [Int]) -> [Ball] {
      // Horner's rule for Σ_{k ≤ rank} (−1)^k e_k H^{rank − k}.
      let vector = start.map { Ball(Engine.Rational($0), precision: precision) }
      var result = vector
      for k in 1..<(n - inertia.zero + 1) {
        let sign = Ball(k % 2 == 0 ? 1.0 : -1.0, precision: precision)
        result = zip(apply(result), vector).map { $0 + sign * sums[k] * $1 }
      }
      return result
    }
    var starts = (0..<n).map { i in (0..<n).map { $0 == i ? 1 : 0 } }
    for i in 0..<n { for j in 0..<i { starts.append((0..<n).map { $0 == i ? 2 : $0 == j ? 1 : 0 }) } }
    starts.append((0..<n).map { $0 * $0 + 3 * $0 + 1 })
    return starts.contains { start in
      let v = project(start)
      var cubic = zero
      for i in 0..<n {
        for j in 0..<n { for k in 0..<n { cubic = cubic + values[i][j][k] * v[i] * v[j] * v[k] } }
      }
      return cubic.sign == .positive || cubic.sign == .negative
    }
  }
}
