import Algebra
import ConvexMethod
import LandscapeModel
import RealSolving

/// An optimum's numbers at any precision, computed when asked for and kept.
final class RefinedOptimum<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball

  /// Everything at one precision.
  struct State {
    let point: CriticalPoint<Engine>
    /// The masses of the extremal directions, in their order, at every vertex of the polytope of solutions.
    let masses: [[Ball]]
    let ridge: Ball
  }

  let optimum: SparseOptimum<Engine>
  let polytope: SolutionPolytope<Engine>
  private let digits: Int
  private var states: [Int: State] = [:]

  init(_ optimum: SparseOptimum<Engine>, polytope: SolutionPolytope<Engine>, digits: Int) {
    self.optimum = optimum
    self.polytope = polytope
    self.digits = digits
  }

  /// The precision in bits at which results with the wanted digits are usually found.
  private var firstPrecision: Int {
    let bits = Double(digits) * 3.33 + 80
    return max(128, (Int(bits) + 63) / 64 * 64)
  }

  private func state(at precision: Int) throws -> State? {
    if let state = states[precision] { return state }
    guard let point = optimum.point.refined(to: precision, in: optimum.system),
      let masses = try polytope.masses(at: point)
    else { return nil }
    let state = State(
      point: point, masses: masses,
      ridge: Ball(optimum.system.ridge, precision: point.precision))
    states[precision] = state
    return state
  }

  /// The canonical enclosure of a power of two times a quantity that is computed from a state.
  func enclosure(
    scaledBy exponent: Int = 0, of quantity: (State) throws -> Ball
  ) throws -> DecimalEnclosure {
    let scale = try Engine.Rational(2).power(exponent)
    return try sharpen { state, precision in
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
        lower: lower, upper: upper, digits: digits, decidesTies: precision >= 8 * firstPrecision)
    }
  }

  /// As `enclosure`; `nil` where no precision tells the digits.
  func enclosureIfKnown(_ quantity: (State) throws -> Ball) throws -> DecimalEnclosure? {
    do {
      return try enclosure(of: quantity)
    } catch AlgebraError.tooLarge {
      return nil
    }
  }

  /// A double near a quantity.
  func approximation(of quantity: (State) throws -> Ball) throws -> Double {
    try sharpen { state, _ in try quantity(state).approximation }
  }

  private func sharpen<Result>(_ compute: (State, Int) throws -> Result?) throws -> Result {
    var precision = firstPrecision
    while precision <= 64 * firstPrecision {
      if let state = try state(at: precision), let result = try compute(state, precision) { return result }
      precision *= 2
    }
    throw AlgebraError.tooLarge("\(digits) digits of an optimum need more than \(precision) bits")
  }
}

extension RefinedOptimum.State {
  /// `ℓ = |r|² + 2λ Σ c = |y|² − Σ (c_f/λ) ⟨d_f, q_f⟩ + λ Σ c` over the support.
  func loss(_ system: StratumSystem<Engine>) -> Engine.Ball {
    var loss = Engine.Ball(system.division.moments.targetSquare, precision: point.precision)
    for (index, position) in point.support.enumerated() {
      let products = Engine.BallMatrix(system.products[position], precision: point.precision)
      let inner = (products.transposed * point.gradients[position])[0, 0]
      loss = loss + point.shares[index] * (ridge - inner / ridge)
    }
    return loss
  }

  /// `Σ c`, the same for all solutions.
  var totalMass: Engine.Ball {
    point.shares.reduce(Engine.Ball(0.0, precision: point.precision)) { $0 + $1 }
  }
}
