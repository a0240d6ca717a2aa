import Algebra
import ArgumentParser
import Landscapes

/// The options that say which network is trained, and on what.
struct NetworkOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number L of hidden units, 1 to \(Self.mostUnits).", valueName: "L"))
  var units: Int

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The ridge parameter λ > 0, exact: 10, 0.1 or 1/10.", valueName: "λ"),
    transform: ExactNumber.parsePositive)
  var ridge: TextNumber

  @Option(
    help: ArgumentHelp(
      "The activation σ; power:m is not available yet. (default: relu)",
      valueName: "relu|leaky:α|abs|linear|power:m"),
    transform: Activation<TextNumber>.parse)
  var activation = Activation<TextNumber>.relu

  @Flag(help: "Hidden units have no bias b.")
  var noBias = false

  @Option(help: ArgumentHelp("The column to be predicted (default: the last one).", valueName: "name"))
  var target: String?

  private static var mostUnits: Int { Problem<TextEngine>.maximumUnits }

  func validate() throws {
    guard (1...Self.mostUnits).contains(units) else {
      throw ValidationError("--units must be from 1 to \(Self.mostUnits), not \(units).")
    }
  }
}
