import Algebra
import ArgumentParser
import Foundation
import Interchange
import LandscapeModel
import Reports

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
      return (source, text, try Self.result(text, named: source.name))
    }
    let weights = results.compactMap { $0.2.problem.columns?.observationWeights }.first
    let table = try command.data.map {
      try ReportTable(InputSource(argument: $0), command.reading, weights: weights)
    }
    let parts = try results.map { source, text, result in
      if let table { try table.check(result, named: source.name) }
      return ReportPart(
        result, json: text,
        source: table?.name ?? source.fileName, data: table?.data)
    }
    try writer.write(parts)
  }

  private static func result(_ text: String, named name: String) throws -> EnumerationResult {
    let result: EnumerationResult
    do {
      result = try JSONText.decode(EnumerationResult.self, from: text)
    } catch {
      throw UnsuitableResult(source: name, reason: "is no result that 'enumerate --format json' has written")
    }
    guard result.schema == EnumerationResult.currentSchema else {
      throw UnsuitableResult(
        source: name, reason: "has the schema '\(result.schema)', which is not known here")
    }
    return result
  }
}

/// The data of results.
private struct ReportTable {
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
    data = TrainingData(
      inputs: observations.inputs, targets: observations.targets, weights: observations.weights,
      inputNames: observations.inputNames, targetName: observations.targetName, TextEngine.self)
  }

  /// - Throws: `UnsuitableResult` if the result is about other data.
  func check(_ result: EnumerationResult, named source: String) throws {
    guard result.problem.dataSHA256 == sha256 else {
      throw UnsuitableResult(
        source: source, reason: "is about other data than '\(name)': their hashes differ")
    }
    guard result.problem.rows == data.targets.count, result.problem.inputs == data.inputNames.count,
      (result.problem.observationWeights == true) == (data.weights != nil)
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
