/// The data of a problem in doubles, for pictures.
public struct TrainingData: Sendable {
  /// `n × d`.
  public let inputs: [[Double]]
  /// Length `n`.
  public let targets: [Double]
  /// The names of the inputs, length `d`.
  public let inputNames: [String]
  public let targetName: String
  /// The weights of the observations, length `n`; `nil` if all are 1.
  public let weights: [Double]?

  public init(
    inputs: [[Double]], targets: [Double], inputNames: [String], targetName: String, weights: [Double]? = nil
  ) {
    self.inputs = inputs
    self.targets = targets
    self.inputNames = inputNames
    self.targetName = targetName
    self.weights = weights
  }
}
