import Algebra
import LandscapeModel

/// The part `⟨c, v_i⟩` of a network's output that does not come from hidden units: `v_i` consists of the inputs if there
/// is a skip connection, then of 1 if there is an output bias.
struct LinearTerms<Rational: ExactRational> {
  let skip: Bool
  let bias: Bool
  let penalty: Penalty
  let ridge: Rational

  /// The `v_i`.
  func features(_ inputs: [[Rational]]) -> [[Rational]] {
    inputs.map { (skip ? $0 : []) + (bias ? [1] : []) }
  }

  /// `μ_j` for each entry of the `v_i`.
  func penalties(_ inputCount: Int) -> [Rational] {
    let weight: Rational = penalty.includesOutputWeights ? ridge : 0
    return (skip ? Array(repeating: weight, count: inputCount) : [])
      + (bias ? [penalty.includesBiases ? ridge : 0] : [])
  }
}
