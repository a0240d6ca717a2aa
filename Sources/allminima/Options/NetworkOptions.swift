import Algebra
import ArgumentParser
import Interchange
import LandscapeModel
import Strata

/// The options that say which network is trained, and on what.
struct NetworkOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number L of hidden units, 1 to \(Self.mostUnits).", valueName: "L"))
  var units: Int

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The ridge parameter λ, exact: 10, 0.1 or 1/10. Zero needs the algebraic method.", valueName: "λ"),
    transform: ExactNumber.parseNonnegative)
  var ridge: TextNumber

  @Option(
    help: ArgumentHelp(
      "The activation σ; power:m is t^m. (default: relu)",
      valueName: "relu|leaky:α|abs|linear|power:m"),
    transform: UnitActivation<TextNumber>.parse)
  var activation = UnitActivation<TextNumber>.twoPiece(.relu)

  @Flag(help: "Hidden units have no bias b.")
  var noBias = false

  @Flag(help: "The output has a bias c.")
  var outputBias = false

  @Option(
    help: ArgumentHelp(
      "What the ridge penalises: everything; all weights but no biases; or hidden weights only.",
      valueName: "all|weights|hidden"))
  var penalize: Penalty = .all

  private static var mostUnits: Int { Problem<TextEngine>.maximumUnits }

  /// - Throws: `ProblemError`.
  func problem<Engine: AlgebraEngine>(
    _ observations: Observations<Engine.Rational>
  ) throws -> TrainingProblem<Engine> {
    try TrainingProblem(
      inputs: observations.inputs, targets: observations.targets, units: units,
      activation: activation.converted(), ridge: Engine.Rational(converting: ridge), bias: !noBias,
      outputBias: outputBias, penalty: penalize)
  }

  func validate() throws {
    guard (1...Self.mostUnits).contains(units) else {
      throw ValidationError("--units must be from 1 to \(Self.mostUnits), not \(units).")
    }
  }
}

extension Penalty: ExpressibleByArgument {}
