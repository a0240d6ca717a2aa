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
  var ridge: TextNumber?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Instead of --ridge: weight decay as in torch.optim.SGD or Adam, for the mean of the squared errors. λ is \
      rows·WD/2, with weights of observations Σω·WD/2. (Keras' l2(l) is --ridge rows·l, scikit-learn's alpha is \
      --ridge alpha. The decoupled decay of AdamW belongs to no loss.)
      """, valueName: "WD"),
    transform: ExactNumber.parseNonnegative)
  var weightDecay: TextNumber?

  @Option(
    help: ArgumentHelp(
      "The activation σ; power:m is t^m. (default: relu)",
      valueName: "relu|leaky:α|abs|linear|power:m"),
    transform: UnitActivation<TextNumber>.parse)
  var activation = UnitActivation<TextNumber>.twoPiece(.relu)

  @Flag(help: "Hidden units have no bias b.")
  var noBias = false

  @OptionGroup
  var linear: LinearTermOptions

  @Option(
    help: ArgumentHelp(
      "What the ridge penalises: everything, c as well; all weights but no biases; or hidden weights only.",
      valueName: "all|weights|hidden"))
  var penalize: Penalty = .all

  private static var mostUnits: Int { Problem<TextEngine>.maximumUnits }

  /// - Throws: `ProblemError`.
  func problem<Engine: AlgebraEngine>(
    _ observations: Observations<Engine.Rational>
  ) throws -> TrainingProblem<Engine> {
    try TrainingProblem(
      inputs: observations.inputs, targets: observations.targets, units: units,
      activation: activation.converted(), ridge: ridge(observations), bias: !noBias,
      skip: linear.skip, outputBias: linear.outputBias, penalty: penalize,
      observationWeights: observations.weights)
  }

  /// `λ`, from the weight decay if that is given.
  private func ridge<Number: ExactRational>(_ observations: Observations<Number>) throws -> Number {
    if let ridge { return Number(converting: ridge) }
    let total = observations.weights?.reduce(0, +) ?? Number(observations.targets.count)
    return try (total * Number(converting: weightDecay ?? 0)).divided(by: 2)
  }

  func validate() throws {
    guard (ridge == nil) != (weightDecay == nil) else {
      throw ValidationError(
        ridge == nil
          ? "Missing expected argument '--ridge <λ>' (or '--weight-decay <WD>')."
          : "--ridge and --weight-decay exclude each other.")
    }
    guard (1...Self.mostUnits).contains(units) else {
      throw ValidationError("--units must be from 1 to \(Self.mostUnits), not \(units).")
    }
  }
}

extension Penalty: Choice {}
