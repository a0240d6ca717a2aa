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
/// derivative is right, with the polytope of shares.
struct LocalMinimum<Engine: AlgebraEngine>: Sendable {
  let system: StratumSystem<Engine>
  /// The sign of the output weight of the units on each face.
  let outputSigns: [Int]
  /// The activation pattern of each face (for the linear activation, of a unit with positive output weight).
  let patterns: [SignVector]
  /// The proved solution on a support with independent `K_l r`. The other faces of the stratum, if there are
  /// any, have dependent `K_l r` and `|q_l| = λ` exactly.
  let point: CriticalPoint<Engine>
  /// Where infinitely wide networks stand; see `DualCertificate`.
  let certificate: CertificateVerdict<Engine>

  /// The numbers of the faces among the unit faces, increasing.
  var faceIndices: [Int] { system.faces.map(\.index) }

  /// `rank{K_l r}`.
  var rank: Int { point.support.count }

  /// The same minimum, enclosed more tightly.
  func refined(to precision: Int) -> CriticalPoint<Engine>? {
    guard precision > point.precision else { return point }
    if point.support.isEmpty {
      return CriticalPoint(originOf: system, precision: precision)
    }
    return CriticalPointSolver(system, support: point.support, precision: precision)
      .solve(from: point.shares)
  }
}

extension CriticalPoint {
  /// The point with all units dead, whose residual is `y`.
  init(originOf system: StratumSystem<Engine>, precision: Int) {
    self.init(
      precision: precision, support: [], shares: [],
      gradients: system.products.map { BallMatrix($0, precision: precision) },
      residual: BallMatrix(system.targets, precision: precision))
  }
}
