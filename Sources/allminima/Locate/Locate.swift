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
      its bias; numbers, or texts such as "1/3".
      """)

  @Argument(help: ArgumentHelp("The data; '-' is standard input.", valueName: "data.csv"))
  var data: String

  @Argument(help: ArgumentHelp("The weights; '-' is standard input.", valueName: "weights.json"))
  var weights: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The ridge parameter λ > 0, exact: 10, 0.1 or 1/10.", valueName: "λ"),
    transform: ExactNumber.parseNonnegative)
  var ridge: TextNumber

  @OptionGroup(title: "Network")
  var network: MeasureOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Significant digits of all enclosures, 1 to \(EnumerationOptions.mostDigits).", valueName: "D"))
  var digits = 15

  @OptionGroup(title: "Run and output")
  var shared: SharedOptions

  var source: InputSource { InputSource(argument: data) }
  var weightsSource: InputSource { InputSource(argument: weights) }

  func validate() throws {
    try SearchOptions.validate(digits: digits)
    guard ridge > 0 else { throw ValidationError("--ridge must be positive.") }
    if data == "-", weights == "-" { throw ValidationError("Standard input can be only one of the files.") }
  }
}

extension Locate {
  func run<Engine: AlgebraEngine>(on engine: Engine.Type) throws -> ExitCode {
    try LocationSession<Engine>(self).run()
  }
}
