import Algebra
import LandscapeModel

extension TrainingProblem {
  /// What is wrong with the problem as such; `nil` if its loss has a global minimum, and all kinds of units may take
  /// part in local minima.
  public var illPosedness: [IllPosedness]? {
    if ridge == 0 { return [IllPosedness(.noRidge, withoutRidge)] }
    if hasOnlyVanishingWeights {
      let least =
        bias || outputBias ? "a constant" : "the zero function"
      return [
        IllPosedness(
          .scaling,
          "The ridge leaves output weights out: scaling a unit's output weight up and its hidden weights down "
            + "lowers the loss, so no local minimum has a unit with a hidden weight other than zero (biases aside). "
            + "The infimum of the loss is that of the squared error alone; it is not attained, unless \(least) attains it."
        )
      ]
    }
    if penalty == .weights, bias, exponent > 1 || !outputBias {
      let cheap = exponent > 1 ? "functions of lower degree" : "constants"
      return [
        IllPosedness(
          .freeBiases,
          "The ridge leaves hidden biases out: with large biases and small weights units come near \(cheap) at no "
            + "cost. The infimum of the loss may lie at infinity.")
      ]
    }
    return nil
  }

  /// Whether every critical point has hidden weights zero, biases aside: a ridge on hidden weights alone falls when
  /// they are scaled down, and output weights make up for it.
  package var hasOnlyVanishingWeights: Bool { ridge > 0 && penalty == .hidden }

  /// The degree of homogeneity of the activation.
  private var exponent: Int {
    if case .power(let exponent) = activation { return exponent }
    return 1
  }

  private var withoutRidge: String {
    let scaling =
      "Without a ridge every minimum with an alive unit belongs to an unbounded family of equal loss"
    return exponent > 1
      ? scaling + ", and the infimum of the loss may lie at infinity."
      : scaling + "; the least loss is attained."
  }
}
