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
    // At a critical point ℓ = |r|² + 2λ Σ s = ⟨y, r⟩ + λ Σ s = |y|² − Σ (s_l/λ) ⟨d_l, q_l⟩ + λ Σ s.
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
    if minimum.faces.isEmpty, division.problem.targets.allSatisfy({ $0 == 0 }) { return .zero }
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
    return Ball(Engine.Rational(minimum.outputSigns[position]), precision: precision)
      * share.squareRoot(clampingAtZero: true)
  }

  package func hiddenWeight(of position: Int, sharedBy count: Int) throws -> [DecimalEnclosure] {
    let design = try system().design(position)
    return try (0..<division.problem.weightDimension).map { column in
      // A coordinate that vanishes for every residual is known to be zero.
      if (0..<design.rows).allSatisfy({ design[$0, column] == 0 }) { return .zero }
      return try enclosure(scaledBy: scaling.shareExponent / 2) { state in
        outputWeight(of: position, sharedBy: count, state) * state.point.gradients[position][column, 0]
          / state.ridge
      }
    }
  }

  package func outputBias() -> DecimalEnclosure? { nil }

  /// The enclosure of `max |η| / λ`.
  package func ratio() throws -> DecimalEnclosure {
    if minimum.isGlobalForEveryWidth, !minimum.faces.isEmpty {
      return .one
    }
    if division.problem.targets.allSatisfy({ $0 == 0 }) { return .zero }
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
