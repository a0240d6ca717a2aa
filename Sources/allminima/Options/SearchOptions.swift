import ArgumentParser
import LandscapeModel

/// The options that say how local minima are enumerated, and how precisely they are told.
struct SearchOptions: ParsableArguments {
  enum Method: String, Choice {
    case auto
    case convex
    case algebraic
    case both
  }

  @Option(
    help: ArgumentHelp(
      "The method: 'convex' needs a two-piece linear activation, a ridge on all parameters, and no output bias; "
        + "'auto' takes it where it applies; 'both' compares.",
      valueName: "auto|convex|algebraic|both"))
  var method: Method = .auto

  @Option(
    help: ArgumentHelp(
      "The open regions whose ideals the algebraic method decomposes, infeasible sign patterns included or not.",
      valueName: "feasible|all"))
  var patterns: PatternSelection = .feasible

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Significant digits of all enclosures, 1 to \(EnumerationOptions.mostDigits).", valueName: "D"))
  var digits = 15

  @Flag(
    help: "Describe every component exactly: minimal polynomials and isolating intervals, prime ideals.")
  var exact = false

  @Flag(help: "Print the parameters of each component, or of a member, below its row.")
  var weights = false

  @Flag(help: "Decide every stratum by itself; the components are the same.")
  var noPruning = false

  @Flag(help: "Print only the number of strata and an estimate of the time.")
  var dryRun = false

  @Flag(help: "Start although the estimate is hopeless.")
  var force = false

  /// Fitted values and residuals go into JSON only.
  func options(for format: OutputFormat) -> EnumerationOptions {
    EnumerationOptions(
      digits: digits, prunes: !noPruning, describesExactly: exact, describesFit: format == .json)
  }

  func algebraicOptions(for format: OutputFormat) -> AlgebraicOptions {
    AlgebraicOptions(digits: digits, patterns: patterns, describesFit: format == .json)
  }

  func validate() throws {
    try Self.validate(digits: digits)
  }

  /// - Throws: `ValidationError`.
  static func validate(digits: Int) throws {
    guard (1...EnumerationOptions.mostDigits).contains(digits) else {
      throw ValidationError("--digits must be from 1 to \(EnumerationOptions.mostDigits), not \(digits).")
    }
  }
}

extension PatternSelection: Choice {}
