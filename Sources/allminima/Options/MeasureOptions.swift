import Algebra
import ArgumentParser
import InfiniteWidth
import Interchange
import LandscapeModel
import Strata

/// The options that say which network is trained, whatever the ridge.
struct MeasureOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The activation σ. (default: relu)", valueName: "relu|leaky:α|abs"),
    transform: MeasureOptions.parseActivation)
  var activation = Activation<TextNumber>.relu

  @Flag(help: "Hidden units have no bias b.")
  var noBias = false

  @Option(
    help: ArgumentHelp(
      "What the ridge penalises: 'all', or with --no-bias 'weights'; without a penalty on b there is no sphere of "
        + "directions.",
      valueName: "all|weights"))
  var penalize: Penalty = .all

  @Option(help: ArgumentHelp("The column to be predicted (default: the last one).", valueName: "name"))
  var target: String?

  /// Reads `relu`, `abs` or `leaky:α` with `α ≠ 1`.
  ///
  /// - Throws: `ValidationError` with a short reason, which follows the name of the option.
  private static func parseActivation(_ text: String) throws -> Activation<TextNumber> {
    guard case .twoPiece(let activation) = try UnitActivation<TextNumber>.parse(text) else {
      throw ValidationError("with infinitely many units only relu, leaky:α and abs are possible.")
    }
    guard activation.slope != 1 else { throw ValidationError("\(InfiniteWidthError.linearActivation).") }
    return activation
  }

  func validate() throws {
    guard penalize == .all || penalize == .weights && noBias else {
      throw ValidationError(
        "--penalize \(penalize.rawValue): a parameter without a penalty costs nothing, so that the mass is only a "
          + "seminorm and its theory does not apply. Only 'all' is possible with infinitely many units, or with --no-bias "
          + "'weights', which leaves out an output bias.")
    }
  }

  /// - Throws: `ProblemError`.
  func problem<Engine: AlgebraEngine>(
    _ observations: Observations<Engine.Rational>, ridge: TextNumber, linear: LinearTermOptions? = nil
  ) throws -> Problem<Engine> {
    try Problem(
      inputs: observations.inputs, targets: observations.targets, units: 1,
      activation: Activation(slope: Engine.Rational(converting: activation.slope)),
      ridge: Engine.Rational(converting: ridge), bias: !noBias, skip: linear?.skip ?? false,
      outputBias: linear?.outputBias ?? false, penalty: penalize, observationWeights: observations.weights)
  }
}
