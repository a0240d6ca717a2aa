import Algebra
import ArgumentParser
import Interchange
import LandscapeModel
import Synchronization

/// One run of `benchmark`: reads the suite, measures its rows, prints.
struct BenchmarkSession {
  private let command: Benchmark
  private let context: RunContext

  /// - Throws: `RefusedRun` if the output cannot be written.
  init(_ command: Benchmark) throws {
    self.command = command
    context = try RunContext(command.shared, keeping: [command.work.source?.file])
  }

  /// - Returns: how the process shall end.
  /// - Throws: what `FailureReport` knows.
  func run() throws -> ExitCode {
    defer { context.progress?.finish() }
    let (control, supervisor) = (context.control, context.supervisor)
    supervisor.start()
    let suite = try command.work.source.map { try BenchmarkSuite($0, control) } ?? .builtIn()
    let finished = FinishedRows()
    let printer = BenchmarkPrinter(command: command, context: context, suite: suite)
    supervisor.setRescue { reason in
      guard supervisor.beginPrinting() else { return nil }
      do {
        return try printer.print(finished.rows, limit: reason)
      } catch {
        StandardError.report("\(reason); the rows cannot be printed: \(error)")
        return .limitReached
      }
    }
    // Its own progress; that of what is measured would be in the way.
    var quiet = control
    (quiet.progress, quiet.log) = (nil, nil)
    let runner = BenchmarkRunner(
      rounds: command.work.rounds, reference: command.shared.running.engine, control: quiet)
    var limit: Interruption.Reason?
    do {
      for (index, row) in suite.rows.enumerated() {
        try control.check()
        control.progress?(Progress(stage: "rows", done: index, total: suite.rows.count))
        control.log?("row \(index + 1) of \(suite.rows.count): \(row.name)")
        finished.add(try runner.measure(row))
      }
    } catch let interruption as Interruption {
      limit = control.cancellation.reason ?? interruption.reason
    }
    guard supervisor.beginPrinting() else { supervisor.waitForEnd() }
    return try printer.print(finished.rows, limit: limit)
  }
}

extension BenchmarkReport {
  /// How the process shall end.
  var exitCode: ExitCode {
    if rows.contains(where: { $0.status == .differ }) { return .internalFailure }
    if !complete { return .limitReached }
    return rows.contains { $0.status == .undecided } ? .undecided : .success
  }
}

/// The rows that are done; may be read from any thread.
private final class FinishedRows: Sendable {
  private let list = Mutex<[BenchmarkReport.Row]>([])

  var rows: [BenchmarkReport.Row] { list.withLock { $0 } }

  func add(_ row: BenchmarkReport.Row) { list.withLock { $0.append(row) } }
}

/// Prints a benchmark, whole or not.
private struct BenchmarkPrinter: Sendable {
  let command: Benchmark
  let context: RunContext
  let suite: BenchmarkSuite

  /// - Returns: how the process shall end.
  /// - Throws: `OutputDestination.Failure`.
  func print(_ rows: [BenchmarkReport.Row], limit: Interruption.Reason?) throws -> ExitCode {
    let run = run(limit)
    let report = BenchmarkReport(
      suite: suite.name, rounds: command.work.rounds, complete: rows.count == suite.rows.count, rows: rows,
      run: run)
    switch context.format {
    case .text: try context.write(BenchmarkText(report: report, run: run).text)
    case .json: try context.write(JSONText.of(context.showsRun ? report : report.withoutTimes))
    }
    return report.exitCode
  }

  private func run(_ limit: Interruption.Reason?) -> BenchmarkReport.Run {
    let engines = EngineName.allCases.map { ($0.rawValue, $0.engine.versions) }
    return BenchmarkReport.Run(
      version: AllMinimaVersion.current, engines: Dictionary(uniqueKeysWithValues: engines),
      cpu: Machine.processorName, cores: Machine.cores, threads: context.control.threads,
      seed: context.control.seed, reference: command.shared.running.engine.rawValue,
      seconds: context.secondsSinceStart, limit: limit?.description)
  }
}
