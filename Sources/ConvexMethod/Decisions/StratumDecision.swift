import Algebra
import Arrangements

/// The stage that settled a stratum.
enum DecisionStage: Sendable, Hashable {
  case filter
  case ball
  case exact
}

/// What is known about one stratum. All three stages answer in this type.
enum StratumDecision<Engine: AlgebraEngine>: Sendable {
  /// It contains no local minimum with all of its units alive.
  case rejected(DecisionStage)
  case localMinimum(LocalMinimum<Engine>, DecisionStage)
  case undecided(reason: String)
}

/// The local minima of one stratum: a critical residual at which every sign condition and every one-sided
/// derivative is right, with the polytope of shares. Small, as there may be very many.
struct LocalMinimum<Engine: AlgebraEngine>: MinimumOnFaces, Sendable {
  let faces: [UnitFace<Engine>]
  let outputSigns: [Int]
  let patterns: [SignVector]
  /// `rank{K_l r}`.
  let rank: Int
  /// The proved solution on a support with independent `K_l r`. The other faces of the stratum, if there are
  /// any, have dependent `K_l r` and `|q_l| = λ` exactly.
  let point: CriticalPoint<Engine>
  /// Where infinitely wide networks stand; see `DualCertificate`.
  let certificate: CertificateVerdict<Engine>

  /// Whether it is a global minimum for every width.
  var isGlobalForEveryWidth: Bool {
    if case .atMostOne = certificate { return true }
    return false
  }
}

extension CriticalPoint {
  /// The same point, proved at this precision at least; `nil` if the proof fails.
  func refined(to precision: Int, in system: StratumSystem<Engine>) -> Self? {
    guard precision > self.precision else { return self }
    if support.isEmpty { return Self(originOf: system, precision: precision) }
    return CriticalPointSolver(system, support: support, precision: precision).solve(from: shares)
  }

  /// The point with all units dead, whose residual is `y`.
  init(originOf system: StratumSystem<Engine>, precision: Int) {
    self.init(
      precision: precision, support: [], shares: [],
      gradients: system.products.map { BallMatrix($0, precision: precision) },
      residual: ImplicitResidual(division: system.division, precision: precision, terms: []))
  }
}
