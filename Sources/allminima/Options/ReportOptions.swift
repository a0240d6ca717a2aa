import ArgumentParser

/// Where pictures of the result go.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Write a report with pictures beside the result, in one file.", valueName: "file.html")
  )
  var report: String?

  @Option(help: ArgumentHelp("Write every picture as a file of its own.", valueName: "folder"))
  var svg: String?
}
