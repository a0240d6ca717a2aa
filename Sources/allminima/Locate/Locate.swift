import Algebra
import ArgumentParser
import Interchange
import LandscapeModel

/// `allminima locate`: where a trained network stands.
struct Locate: EngineCommand {
  static let configuration = CommandConfiguration(
    commandName: "locate",
    abstract: "Find out where a trained network stands: at a local minimum, and how far above the optimum.",
    discussion: """
      The critical point nearby is enclosed and proved, and it is decided whether it is a local minimum of the loss \
      Σ (y - f(x))² + λ Σ (a² + |w|²), the bias b being the last entry of w. The loss is compared with the least one \
      of all widths. If it is no minimum, a step is printed that makes the loss smaller.

      The weights are a JSON object: 'a', the output weights, and 'w', for every unit its hidden weights and then \
      its bias; numbers, or texts such as "1/3". Or they are a safetensors file with the tensors hidden.weight, \
      hidden.bias and output.weight, or with two linear layers by any names.
      """)

  @Argument(help: ArgumentHelp("The data; '-' is standard input.", valueName: "data.csv"))
  var data: String

  @Argument(help: ArgumentHelp("The weights; '-' is standard input.", valueName: "weights"))
  var weights: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The ridge parameter λ > 0, exact: 10, 0.1 or 1/10.", valueName: "λ"),
    transform: ExactNumber.parseNonnegative)
  var ridge: TextNumber?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Instead of --ridge: the weight decay of SGD or Adam for the mean of the squared errors; λ is rows times half "
        + "of it.", valueName: "WD"),
    transform: ExactNumber.parseNonnegative)
  var weightDecay: TextNumber?

  @Flag(help: "Enumerate the minima of networks with as many units, and compare with the best.")
  var best = false

  @OptionGroup(title: "Network")
  var network: MeasureOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Significant digits of all enclosures, 1 to \(EnumerationOptions.mostDigits).", valueName: "D"))
  var digits = 15

  @OptionGroup(title: "Run and output")
  var shared: SharedOptions

  /// The ridge for so many rows.
  func ridge(rows: Int) throws -> TextNumber {
    try ridge ?? (TextNumber(rows) * (weightDecay ?? 0)).divided(by: 2)
  }

  var source: InputSource { InputSource(argument: data) }
  var weightsSource: InputSource { InputSource(argument: weights) }

  func validate() throws {
    try SearchOptions.validate(digits: digits)
    guard (ridge == nil) != (weightDecay == nil) else {
      throw ValidationError(
        ridge == nil
          ? "--ridge or --weight-decay is needed." : "--ridge and --weight-decay exclude each other.")
    }
    if let ridge, ridge <= 0 { throw ValidationError("--ridge must be positive.") }
    if let weightDecay, weightDecay <= 0 { throw ValidationError("--weight-decay must be positive.") }
    if data == "-", weights == "-" { throw ValidationError("Standard input can be only one of the files.") }
  }
}

extension Locate {
  func run<Engine: AlgebraEngine>(on engine: Engine.Type) throws -> ExitCode {
    try LocationSession<Engine>(self).run()
  }
}
