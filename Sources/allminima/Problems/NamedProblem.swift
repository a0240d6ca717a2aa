import Algebra
import Interchange
import LandscapeModel
import Reports
import RunStore
import Strata

/// A problem, and what results say about where it comes from.
struct NamedProblem<Engine: AlgebraEngine>: Sendable {
  let problem: TrainingProblem<Engine>
  let source: ShardPlan.Source

  /// Reads the data.
  ///
  /// - Throws: `InputError`, `ColumnError`, `ProblemError`, `Interruption`.
  init(_ data: InputSource, _ reading: DataOptions, _ network: NetworkOptions, _ context: RunContext) throws {
    let control = context.control
    let table = try DataTable<Engine.Rational>(csv: data, format: reading.format, control: control)
    table.warnings.forEach(context.warn)
    let observations = try table.observations(
      target: reading.target, weights: network.linear.observationWeights)
    problem = try network.problem(observations)
    source = ShardPlan.Source(
      name: data.name, inputNames: observations.inputNames, targetName: observations.targetName,
      weightName: observations.weightName, dataSHA256: table.sha256)
    control.log?("read \(problem.rowCount) rows with \(problem.inputCount) inputs")
  }

  /// - Throws: `ShardFileError` for a plan that no `shard plan` made.
  init(_ plan: ShardPlan, in file: String) throws {
    do {
      problem = TrainingProblem(try plan.run.problem.problem(Engine.self))
    } catch {
      throw ShardFileError(file: file, problem: .noProblem("\(error)"))
    }
    source = plan.source
  }

  /// The problem for the convex method.
  ///
  /// - Parameter what: what asks for it.
  /// - Throws: `RefusedRun` if the method does not apply.
  func convexProblem(for what: String) throws -> Problem<Engine> {
    if let convex = try problem.convexProblem { return convex }
    throw RefusedRun(
      "\(what) needs the convex method: relu, leaky, abs or linear units, and a positive ridge on all of their "
        + "parameters")
  }

  /// What prints the results.
  ///
  /// - Parameters:
  ///   - showsWeights: whether the table has the parameters of each component's point.
  ///   - report: where pictures of the results go.
  func printer(
    digits: Int, showsWeights: Bool = false, _ context: RunContext, report: ReportWriter? = nil
  ) -> ResultPrinter {
    var summary = EnumerationResult.ProblemSummary(problem)
    summary.dataSHA256 = source.dataSHA256
    if let inputs = source.inputNames, let target = source.targetName {
      summary.columns = EnumerationResult.ProblemSummary.Columns(
        inputs: inputs, target: target, observationWeights: source.weightName)
    }
    return ResultPrinter(
      context: context, digits: digits, report: report.map { ($0, TrainingData(self)) },
      heading: ProblemHeading(
        source: source.name, summary: summary, ridge: PatternText.text(TextNumber(converting: problem.ridge)),
        inputNames: source.inputNames, targetName: source.targetName),
      pattern: PatternText(
        inputs: problem.inputs.map { $0.map(TextNumber.init(converting:)) }, inputNames: source.inputNames,
        hasBias: problem.bias, meaning: PatternText.Meaning(problem.activation.converted())),
      weights: showsWeights
        ? WeightsText(
          inputNames: source.inputNames, hasBias: problem.bias, hasSkip: problem.skip,
          hasOutputBias: problem.outputBias) : nil)
  }
}

extension TrainingData {
  /// The data in doubles, with names for all columns.
  init<Engine: AlgebraEngine>(_ named: NamedProblem<Engine>) {
    self.init(
      inputs: named.problem.inputs, targets: named.problem.targets,
      weights: named.problem.observationWeights, inputNames: named.source.inputNames,
      targetName: named.source.targetName, Engine.self)
  }

  /// The data of a table in doubles.
  init<Engine: AlgebraEngine>(_ observations: Observations<Engine.Rational>, _ engine: Engine.Type) {
    self.init(
      inputs: observations.inputs, targets: observations.targets, weights: observations.weights,
      inputNames: observations.inputNames, targetName: observations.targetName, engine)
  }

  private init<Engine: AlgebraEngine>(
    inputs: [[Engine.Rational]], targets: [Engine.Rational], weights: [Engine.Rational]?,
    inputNames: [String]?, targetName: String?, _ engine: Engine.Type
  ) {
    func double(_ value: Engine.Rational) -> Double { Engine.Ball(value, precision: 64).approximation }
    let count = inputs[0].count
    self.init(
      inputs: inputs.map { $0.map(double) }, targets: targets.map(double),
      inputNames: inputNames ?? (count == 1 ? ["x"] : (1...max(1, count)).map { "x\($0)" }),
      targetName: targetName ?? "y", weights: weights?.map(double))
  }
}
