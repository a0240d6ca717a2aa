import Algebra
import ArgumentParser
import InfiniteWidth
import Interchange
import LandscapeModel
import Strata

/// One run of `infinite-width`: reads, solves, prints.
struct InfiniteWidthSession<Engine: AlgebraEngine> {
  private let command: TrainInfiniteWidth
  private let context: RunContext

  /// - Throws: `RefusedRun` if the output cannot be written.
  init(_ command: TrainInfiniteWidth) throws {
    self.command = command
    context = try RunContext(command.shared, keeping: [command.source.file])
  }

  /// - Returns: how the process shall end.
  /// - Throws: an `EndingError`.
  func run() throws -> ExitCode {
    defer { context.progress?.finish() }
    let (control, supervisor) = (context.control, context.supervisor)
    supervisor.start()
    let table = try DataTable<Engine.Rational>(csv: command.source, control: control)
    let observations = try table.observations(target: command.network.target)
    let problem: Problem<Engine> = try command.network.problem(observations)
    control.log?("read \(problem.rowCount) rows with \(problem.inputCount) inputs")
    let printer = InfiniteWidthPrinter(
      context: context, digits: command.precision.digits, source: command.source.name,
      dataSHA256: table.sha256, inputNames: observations.inputNames, targetName: observations.targetName,
      pattern: PatternText(
        inputs: problem.inputs.map { $0.map(TextNumber.init(converting:)) },
        inputNames: observations.inputNames, hasBias: problem.bias,
        meaning: PatternText.Meaning(TrainingProblem(problem).activation.converted())))
    let training = try InfiniteWidthTraining(
      problem,
      options: .init(digits: command.precision.digits, describesExactly: command.precision.exact),
      control: control)
    let empty = training.unsolved
    supervisor.setRescue { reason in
      guard supervisor.beginPrinting() else { return nil }
      do {
        return try printer.print(empty, limit: reason)
      } catch {
        StandardError.report("\(reason); that cannot be printed: \(error)")
        return .limitReached
      }
    }
    let result = try training.optimum()
    guard supervisor.beginPrinting() else { supervisor.waitForEnd() }
    return try printer.print(result, limit: control.cancellation.reason)
  }
}

/// Prints a result with what is known about its data and its run.
struct InfiniteWidthPrinter: Sendable {
  let context: RunContext
  let digits: Int
  let source: String
  let dataSHA256: String
  let inputNames: [String]?
  let targetName: String?
  let pattern: PatternText

  /// - Parameter limit: why the run ended early, if it did.
  /// - Returns: how the process shall end.
  /// - Throws: `OutputDestination.Failure`.
  func print(_ result: InfiniteWidthResult, limit: Interruption.Reason?) throws -> ExitCode {
    let limit = result.complete ? nil : limit
    var result = result
    result.problem.dataSHA256 = dataSHA256
    if let inputNames, let targetName { result.problem.columns = inputNames + [targetName] }
    switch context.format {
    case .text:
      try context.write(
        InfiniteWidthText(result: result, source: source, pattern: pattern, limit: limit?.description).text())
    case .json:
      if context.showsRun {
        result.run = EnumerationResult.Run(
          engine: context.engineVersions, threads: context.control.threads, seed: context.control.seed,
          digits: digits, seconds: context.secondsSinceStart, limit: limit?.description)
      }
      try context.write(JSONText.of(result))
    }
    if limit != nil { return .limitReached }
    return result.complete ? .success : .undecided
  }
}
