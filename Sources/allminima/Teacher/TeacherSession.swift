import Algebra
import ArgumentParser
import Interchange
import LandscapeModel
import PolynomialNetworks
import Reports
import Synchronization

/// One run of `teacher`: reads, computes, prints.
struct TeacherSession<Engine: AlgebraEngine>: Sendable {
  private let command: Teacher
  private let context: RunContext
  private let report: ReportWriter?

  /// - Throws: `RefusedRun` if the output cannot be written.
  init(_ command: Teacher) throws {
    self.command = command
    context = try RunContext(command.shared, keeping: command.teacher.files)
    report = try ReportWriter(
      command.report, keeping: command.teacher.files + [command.shared.running.output])
  }

  /// - Returns: how the process shall end.
  /// - Throws: what `FailureReport` knows.
  func run() throws -> ExitCode {
    defer { context.progress?.finish() }
    context.supervisor.start()
    let files = TeacherFiles<Engine>(control: context.control, warn: context.warn)
    let problem = try files.problem(command.teacher)
    if let file = command.teacher.discriminant {
      return try discriminant(files.parametric(problem, file))
    }
    let options = TeacherOptions(digits: command.solutions.digits, describesExactly: command.exact)
    let forms = try CriticalForms(problem, options: options, control: context.control)
    let latest = Latest()
    context.supervisor.setRescue { reason in
      guard context.supervisor.beginPrinting() else { return nil }
      guard let result = latest.result else {
        StandardError.report("\(reason); there is no result yet")
        return .limitReached
      }
      do {
        try print(result)
      } catch {
        StandardError.report("\(reason); the partial result cannot be printed: \(error)")
      }
      return .limitReached
    }
    let result = try forms.run { latest.record($0) }
    beginPrinting()
    try print(result)
    return code(isComplete: result.complete)
  }

  /// What is printed if the run has to end before it is complete.
  private final class Latest: Sendable {
    private let state = Mutex<TeacherResult?>(nil)

    var result: TeacherResult? { state.withLock { $0 } }

    func record(_ result: TeacherResult) { state.withLock { $0 = result } }
  }

  private func print(_ result: TeacherResult) throws {
    var result = result
    result.run = runRecord
    let text = TeacherText(
      result: result, source: command.teacher.source.name, digits: command.solutions.digits)
    try write(result, text.lines) {
      ReportPart(result, json: $0, source: command.teacher.source.fileName)
    }
  }

  private func discriminant(_ problem: ParametricProblem<Engine>) throws -> ExitCode {
    var result: DiscriminantResult
    do {
      result = try TeacherDiscriminant(problem, control: context.control).run()
    } catch let error as DiscriminantUnknown {
      throw RefusedRun("\(error)")
    }
    beginPrinting()
    result.run = runRecord
    let text = DiscriminantText(result: result, source: command.teacher.source.name)
    try write(result, { text.lines }) {
      ReportPart(result, json: $0, source: command.teacher.source.fileName)
    }
    return code(isComplete: result.complete)
  }

  private func beginPrinting() {
    if !context.supervisor.beginPrinting() { context.supervisor.waitForEnd() }
  }

  private func code(isComplete: Bool) -> ExitCode {
    if isComplete { return .success }
    return context.control.cancellation.reason == nil ? .undecided : .limitReached
  }

  private func write(
    _ result: some Encodable, _ lines: () throws -> [String], part: (_ json: String) -> ReportPart
  ) throws {
    switch context.format {
    case .text: try context.write(lines().joined(separator: "\n") + "\n")
    case .json: try context.write(JSONText.of(result))
    }
    try report?.write([part(JSONText.of(result))])
  }

  private var runRecord: TeacherResult.Run? {
    guard context.showsRun else { return nil }
    return TeacherResult.Run(
      engine: context.engineVersions, threads: context.control.threads, seed: context.control.seed,
      digits: command.solutions.digits, seconds: context.secondsSinceStart,
      limit: context.control.cancellation.reason?.description)
  }
}
