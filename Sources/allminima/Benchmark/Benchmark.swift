import ArgumentParser
import Interchange

/// `allminima benchmark`: the same work on both engines.
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the engines side by side, on built-in or your own work.",
    usage: "allminima benchmark [<options>]",
    discussion: """
      Every row is done by each engine in turn, in several rounds. It counts only if the answers agree: what \
      is compared is the SHA-256 of the result in its canonical form. Times are CPU seconds of all threads. \
      The ratio is the other engine's time over that of --engine.

      A suite is a JSON object: "schema" is "allminima/benchmark-suite/1", and "rows" is a list of objects \
      with "arguments", such as ["solve", "circle.ms", "--digits", "50"], and if you like a "name". The \
      arguments are those of enumerate, groebner, decompose or solve, without the options of run and output. \
      Files are looked for in the suite's folder.

      The exit code is 70 if answers differ, and 3 if an engine has no answer.
      """)

  @OptionGroup(title: "Work")
  var work: WorkOptions

  @OptionGroup(title: "Run and output")
  var shared: SharedOptions

  func run() throws {
    try FailureReport.reporting { try BenchmarkSession(self).run() }
  }
}

/// The options that say what is measured, and how often.
struct WorkOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The work to do (default: a built-in suite).", valueName: "suite.json"))
  var suite: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How often each engine does each row, 1 to \(Self.mostRounds).", valueName: "n"))
  var rounds = 5

  private static let mostRounds = 1000

  var source: InputSource? { suite.map(InputSource.init(argument:)) }

  func validate() throws {
    guard (1...Self.mostRounds).contains(rounds) else {
      throw ValidationError("--rounds must be from 1 to \(Self.mostRounds), not \(rounds).")
    }
  }
}
