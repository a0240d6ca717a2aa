import Algebra
import ArgumentParser
import InfiniteWidth
import Interchange
import LandscapeModel
import Reports
import Strata

/// One run of `infinite-width`: reads, solves, prints.
struct InfiniteWidthSession<Engine: AlgebraEngine> {
  private let command: TrainInfiniteWidth
  private let context: RunContext
  private let report: ReportWriter?

  /// - Throws: `RefusedRun` if the output cannot be written.
  init(_ command: TrainInfiniteWidth) throws {
    self.command = command
    context = try RunContext(command.shared, keeping: [command.source.file])
    report = try ReportWriter(
      command.report, keeping: [command.source.file, command.shared.running.output])
  }

  /// - Returns: how the process shall end.
  /// - Throws: an `EndingError`.
  func run() throws -> ExitCode {
    defer { context.progress?.finish() }
    let control = context.control
    context.supervisor.start()
    let table = try DataTable<Engine.Rational>(csv: command.source, control: control)
    let observations = try table.observations(
      target: command.network.target, weights: command.linear.observationWeights)
    // The path does not depend on the problem's ridge.
    let problem: Problem<Engine> = try command.network.problem(
      observations, ridge: command.ridges.ridge ?? 1, linear: command.linear)
    control.log?("read \(problem.rowCount) rows with \(problem.inputCount) inputs")
    let printer = InfiniteWidthPrinter(
      context: context, digits: command.precision.digits, source: command.source,
      report: report.map { ($0, TrainingData(observations, Engine.self)) },
      dataSHA256: table.sha256, inputNames: observations.inputNames, targetName: observations.targetName,
      pattern: PatternText(
        inputs: problem.inputs.map { $0.map(TextNumber.init(converting:)) },
        inputNames: observations.inputNames, hasBias: problem.bias,
        meaning: PatternText.Meaning(TrainingProblem(problem).activation.converted())))
    let training = try InfiniteWidthTraining(
      problem,
      options: .init(digits: command.precision.digits, describesExactly: command.precision.exact),
      control: control)
    if let target = command.ridges.pathTo {
      let target = Engine.Rational(converting: target)
      return try finish(training.unfinishedPath(to: target), printer) { try training.path(to: target) }
    }
    return try finish(training.unsolved, printer, solve: training.optimum)
  }

  /// - Parameter empty: what is printed if a limit is reached meanwhile.
  private func finish<Result: PrintableResult>(
    _ empty: Result, _ printer: InfiniteWidthPrinter, solve: () throws -> Result
  ) throws -> ExitCode {
    let supervisor = context.supervisor
    supervisor.setRescue { reason in
      guard supervisor.beginPrinting() else { return nil }
      do {
        return try printer.print(empty, limit: reason)
      } catch {
        StandardError.report("\(reason); that cannot be printed: \(error)")
        return .limitReached
      }
    }
    let result = try solve()
    guard supervisor.beginPrinting() else { supervisor.waitForEnd() }
    return try printer.print(result, limit: context.control.cancellation.reason)
  }
}

/// A result of `infinite-width`.
protocol PrintableResult: Codable, Sendable {
  var problem: InfiniteWidthResult.ProblemSummary { get set }
  var complete: Bool { get }
  var run: EnumerationResult.Run? { get set }

  /// For people to read.
  func text(source: String, pattern: PatternText, limit: String?) throws -> String
  /// With pictures.
  func part(json: String, source: String, data: TrainingData?) -> ReportPart
}

extension InfiniteWidthResult: PrintableResult {
  func text(source: String, pattern: PatternText, limit: String?) throws -> String {
    try InfiniteWidthText(result: self, source: source, pattern: pattern, limit: limit).text()
  }

  func part(json: String, source: String, data: TrainingData?) -> ReportPart {
    ReportPart(self, json: json, source: source, data: data)
  }
}

extension InfiniteWidthPathResult: PrintableResult {
  func text(source: String, pattern: PatternText, limit: String?) throws -> String {
    try InfiniteWidthPathText(result: self, source: source, pattern: pattern, limit: limit).text()
  }

  func part(json: String, source: String, data: TrainingData?) -> ReportPart {
    ReportPart(self, json: json, source: source, data: data)
  }
}

/// Prints a result with what is known about its data and its run.
struct InfiniteWidthPrinter: Sendable {
  let context: RunContext
  let digits: Int
  let source: InputSource
  /// Where pictures go, and the data for them.
  let report: (writer: ReportWriter, data: TrainingData)?
  let dataSHA256: String
  let inputNames: [String]?
  let targetName: String?
  let pattern: PatternText

  /// - Parameter limit: why the run ended early, if it did.
  /// - Returns: how the process shall end.
  /// - Throws: `OutputDestination.Failure`.
  func print<Result: PrintableResult>(_ result: Result, limit: Interruption.Reason?) throws -> ExitCode {
    let limit = result.complete ? nil : limit
    var result = result
    result.problem.dataSHA256 = dataSHA256
    if let inputNames, let targetName { result.problem.columns = inputNames + [targetName] }
    if context.showsRun {
      result.run = EnumerationResult.Run(
        engine: context.engineVersions, threads: context.control.threads, seed: context.control.seed,
        digits: digits, seconds: context.secondsSinceStart, limit: limit?.description)
    }
    switch context.format {
    case .text:
      try context.write(result.text(source: source.name, pattern: pattern, limit: limit?.description))
    case .json: try context.write(JSONText.of(result))
    }
    if let report {
      let json = try JSONText.of(result)
      try report.writer.write([result.part(json: json, source: source.fileName, data: report.data)])
    }
    if limit != nil { return .limitReached }
    return result.complete ? .success : .undecided
  }
}

extension InfiniteWidthResult.ProblemSummary {
  /// The data and the network, in words.
  var heading: String {
    let terms =
      (bias ? "" : ", no bias") + (skip == true ? ", skip" : "") + (outputBias == true ? ", output bias" : "")
    let parts = [
      Readable.count(rows, observationWeights == true ? "weighted row" : "row"), Readable.count(inputs, "input"),
      "infinitely many units (\(activation)\(terms))",
    ]
    return parts.joined(separator: ", ")
  }
}
