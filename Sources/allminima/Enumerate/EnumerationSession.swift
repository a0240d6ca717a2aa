import Algebra
import ArgumentParser
import Interchange
import Landscapes

/// One run of `enumerate`: reads, checks what it would cost, enumerates, prints.
struct EnumerationSession {
  private let command: Enumerate
  private let context: RunContext
  private var control: Control { context.control }

  /// - Throws: `RefusedRun` if the output cannot be written.
  init(_ command: Enumerate) throws {
    self.command = command
    context = try RunContext(command.shared)
  }

  /// - Returns: how the process shall end.
  /// - Throws: what `FailureReport` knows.
  func run() throws -> ExitCode {
    defer { context.progress?.finish() }
    context.supervisor.start()
    let table = try DataTable<Engine.Rational>(csv: command.source, control: control)
    let observations = try table.observations(target: command.network.target)
    let general = try command.network.problem(observations)
    control.log?("read \(general.rowCount) rows with \(general.inputCount) inputs")
    let printer = printer(general, observations, sha256: table.sha256)
    let algebraic = AlgebraicRun(problem: general, search: command.search, context: context, printer: printer)
    guard let problem = try convexProblem(general) else { return try algebraic.run(besides: nil) }

    let bound = problem.sizeBound
    let refusal = RunEstimate.refusal(
      bound, hasTimeLimit: command.shared.timeLimit != nil,
      hasMemoryLimit: command.shared.memoryLimit != nil)
    if let refusal, !command.search.force {
      guard command.search.dryRun else { throw RefusedRun(refusal) }
      return try printer.print(
        dryRun: DryRun.Strata(facesPerUnit: bound.facesPerUnit, total: bound.strata, exact: false))
    }
    let enumeration = try Enumeration(
      problem,
      options: Enumeration.Options(
        digits: command.search.digits, describesExactly: command.search.exact), control: control)
    control.log?(
      "divided into \(enumeration.facesPerUnit) faces per unit, \(enumeration.strataCount) strata,"
        + " after \(Readable.duration(context.secondsSinceStart))")
    if command.search.dryRun {
      return try printer.print(
        dryRun: DryRun.Strata(
          facesPerUnit: Double(enumeration.facesPerUnit), total: Double(enumeration.strataCount),
          exact: true))
    }
    if command.search.method == .both { return try algebraic.run(besides: enumeration) }
    try checkEstimate(enumeration)
    return try enumerate(enumeration, printer)
  }

  /// The problem if the convex road is taken.
  ///
  /// - Throws: `RefusedRun` if it is wanted and does not apply.
  private func convexProblem(_ problem: TrainingProblem<Engine>) throws -> Problem<Engine>? {
    if command.search.method == .algebraic { return nil }
    if let convex = try problem.convexProblem { return convex }
    guard command.search.method == .auto else {
      throw RefusedRun(
        "--method \(command.search.method.rawValue) needs the convex road: relu, leaky, abs or linear units, "
          + "a positive ridge on all parameters, and no output bias")
    }
    return nil
  }

  private func printer(
    _ problem: TrainingProblem<Engine>, _ observations: Observations<Engine.Rational>, sha256: String
  ) -> ResultPrinter {
    var summary = EnumerationResult.ProblemSummary(problem)
    summary.dataSHA256 = sha256
    return ResultPrinter(
      context: context, digits: command.search.digits,
      heading: ProblemHeading(
        source: command.source.name, summary: summary, ridge: PatternText.text(problem.ridge),
        inputNames: observations.inputNames, targetName: observations.targetName),
      pattern: PatternText(
        inputs: observations.inputs, inputNames: observations.inputNames, hasBias: problem.bias))
  }

  /// Tells how long a long run will take, and refuses a hopeless one.
  private func checkEstimate(_ enumeration: Enumeration<Engine>) throws {
    let estimate = RunEstimate(strata: Double(enumeration.strataCount), threads: control.threads)
    if !command.search.force, let refusal = estimate.refusal(hasTimeLimit: command.shared.timeLimit != nil) {
      throw RefusedRun(refusal)
    }
    if estimate.seconds > RunEstimate.worthTelling, !command.shared.quiet {
      context.progress?.pause()
      StandardError.print("\(estimate.sentence).")
    }
  }

  private func enumerate(_ enumeration: Enumeration<Engine>, _ printer: ResultPrinter) throws -> ExitCode {
    let state = EnumerationRun<Engine>()
    context.supervisor.setRescue { [context] reason in
      do {
        let result = try enumeration.result(of: state)
        guard context.supervisor.beginPrinting() else { return nil }
        return try printer.print(result, limit: context.control.cancellation.reason ?? reason)
      } catch {
        StandardError.report("\(reason); the partial result cannot be printed: \(error)")
        return .limitReached
      }
    }
    let result = try enumeration.run(state)
    guard context.supervisor.beginPrinting() else { context.supervisor.waitForEnd() }
    return try printer.print(result, limit: control.cancellation.reason)
  }
}
