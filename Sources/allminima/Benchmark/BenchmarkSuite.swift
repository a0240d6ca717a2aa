import Algebra
import Interchange
import LandscapeModel
import Strata

/// The rows of a benchmark, read and checked.
struct BenchmarkSuite: Sendable {
  /// The name of the file, or `built-in`.
  let name: String
  let rows: [BenchmarkRow]

  init(name: String, rows: [BenchmarkRow]) {
    self.name = name
    self.rows = rows
  }

  /// Reads a suite and all files that its rows name.
  ///
  /// - Throws: `SuiteError`, `InputError` and `SyntaxError`, which tell the place; `Interruption`.
  init(_ source: InputSource, _ control: Control) throws {
    let files = FilesOfFolder(of: source, control: control)
    let entries = try SuiteFile(source, control).rows
    name = source.name
    rows = try entries.enumerated().map { index, entry in
      do {
        return BenchmarkRow(
          name: Excerpt.printable(entry.name ?? entry.arguments.joined(separator: " ")),
          work: try AnyRowArguments.parse(entry.arguments).work(files))
      } catch let error where Self.concernsOptions(error) {
        throw SuiteError(file: source.name, row: index + 1, "\(error)")
      }
    }
  }

  /// Errors that do not tell a place.
  private static func concernsOptions(_ error: any Error) -> Bool {
    error is RefusedRun || error is UnsuitableSystem || error is ProblemError || error is ColumnError
  }
}

/// The files in the folder of a suite; those in the working directory, if it comes on standard input.
private struct FilesOfFolder: RowFiles {
  private let folder: String
  private let control: Control

  init(of suite: InputSource, control: Control) {
    self.control = control
    folder =
      switch suite {
      case .standardInput: ""
      case .file(let path):
        String(path[..<(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)])
      }
  }

  func text(of file: String) throws -> (name: String, text: String) {
    guard file != "-" else { throw RefusedRun("a row cannot read standard input") }
    let source = InputSource.file(file.hasPrefix("/") ? file : folder + file)
    return (source.name, try source.text(control))
  }
}
