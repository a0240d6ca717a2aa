import Reports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes reports and pictures to where the user wants them.
struct ReportWriter: Sendable {
  private let page: OutputDestination?
  private let folder: String?

  /// Checks that the files can be written, before anything is computed for them.
  ///
  /// - Parameter files: what the report must not replace.
  /// - Returns: `nil` if there is nothing to write.
  /// - Throws: `RefusedRun`.
  init?(_ options: ReportOptions, keeping files: [String?]) throws {
    guard options.report != nil || options.svg != nil else { return nil }
    try self.init(page: options.report, folder: options.svg, keeping: files)
  }

  /// - Parameter page: the path of the HTML file; `-` for standard output, `nil` for none.
  /// - Throws: `RefusedRun`.
  init(page: String?, folder: String?, keeping files: [String?]) throws {
    do {
      self.page = try page.map { try OutputDestination(path: $0) }
      if let folder {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      }
    } catch let failure as OutputDestination.Failure {
      throw RefusedRun("\(failure)")
    } catch {
      throw RefusedRun("cannot make the folder '\(folder ?? "")'")
    }
    if let page = self.page, let file = files.compactMap({ $0 }).first(where: page.isFile) {
      throw RefusedRun("the report would replace '\(file)': it needs another name")
    }
    self.folder = folder
  }

  /// - Parameter parts: at least one.
  /// - Throws: `OutputDestination.Failure`.
  func write(_ parts: [ReportPart]) throws {
    let report = ReportPage(parts)
    try page?.write(report.html)
    guard let folder else { return }
    for figure in report.figures {
      try OutputDestination(path: "\(folder)/\(figure.name).svg").write(figure.file)
    }
  }
}
