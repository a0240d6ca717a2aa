import Algebra
import LandscapeModel

extension RunDescription.ProblemText {
  package init<Engine: AlgebraEngine>(_ problem: Problem<Engine>) {
    self.init(
      inputs: problem.inputs.map { $0.map(\.description) }, targets: problem.targets.map(\.description),
      units: problem.units, slope: problem.activation.slope.description, ridge: problem.ridge.description,
      bias: problem.bias, skip: problem.skip, outputBias: problem.outputBias, penalty: problem.penalty,
      observationWeights: problem.observationWeights?.map(\.description))
  }

  /// - Throws: `AlgebraError` for a text that is no number, `ProblemError`.
  public func problem<Engine: AlgebraEngine>(_ engine: Engine.Type) throws -> Problem<Engine> {
    try Problem(
      inputs: inputs.map { try $0.map { try Engine.Rational(exactly: $0) } },
      targets: targets.map { try Engine.Rational(exactly: $0) }, units: units,
      activation: Activation(slope: Engine.Rational(exactly: slope)),
      ridge: Engine.Rational(exactly: ridge), bias: bias, skip: skip ?? false,
      outputBias: outputBias ?? false,
      penalty: penalty ?? .all,
      observationWeights: observationWeights?.map { try Engine.Rational(exactly: $0) })
  }
}
