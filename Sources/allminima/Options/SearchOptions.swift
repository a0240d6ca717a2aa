import ArgumentParser
import Landscapes

/// The options that say how local minima are enumerated, and how precisely they are told.
struct SearchOptions: ParsableArguments {
  enum Method: String, ExpressibleByArgument, CaseIterable {
    case auto
    case convex
    case algebraic
  }

  @Option(
    help: ArgumentHelp(
      "How to enumerate; 'algebraic' is not available yet.", valueName: "auto|convex|algebraic"))
  var method: Method = .auto

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Significant digits of all enclosures, 1 to \(Self.mostDigits).", valueName: "D"))
  var digits = 15

  @Flag(
    help: "Describe every component exactly: minimal polynomials and isolating intervals, prime ideals.")
  var exact = false

  @Flag(help: "Decide every stratum by itself; the components are the same.")
  var noPruning = false

  @Flag(help: "Print only the number of strata and an estimate of the time.")
  var dryRun = false

  @Flag(help: "Start although the estimate is hopeless.")
  var force = false

  private static let mostDigits = 1000

  var options: EnumerationOptions {
    EnumerationOptions(digits: digits, prunes: !noPruning, describesExactly: exact)
  }

  func validate() throws {
    try Self.validate(digits: digits)
    if method == .algebraic { throw ValidationError.unavailable("--method algebraic") }
  }

  /// - Throws: `ValidationError`.
  static func validate(digits: Int) throws {
    guard (1...mostDigits).contains(digits) else {
      throw ValidationError("--digits must be from 1 to \(mostDigits), not \(digits).")
    }
  }
}
