import Algebra
import ArgumentParser
import InfiniteWidth
import Interchange
import LandscapeModel
import Strata

/// `allminima infinite-width`: the optimum with infinitely many hidden units.
struct TrainInfiniteWidth: EngineCommand {
  static let configuration = CommandConfiguration(
    commandName: "infinite-width",
    abstract: "Train a network with infinitely many hidden units: the sparse optimum, with proof.",
    discussion: """
      The convex problem over measures μ on the sphere of directions w, |w| = 1: \
      Σ (y - ∫ σ(⟨w, x⟩ + b) dμ)² + 2λ |μ|. Its value is the least loss that any finite width can have, and a \
      network with as many units as the measure has atoms reaches it. All directions at which the dual \
      certificate attains the ridge are listed, and whether the measure and the function are unique. With --path-to \
      instead of --ridge the optima for all ridges are followed, and the ridges at which their atoms change listed.

      The data are rows of numbers separated by ',', ';' or tabs; column names may come first. Integers, \
      decimals and fractions p/q are read exactly.
      """)

  @Argument(help: ArgumentHelp("The data; '-' is standard input.", valueName: "data.csv"))
  var data: String

  @OptionGroup(title: "Network")
  var ridges: RidgeOptions

  @OptionGroup(title: "Network")
  var network: MeasureOptions

  @OptionGroup(title: "Network")
  var linear: LinearTermOptions

  @OptionGroup(title: "Result")
  var precision: PrecisionOptions

  @OptionGroup(title: "Report")
  var report: ReportOptions

  @OptionGroup(title: "Run and output")
  var shared: SharedOptions

  var source: InputSource { InputSource(argument: data) }
}

extension TrainInfiniteWidth {
  func run<Engine: AlgebraEngine>(on engine: Engine.Type) throws -> ExitCode {
    try InfiniteWidthSession<Engine>(self).run()
  }
}

/// The ridge, or a range of them.
struct RidgeOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The ridge parameter λ > 0, exact: 10, 0.1 or 1/10.", valueName: "λ"),
    transform: ExactNumber.parseNonnegative)
  var ridge: TextNumber?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Instead of --ridge: follow the optimum from the greatest ridge that matters down to μ > 0.",
      valueName: "μ"),
    transform: ExactNumber.parseNonnegative)
  var pathTo: TextNumber?

  func validate() throws {
    guard (ridge == nil) != (pathTo == nil) else {
      throw ValidationError(
        ridge == nil
          ? "--ridge or --path-to is needed." : "--ridge and --path-to exclude each other.")
    }
    if let ridge, ridge <= 0 {
      throw ValidationError(
        "--ridge must be positive: without a ridge the measure of least mass that fits the data is meant, a limit "
          + "for small ridges; --path-to tells how the atoms change on the way there.")
    }
    if let pathTo, pathTo <= 0 {
      throw ValidationError("--path-to must be positive: the path to ridge zero may have no last event.")
    }
  }
}

/// The options that say how precisely numbers are told.
struct PrecisionOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Significant digits of all enclosures, 1 to \(EnumerationOptions.mostDigits).", valueName: "D"))
  var digits = 15

  @Flag(help: "Give minimal polynomials and isolating intervals as well.")
  var exact = false

  func validate() throws { try SearchOptions.validate(digits: digits) }
}
