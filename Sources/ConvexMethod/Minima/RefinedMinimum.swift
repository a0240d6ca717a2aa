import Algebra
import LandscapeModel
import Strata

/// A local minimum's numbers at any precision, computed when asked for and kept.
package final class RefinedMinimum<Engine: AlgebraEngine>: MinimumNumbers {
  package typealias Minimum = LocalMinimum<Engine>
  package typealias Ball = Engine.Ball

  package let minimum: LocalMinimum<Engine>
  private let division: Division<Engine>
  private let certificate: DualCertificate<Engine>
  private let exact: ExactDecision<Engine>
  private let scaling: Scaling<Engine>
  private let digits: Int
  private var cachedSystem: StratumSystem<Engine>?
  private var states: [Int: State] = [:]
  private var ratios: [Int: Ball] = [:]

  /// Everything at one precision.
  package struct State {
    package let point: CriticalPoint<Engine>
    package let polytope: SharePolytope<Engine>
    package let loss: Ball
    package let ridge: Ball
  }

  package init(
    _ minimum: LocalMinimum<Engine>, certificate: DualCertificate<Engine>, exact: ExactDecision<Engine>,
    scaling: Scaling<Engine>, digits: Int
  ) {
    self.minimum = minimum
    self.certificate = certificate
    self.exact = exact
    self.scaling = scaling
    self.digits = digits
    division = certificate.division
  }

  /// The precision in bits at which results with 20 digits more than asked for are usually found.
  private var firstPrecision: Int {
    let bits = Double(digits + 23) * 3.33 + 60
    return max(192, (Int(bits) + 63) / 64 * 64)
  }

  /// The stratum's exact equations.
  package func system() throws -> StratumSystem<Engine> {
    if let cachedSystem { return cachedSystem }
    let system = try StratumSystem(division, faces: minimum.faces)
    cachedSystem = system
    return system
  }

  package func state(at precision: Int) throws -> State? {
    if let state = states[precision] { return state }
    let system = try self.system()
    guard let point = minimum.point.refined(to: precision, in: system) else { return nil }
    let polytope = try SharePolytope(of: system, at: point, exact: exact)
    let ridge = Ball(division.problem.ridge, precision: point.precision)
    // At a critical point ℓ = ⟨y, r⟩ + λ Σ s = ⟨y, W y⟩ − Σ (s_l/λ) ⟨d_l, q_l⟩ + λ Σ s.
    var loss = Ball(division.moments.targetSquare, precision: point.precision)
    for (index, position) in point.support.enumerated() {
      let products = Engine.BallMatrix(system.products[position], precision: point.precision)
      let inner = (products.transposed * point.gradients[position])[0, 0]
      loss = loss + point.shares[index] * (ridge - inner / ridge)
    }
    let state = State(point: point, polytope: polytope, loss: loss, ridge: ridge)
    states[precision] = state
    return state
  }

  /// The loss, enclosed with at least 20 digits more than asked for.
  package func loss() throws -> Ball {
    try sharpen { state in
      guard state.loss.isFinite else { return nil }
      let (lower, upper) = try state.loss.bounds()
      let wanted = try Engine.Rational(10).power(-(digits + 22))
      return upper - lower <= upper * wanted ? state.loss : nil
    }
  }

  /// The canonical enclosure of a power of two times a quantity that is computed from a state.
  package func enclosure(
    scaledBy exponent: Int = 0, of quantity: (State) throws -> Ball
  ) throws -> DecimalEnclosure {
    let scale = try Engine.Rational(2).power(exponent)
    return try sharpen { state in
      let ball = try quantity(state)
      guard ball.isFinite else { return nil }
      var (lower, upper) = try ball.bounds()
      (lower, upper) = (lower * scale, upper * scale)
      if lower == 0, upper == 0 {
        // Whether zero comes out as a point depends on the engine; the text must not.
        upper = try Engine.Rational(10).power(-(digits + 100))
        lower = -upper
      }
      return DecimalEnclosure(
        lower: lower, upper: upper, digits: digits, decidesTies: state.point.precision >= 8 * firstPrecision)
    }
  }

  package func lossEnclosure() throws -> DecimalEnclosure {
    if minimum.faces.isEmpty, division.moments.targetSquare == 0 { return .zero }
    return try enclosure(scaledBy: scaling.lossExponent) { $0.loss }
  }

  package func vertexCount() throws -> Int { try sharpen { $0.polytope.vertices.count } }

  package func share(
    of position: Int, atVertex vertex: Int
  ) throws -> (approximation: Double, enclosure: DecimalEnclosure) {
    let share = try sharpen { $0.polytope.vertices[vertex][position] }
    // Only a share that is zero by construction comes out as a point.
    if share.sign == .zero { return (0, .zero) }
    return (
      share.approximation,
      try enclosure(scaledBy: scaling.shareExponent) { $0.polytope.vertices[vertex][position] }
    )
  }

  package func outputWeight(of position: Int, sharedBy count: Int) throws -> DecimalEnclosure {
    try enclosure(scaledBy: scaling.shareExponent / 2) { outputWeight(of: position, sharedBy: count, $0) }
  }

  private func outputWeight(of position: Int, sharedBy count: Int, _ state: State) -> Ball {
    let precision = state.point.precision
    let share = state.polytope.centre[position] / Ball(Engine.Rational(count), precision: precision)
    return Ball(sign(of: position), precision: precision)
      * share.squareRoot(clampingAtZero: true)
  }

  package func direction(of position: Int) throws -> [DecimalEnclosure] {
    try weights(of: position, scaledBy: 0) { Ball(sign(of: position), precision: $0.point.precision) }
  }

  package func hiddenWeight(of position: Int, sharedBy count: Int) throws -> [DecimalEnclosure] {
    try weights(of: position, scaledBy: scaling.shareExponent / 2) {
      outputWeight(of: position, sharedBy: count, $0)
    }
  }

  /// The enclosures of a number times `g/λ`.
  private func weights(
    of position: Int, scaledBy exponent: Int, factor: (State) -> Ball
  ) throws -> [DecimalEnclosure] {
    let design = try system().design(position)
    return try (0..<division.problem.weightDimension).map { column in
      // A coordinate that vanishes for every residual is known to be zero.
      if (0..<design.rows).allSatisfy({ design[$0, column] == 0 }) { return .zero }
      return try enclosure(scaledBy: exponent) { state in
        factor(state) * state.point.gradients[position][column, 0] / state.ridge
      }
    }
  }

  private func sign(of position: Int) -> Engine.Rational { Engine.Rational(minimum.outputSigns[position]) }

  package func linearCoefficients() throws -> [DecimalEnclosure]? {
    let count = division.problem.metric.featureCount
    guard count > 0 else { return nil }
    // They scale like the targets: ℓ = 2^(2k) ℓ', c = 2^k c'.
    return try (0..<count).map { column in
      try enclosure(scaledBy: scaling.lossExponent / 2) { state in
        let terms = minimum.faces.enumerated().map { position, face in
          let factor = state.polytope.centre[position] / state.ridge
          return (face: face, weight: state.point.gradients[position].scaled(by: factor))
        }
        let coefficients = ImplicitResidual.coefficients(
          division, precision: state.point.precision, terms)
        return coefficients?[column, 0] ?? Ball(0.0, precision: state.point.precision)
      }
    }
  }

  package func fit() throws -> Fit {
    let rows = 0..<division.problem.rowCount
    let exponent = scaling.lossExponent / 2
    return Fit(
      fitted: try rows.map { row in
        let isIdle = try sharpen { $0.point.residual.fitted(at: row) == nil }
        return isIdle
          ? .zero
          : try enclosure(scaledBy: exponent) {
            $0.point.residual.fitted(at: row) ?? Ball(0.0, precision: $0.point.precision)
          }
      },
      residuals: try rows.map { row in
        try enclosure(scaledBy: exponent) { $0.point.residual.error(at: row) }
      })
  }

  /// The enclosure of `max |η| / λ`.
  package func ratio() throws -> DecimalEnclosure {
    if minimum.isGlobalForEveryWidth, !minimum.faces.isEmpty {
      return .one
    }
    if division.moments.targetSquare == 0 { return .zero }
    return try enclosure { state in
      let precision = state.point.precision
      if let ratio = ratios[precision] { return ratio }
      let ratio = certificate.ratio(at: state.point, alive: minimum.faceIndices)
      ratios[precision] = ratio
      return ratio
    }
  }

  private func sharpen<Result>(_ compute: (State) throws -> Result?) throws -> Result {
    var precision = firstPrecision
    while precision <= 64 * firstPrecision {
      if let state = try state(at: precision), let result = try compute(state) { return result }
      precision *= 2
    }
    throw AlgebraError.tooLarge("\(digits) digits of a component need more than \(precision) bits")
  }
}
