/// Which parameters the ridge penalises.
public enum Penalty: String, Hashable, Sendable, Codable, CaseIterable {
  /// All of them.
  case all
  /// Output and hidden weights, but no biases.
  case weights
  /// Hidden weights only, without their biases.
  case hidden

  package var includesOutputWeights: Bool { self != .hidden }
  package var includesBiases: Bool { self == .all }
}
