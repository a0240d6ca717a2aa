import ArgumentParser

/// `allminima solve`: the real solutions of a polynomial system.
struct Solve: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve",
    abstract: "Find all real solutions of a polynomial system over Q.",
    // The one made by default would list every option, there being one too few to abbreviate them.
    usage: "allminima solve [<options>] <system.ms>",
    discussion: """
      The answer is one of four: there are no complex solutions; there are finitely many, and the real ones \
      are enclosed to any number of digits; there are infinitely many, and the dimensions of the components \
      are told; or it is undecided, with the reason.

      \(SystemOptions.help)
      """)

  @OptionGroup
  var system: SystemOptions

  @OptionGroup(title: "Solutions")
  var solutions: SolutionOptions

  @OptionGroup(title: "Report")
  var report: ReportOptions

  @OptionGroup(title: "Run and output")
  var shared: SharedOptions

  func run() throws {
    try FailureReport.reporting {
      try SystemSession(
        SolvingTask(digits: solutions.digits), source: system.source, options: shared, report: report
      ).run()
    }
  }
}

/// The options that say how precisely solutions are told.
struct SolutionOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Significant digits of all enclosures, 1 to \(Self.mostDigits).", valueName: "D"))
  var digits = 15

  private static let mostDigits = 10_000

  func validate() throws {
    guard (1...Self.mostDigits).contains(digits) else {
      throw ValidationError("--digits must be from 1 to \(Self.mostDigits), not \(digits).")
    }
  }
}
