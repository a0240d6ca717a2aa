import Algebra

/// A certified solution of a stratum's equations on a support: balls that contain the shares, the vectors
/// `q_l` and the residual, with a proof that exactly one solution lies in the shares' balls.
package struct CriticalPoint<Engine: AlgebraEngine>: Sendable {
  package typealias Ball = Engine.Ball
  package typealias BallMatrix = Engine.BallMatrix

  package let precision: Int
  /// Positions in the stratum's list of faces; the `K_l r` of these are linearly independent.
  package let support: [Int]
  /// `s_l` for the support, in its order.
  package let shares: [Ball]
  /// `q_l = P_l M_lᵀ r` for every face of the stratum, each `D × 1`.
  package let gradients: [BallMatrix]
  package let residual: ImplicitResidual<Engine>
}

extension CriticalPoint {
  /// Precisions in bits; the first one is enough to write down a component with 15 digits, the last one
  /// encloses to more than 200.
  package static var precisions: [Int] { [192, 384, 1024] }
  /// From this precision on the exact stage is asked before more precision is tried.
  package static var exactFrom: Int { 384 }
}

extension CriticalPoint {
  /// The same point, proved at this precision at least; `nil` if the proof fails.
  package func refined(to precision: Int, in system: StratumSystem<Engine>) -> Self? {
    guard precision > self.precision else { return self }
    if support.isEmpty { return Self(originOf: system, precision: precision) }
    return CriticalPointSolver(system, support: support, precision: precision).solve(from: shares)
  }

  /// The point with all units dead, whose residual is `W y`.
  package init(originOf system: StratumSystem<Engine>, precision: Int) {
    self.init(
      precision: precision, support: [], shares: [],
      gradients: system.products.map { BallMatrix($0, precision: precision) },
      residual: ImplicitResidual(division: system.division, precision: precision, terms: []))
  }
}
