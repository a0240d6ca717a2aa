import ArgumentParser

/// Options of `enumerate` that are part of its command line and still to come: they are refused, not ignored.
struct UnavailableOptions: ParsableArguments {
  @Flag(help: "Minimal polynomials and isolating intervals, or prime ideals.")
  var exact = false

  @Option(help: ArgumentHelp("Which patterns the algebraic road visits.", valueName: "feasible|all"))
  var patterns: String?

  func validate() throws {
    if exact { throw ValidationError.unavailable("--exact") }
    if patterns != nil { throw ValidationError.unavailable("--patterns") }
  }
}
