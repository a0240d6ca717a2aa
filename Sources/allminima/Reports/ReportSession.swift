import Interchange

/// One run of `report`.
struct ReportSession {
  private let command: Report
  private let writer: ReportWriter

  /// - Throws: `RefusedRun` if the report cannot be written.
  init(_ command: Report) throws {
    self.command = command
    let page = command.output ?? (command.svg == nil ? "-" : nil)
    let files = command.results + [command.data].compactMap { $0 }
    writer = try ReportWriter(page: page, folder: command.svg, keeping: files.filter { $0 != "-" })
  }

  /// - Throws: `InputError`, `UnsuitableResult`, `ColumnError`, `OutputDestination.Failure`.
  func run() throws {
    let results = try command.results.map { path in
      let source = InputSource(argument: path)
      let text = try source.text()
      return (source, text, try ReportableResult(text, named: source.name))
    }
    let table = try command.data.map {
      try ReportTable(
        InputSource(argument: $0), command.reading, weights: results.compactMap(\.2.weights).first)
    }
    try writer.write(
      results.map { source, text, result in
        try table?.check(result, named: source.name)
        return result.part(json: text, source: table?.name ?? source.fileName, data: table?.data)
      })
  }
}
