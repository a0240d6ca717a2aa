import Algebra
import ArgumentParser
import Interchange
import Landscapes
import RunStore
import Strata

/// One run of `enumerate`: reads, checks what it would cost, enumerates, prints.
struct EnumerationSession<Engine: AlgebraEngine> {
  private let command: Enumerate
  private let context: RunContext
  private let report: ReportWriter?
  private var control: Control { context.control }

  /// - Throws: `RefusedRun` if the output cannot be written.
  init(_ command: Enumerate) throws {
    self.command = command
    let files = [command.source.file, command.storage.store]
    context = try RunContext(command.shared, keeping: files)
    report = try ReportWriter(command.report, keeping: files + [command.shared.running.output])
  }

  /// - Returns: how the process shall end.
  /// - Throws: what `FailureReport` knows.
  func run() throws -> ExitCode {
    defer { context.progress?.finish() }
    context.supervisor.start()
    let named = try NamedProblem<Engine>(command.source, command.reading, command.network, context)
    let printer = named.printer(
      digits: command.search.digits, showsWeights: command.search.weights, context, report: report)
    // Before any long computation.
    printer.heading.remarks.forEach(context.tell)
    let algebraic = AlgebraicRun(
      problem: named.problem, search: command.search, context: context, printer: printer)
    guard let problem = try convexProblem(named) else { return try algebraic.run(besides: nil) }
    let bound = problem.sizeBound
    let refusal = RunEstimate.refusal(
      bound, hasTimeLimit: command.shared.running.timeLimit != nil,
      hasMemoryLimit: command.shared.running.memoryLimit != nil)
    if let refusal, !command.search.force {
      guard command.search.dryRun else { throw RefusedRun(refusal) }
      context.tell("Without --force: \(refusal).")
      return try printer.print(dryRun: DryRun.Strata(bound: bound), RunEstimate(bound, context))
    }
    let enumeration = try Enumeration(
      problem, options: command.search.options(for: context.format), control: control)
    control.log?(
      "divided into \(enumeration.facesPerUnit) faces per unit, \(enumeration.strataCount) strata,"
        + " after \(Readable.duration(context.secondsSinceStart))")
    if command.search.dryRun {
      return try printer.print(
        dryRun: DryRun.Strata(enumeration), try RunEstimate(sampling: enumeration, context))
    }
    if command.search.method == .both { return try algebraic.run(besides: enumeration) }
    if let shard = command.sharding.shard {
      let plan = try ShardPlan(
        run: enumeration.description, source: named.source, shards: shard.part.count)
      return try ShardRunner(plan: plan, index: shard.part.index, context: context)
        .run(enumeration, command.storage)
    }
    let stored = try StoredRun(enumeration, command.storage, control: control)
    try checkEstimate(enumeration, stored.run)
    return try enumerate(stored, printer)
  }

  /// The problem if the convex method is taken.
  ///
  /// - Throws: `RefusedRun` if it is wanted and does not apply.
  private func convexProblem(_ named: NamedProblem<Engine>) throws -> Problem<Engine>? {
    let method = command.search.method
    let isStored = command.storage.store != nil || command.sharding.shard != nil
    if isStored, method == .algebraic || method == .both {
      throw RefusedRun("--store and --shard need --method convex")
    }
    switch method {
    case .algebraic: return nil
    case .auto: if !isStored { return try named.problem.convexProblem }
    case .convex, .both: break
    }
    return try named.convexProblem(for: isStored ? "--store or --shard" : "--method \(method.rawValue)")
  }

  /// Tells how long a long run will take, and refuses a hopeless one.
  private func checkEstimate(_ enumeration: Enumeration<Engine>, _ run: EnumerationRun) throws {
    var estimate = RunEstimate(strata: Double(enumeration.strataCount - run.count), threads: control.threads)
    let isShort = control.deadline.map { $0 < .now + RunEstimate.shortestRun } ?? false
    guard estimate.seconds > RunEstimate.worthSampling, !isShort else { return }
    estimate = try RunEstimate(sampling: enumeration, of: run, context)
    if !command.search.force,
      let refusal = estimate.refusal(hasTimeLimit: command.shared.running.timeLimit != nil)
    {
      throw RefusedRun(refusal)
    }
    if estimate.range.upperBound > RunEstimate.worthTelling { context.tell("\(estimate.sentence).") }
  }

  private func enumerate(_ stored: StoredRun<Engine>, _ printer: ResultPrinter) throws -> ExitCode {
    let (enumeration, run) = (stored.enumeration, stored.run)
    context.supervisor.setRescue { [context] reason in
      do {
        let result = try enumeration.result(of: run)
        guard context.supervisor.beginPrinting() else { return nil }
        return try printer.print(result, limit: "\(context.control.cancellation.reason ?? reason)")
      } catch {
        StandardError.report("\(reason); the partial result cannot be printed: \(error)")
        return .limitReached
      }
    }
    try stored.decide()
    let result = try enumeration.result(of: run)
    guard context.supervisor.beginPrinting() else { context.supervisor.waitForEnd() }
    try stored.finish(printer.completed(result))
    let code = try printer.print(result, limit: control.cancellation.reason?.description)
    if code == .limitReached, let hint = stored.hint { context.tell(hint) }
    return code
  }
}
