import Algebra
import ArgumentParser
import Interchange
import Reports

/// Prints the answer of a task, or why there is none.
struct SystemPrinter<Task: SystemTask>: Sendable {
  let task: Task
  let system: PolynomialSystem
  let source: InputSource
  let context: RunContext
  let report: ReportWriter?

  /// - Returns: how the process shall end.
  /// - Throws: `OutputDestination.Failure`.
  func print(_ answer: Task.Answer) throws -> ExitCode {
    let isUndecided = task.isUndecided(answer)
    let document = document(answer, isComplete: !isUndecided, limit: nil)
    switch context.format {
    case .text: try write(task.text(answer, variables: system.variables))
    case .json: try context.write(JSONText.of(document))
    }
    try writeReport(of: document)
    return isUndecided ? .undecided : .success
  }

  /// Says that a limit ended the computation, and how far it had come.
  func print(_ limit: Interruption.Reason) throws -> ExitCode {
    try printMissing("\(limit)", limit: limit)
    return .limitReached
  }

  /// Says why there is no answer.
  func print(_ undecided: UndecidedAnswer) throws -> ExitCode {
    try printMissing(undecided.reason, limit: nil)
    return .undecided
  }

  private func printMissing(_ reason: String, limit: Interruption.Reason?) throws {
    let fields = PartialAnswer(
      texts: task.fieldsWithoutAnswer.merging(["schema": Task.schema, "reason": reason]) { $1 },
      figures: task.findings?.figures ?? [:])
    let document = document(fields, isComplete: false, limit: limit)
    switch context.format {
    case .text:
      var lines = task.findings?.lines ?? []
      lines.append("There is no \(lines.isEmpty ? "" : "complete ")result: \(reason).")
      if limit != nil, let progress = context.latestProgress.current {
        lines.append("It ended in this state: \(Readable.state(progress)).")
      }
      try write(lines)
    case .json: try context.write(JSONText.of(document))
    }
    try writeReport(of: document)
  }

  private func document<Answer: Encodable>(
    _ answer: Answer, isComplete: Bool, limit: Interruption.Reason?
  ) -> SystemDocument<Answer> {
    SystemDocument(
      system: system, tellsSystem: Task.tellsSystem, isComplete: isComplete, answer: answer,
      run: run(limit: limit))
  }

  private func writeReport(of document: some Encodable) throws {
    guard let report else { return }
    let json = try JSONText.of(document)
    try report.write([
      try ReportableResult(json, named: source.name).part(json: json, source: source.fileName)
    ])
  }

  private func run(limit: Interruption.Reason?) -> SystemRun? {
    guard context.showsRun else { return nil }
    return SystemRun(
      engine: context.engineVersions, threads: context.control.threads,
      seed: context.control.seed, seconds: context.secondsSinceStart, limit: limit?.description,
      state: limit == nil ? nil : context.latestProgress.current.map(SystemRun.State.init))
  }

  private func write(_ lines: [String]) throws {
    // Bases can have many megabytes: each is copied once.
    let all = [heading, ""] + lines
    var text = ""
    text.reserveCapacity(all.reduce(0) { $0 + $1.utf8.count + 1 })
    for line in all {
      text += line
      text += "\n"
    }
    try context.write(text)
  }

  private var heading: String {
    let field = system.characteristic == 0 ? "Q" : "GF(\(system.characteristic))"
    var parts = [
      "\(Readable.count(system.polynomials.count, "polynomial")) in"
        + " \(Readable.count(system.variables.count, "variable")) over \(field)"
    ]
    if let heading = task.heading { parts.append(heading) }
    return "\(source.name.split(separator: "/").last ?? "system"): \(parts.joined(separator: ", "))."
  }
}
