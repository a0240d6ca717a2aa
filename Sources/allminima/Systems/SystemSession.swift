import Algebra
import ArgumentParser
import GroebnerBases
import Interchange

/// One run of a subcommand on a polynomial system: reads, computes, prints.
struct SystemSession<Task: SystemTask> {
  private let task: Task
  private let source: InputSource
  private let context: RunContext
  private let engine: EngineName
  private let report: ReportWriter?

  /// - Parameter report: where pictures go, for tasks that have some.
  /// - Throws: `RefusedRun` if the output cannot be written.
  init(
    _ task: Task, source: InputSource, options: SharedOptions, report: ReportOptions? = nil
  ) throws {
    self.task = task
    self.source = source
    engine = options.running.engine
    context = try RunContext(options, keeping: [source.file])
    self.report = try report.flatMap {
      try ReportWriter($0, keeping: [source.file, options.running.output])
    }
  }

  /// - Returns: how the process shall end.
  /// - Throws: what `FailureReport` knows.
  func run() throws -> ExitCode { try engine.perform(self) }
}

extension SystemSession: EngineWork {
  func run<Engine: AlgebraEngine>(on _: Engine.Type) throws -> ExitCode {
    defer { context.progress?.finish() }
    let (control, supervisor) = (context.control, context.supervisor)
    supervisor.start()
    let system = try SystemParser<Engine>.parse(source.text(control), file: source.name)
    control.log?("read \(system.polynomials.count) polynomials in \(system.variables.count) variables")
    do {
      try task.check(system)
    } catch let error as UnsuitableSystem {
      throw UnsuitableSystem("\(source.name): \(error)")
    }
    let printer = SystemPrinter(
      task: task, system: system, source: source, context: context, report: report)
    supervisor.setRescue { reason in
      guard supervisor.beginPrinting() else { return nil }
      do {
        return try printer.print(reason)
      } catch {
        StandardError.report("\(reason); that cannot be printed: \(error)")
        return .limitReached
      }
    }
    let outcome = try outcome(system, Engine.self)
    guard supervisor.beginPrinting() else { supervisor.waitForEnd() }
    switch outcome {
    case .answer(let answer): return try printer.print(answer)
    case .limit(let reason): return try printer.print(reason)
    case .undecided(let undecided): return try printer.print(undecided)
    }
  }

  private enum Outcome {
    case answer(Task.Answer)
    case limit(Interruption.Reason)
    case undecided(UndecidedAnswer)
  }

  private func outcome<Engine: AlgebraEngine>(
    _ system: PolynomialSystem, _ engine: Engine.Type
  ) throws -> Outcome {
    do {
      return .answer(try task.answer(system, engine: engine, control: context.control))
    } catch let interruption as Interruption {
      return .limit(context.control.cancellation.reason ?? interruption.reason)
    } catch let failure as GroebnerBasis.ProofFailed {
      return .undecided(
        UndecidedAnswer(reason: "a proof failed with several choices of primes (\(failure.step))"))
    } catch let undecided as UndecidedAnswer {
      return .undecided(undecided)
    } catch AlgebraError.tooLarge(let what) {
      return .undecided(UndecidedAnswer(reason: AlgebraError.tooLarge(what).description))
    }
  }
}
