import Algebra
import ArgumentParser
import Bifurcations
import Interchange
import LandscapeModel
import Reports

/// One run of `bifurcate`: computes and prints.
struct BifurcationSession {
  private let landscape: LandscapeOptions
  private let digits: Int
  private let engine: EngineName
  private let context: RunContext
  private let report: ReportWriter?

  /// - Throws: `RefusedRun` if the output cannot be written.
  init(_ landscape: LandscapeOptions, digits: Int, report: ReportOptions, options: SharedOptions) throws {
    self.landscape = landscape
    self.digits = digits
    engine = options.running.engine
    context = try RunContext(options, keeping: [])
    self.report = try ReportWriter(report, keeping: [options.running.output])
  }

  /// - Returns: how the process shall end.
  /// - Throws: what `FailureReport` knows.
  func run() throws -> ExitCode { try engine.perform(self) }
}

extension BifurcationSession: EngineWork {
  func run<Engine: AlgebraEngine>(on _: Engine.Type) throws -> ExitCode {
    defer { context.progress?.finish() }
    let supervisor = context.supervisor
    supervisor.start()
    var analysis = try BifurcationAnalysis<Engine>(landscape.options(digits: digits))
    let known = analysis.result
    supervisor.setRescue { reason in
      guard supervisor.beginPrinting() else { return nil }
      do {
        return try print(known, limit: reason)
      } catch {
        StandardError.report("\(reason); that cannot be printed: \(error)")
        return .limitReached
      }
    }
    var limit: Interruption.Reason?
    do {
      try analysis.run(control: context.control)
    } catch let interruption as Interruption {
      limit = context.control.cancellation.reason ?? interruption.reason
    }
    guard supervisor.beginPrinting() else { supervisor.waitForEnd() }
    return try print(analysis.result, limit: limit)
  }

  private func print(_ result: BifurcationResult, limit: Interruption.Reason?) throws -> ExitCode {
    let run = SystemRun(
      engine: context.engineVersions, threads: context.control.threads, seed: context.control.seed,
      seconds: context.secondsSinceStart, limit: limit?.description)
    let document = BifurcationDocument(result: result, run: context.showsRun ? run : nil)
    switch context.format {
    case .text:
      var lines = try BifurcationText(result: result, digits: digits).lines
      if let limit { lines += ["", "This is a part of the result: \(limit)."] }
      try context.write(lines.joined(separator: "\n") + "\n")
    case .json: try context.write(JSONText.of(document))
    }
    try report?.write([
      ReportPart(
        result, json: JSONText.of(document), seconds: document.run?.seconds, limit: limit?.description)
    ])
    if limit != nil { return .limitReached }
    return result.complete ? .success : .undecided
  }
}

extension BifurcationError: EndingError {
  var exitCode: ExitCode { .validationFailure }
}

/// The JSON of a result, with what may differ between equal runs.
private struct BifurcationDocument: Encodable {
  private enum Key: String, CodingKey {
    case run
  }

  let result: BifurcationResult
  let run: SystemRun?

  func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(run, forKey: .run)
  }
}
