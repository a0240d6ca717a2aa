import Algebra
import ArgumentParser
import Interchange
import LandscapeModel
import Reports

/// `allminima report`: pictures of results.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Draw results: one HTML file with a table and pictures, which opens anywhere.",
    discussion: """
      The results are JSON files that enumerate, infinite-width, bifurcate, teacher or solve have written with \
      '--format json'. With the data of enumerate and infinite-width, the report shows the fitted functions and the \
      dual certificate as well.
      """)

  @Argument(help: ArgumentHelp("Results in JSON; '-' is standard input.", valueName: "result.json"))
  var results: [String]

  @Option(help: ArgumentHelp("The report (default: standard output).", valueName: "file.html"))
  var output: String?

  @Option(help: ArgumentHelp("The data of the results.", valueName: "data.csv"))
  var data: String?

  @Option(help: ArgumentHelp("Write every picture as a file of its own.", valueName: "folder"))
  var svg: String?

  @OptionGroup(title: "How the data are read")
  var reading: DataOptions

  func validate() throws {
    if results.isEmpty { throw ValidationError("A report needs at least one result.") }
    if (results + [data].compactMap { $0 }).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input can be only one of the files.")
    }
  }

  func run() throws {
    try FailureReport.reporting {
      try ReportSession(self).run()
      return .success
    }
  }
}
