import Algebra
import Arrangements
import LandscapeModel
import Strata

/// The stage that settled a stratum.
package enum DecisionStage: Sendable, Hashable {
  case filter
  case ball
  case exact
}

/// What is known about one stratum, from the certifier and the exact stage. (The filter only rejects.)
package enum StratumDecision<Engine: AlgebraEngine>: Sendable {
  /// It contains no local minimum with all of its units alive.
  case rejected(DecisionStage)
  case localMinimum(LocalMinimum<Engine>, DecisionStage)
  case undecided(reason: String)
}

/// The local minima of one stratum: a critical residual at which every sign condition and every one-sided
/// derivative is right, with the polytope of shares. Small, as there may be very many.
package struct LocalMinimum<Engine: AlgebraEngine>: ProvedMinimum {
  package let faces: [UnitFace<Engine>]
  package let outputSigns: [Int]
  package let patterns: [SignVector]
  /// `rank{K_l r}`.
  package let rank: Int
  /// The proved solution on a support with independent `K_l r`. The other faces of the stratum, if there are
  /// any, have dependent `K_l r` and `|q_l| = λ` exactly.
  package let point: CriticalPoint<Engine>
  /// Where infinitely wide networks stand; see `DualCertificate`.
  package let certificate: CertificateVerdict<Engine>

  /// Whether it is a global minimum for every width.
  package var isGlobalForEveryWidth: Bool {
    if case .atMostOne = certificate { return true }
    return false
  }
}
