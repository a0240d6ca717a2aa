import ArgumentParser

/// Options of `enumerate` that are part of its command line and still to come: they are refused, not ignored.
struct UnavailableOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Which patterns the algebraic road visits.", valueName: "feasible|all"))
  var patterns: String?

  func validate() throws {
    if patterns != nil { throw ValidationError.unavailable("--patterns") }
  }
}
