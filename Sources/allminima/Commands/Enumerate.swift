import Algebra
import ArgumentParser
import Interchange
import Landscapes

/// `allminima enumerate`: all local minima of a network's loss.
struct Enumerate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List all local minima of a network's ridge-regularised squared error, with proof.",
    discussion: """
      The network has one hidden layer: f(x) = Σ a·σ(⟨w, x⟩ + b) over its units. The loss is \
      Σ (y - f(x))² + λ Σ (a² + |w|² + b²). Minima that differ only by the order of the units (for abs, by \
      signs of w) are one. Sets of minima are listed as connected components with their dimensions.

      DATA.csv has rows of numbers separated by ',', ';' or tabs, and may start with column names. The last \
      column is the target. Integers, decimals and fractions p/q are read exactly.
      """)

  @Argument(help: ArgumentHelp("The data; '-' is standard input.", valueName: "data.csv"))
  var data: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number L of hidden units, 1 to \(Self.mostUnits).", valueName: "L"))
  var units: Int

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The ridge parameter λ > 0, exact: 10, 0.1 or 1/10.", valueName: "λ"),
    transform: ExactNumber.parsePositive)
  var ridge: Engine.Rational

  @Option(
    help: ArgumentHelp(
      "The activation σ; power:m is not available yet. (default: relu)",
      valueName: "relu|leaky:α|abs|linear|power:m"),
    transform: Activation<Engine.Rational>.parse)
  var activation = Activation<Engine.Rational>.relu

  @Option(help: ArgumentHelp("The column to be predicted (default: the last one).", valueName: "name"))
  var target: String?

  @Flag(help: "Hidden units without a bias b.")
  var noBias = false

  @Option(
    help: ArgumentHelp(
      "How to enumerate; 'algebraic' is not available yet.", valueName: "auto|convex|algebraic"))
  var method: Method = .auto

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Significant digits of all enclosures, 1 to \(Self.mostDigits).", valueName: "D"))
  var digits = 15

  @Flag(help: "Print only the number of strata and an estimate of the time.")
  var dryRun = false

  @Flag(help: "Start although the estimate is hopeless.")
  var force = false

  @OptionGroup(title: "Options of all subcommands")
  var shared: SharedOptions

  @OptionGroup(title: "Not available yet")
  var unavailable: UnavailableOptions

  enum Method: String, ExpressibleByArgument, CaseIterable {
    case auto
    case convex
    case algebraic
  }

  /// 16! · 2¹⁶ is the largest number of images under the symmetries that fits a machine word.
  private static let mostUnits = 16
  private static let mostDigits = 1000

  func validate() throws {
    guard (1...Self.mostUnits).contains(units) else {
      throw ValidationError("--units must be from 1 to \(Self.mostUnits), not \(units).")
    }
    guard (1...Self.mostDigits).contains(digits) else {
      throw ValidationError("--digits must be from 1 to \(Self.mostDigits), not \(digits).")
    }
    if method == .algebraic { throw ValidationError.unavailable("--method algebraic") }
  }

  func run() throws {
    try FailureReport.reporting {
      try Engine.checkLibraries()
      let code = try EnumerationSession(self).run()
      guard code == .success else { throw code }
    }
  }

  var source: InputSource { data == "-" ? .standardInput : .file(data) }
}
