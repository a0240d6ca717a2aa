import Algebra
import ArgumentParser
import Interchange
import LandscapeModel
import Reports

/// The data of results.
struct ReportTable {
  let name: String
  let data: TrainingData
  private let sha256: String

  /// - Parameter weights: the column of weights, if the results have them.
  /// - Throws: `InputError`, `ColumnError`.
  init(_ source: InputSource, _ reading: DataOptions, weights: String?) throws {
    let table = try DataTable<TextNumber>(csv: source, format: reading.format, control: Control())
    let observations = try table.observations(target: reading.target, weights: weights)
    name = source.fileName
    sha256 = table.sha256
    data = TrainingData(observations, TextEngine.self)
  }

  /// - Throws: `UnsuitableResult` if the result is about other data.
  func check(_ result: ReportableResult, named source: String) throws {
    guard let origin = result.origin else {
      throw UnsuitableResult(source: source, reason: "is about no data: leave out --data")
    }
    guard origin.dataSHA256 == sha256 else {
      throw UnsuitableResult(
        source: source, reason: "is about other data than '\(name)': their hashes differ")
    }
    guard origin.rows == data.targets.count, origin.inputs == data.inputNames.count,
      origin.isWeighted == (data.weights != nil)
    else {
      throw UnsuitableResult(source: source, reason: "does not fit the size of '\(name)'")
    }
  }
}

/// A file that cannot be reported about.
struct UnsuitableResult: EndingError, CustomStringConvertible {
  let source: String
  let reason: String

  var exitCode: ExitCode { .invalidData }
  var description: String { "\(source): \(reason)" }
}
