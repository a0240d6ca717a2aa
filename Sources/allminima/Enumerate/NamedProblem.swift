import Algebra
import Interchange
import Landscapes
import RunStore

/// A problem, and what results say about where it comes from.
struct NamedProblem<Engine: AlgebraEngine>: Sendable {
  let problem: Problem<Engine>
  let source: ShardPlan.Source

  /// Reads the data.
  ///
  /// - Throws: `InputError`, `TargetError`, `ProblemError`, `LimitReached`.
  init(_ data: InputSource, _ network: NetworkOptions, control: Control) throws {
    let table = try DataTable<Engine.Rational>(csv: data, control: control)
    let observations = try table.observations(target: network.target)
    problem = try Problem<Engine>(
      inputs: observations.inputs, targets: observations.targets, units: network.units,
      activation: Activation(slope: Engine.Rational(converting: network.activation.slope)),
      ridge: Engine.Rational(converting: network.ridge), bias: !network.noBias)
    source = ShardPlan.Source(
      name: data.name, inputNames: observations.inputNames, targetName: observations.targetName,
      dataSHA256: table.sha256)
    control.log?("read \(problem.rowCount) rows with \(problem.inputCount) inputs")
  }

  /// - Throws: `AlgebraError`, `ProblemError` for a plan that no `shard plan` made.
  init(_ plan: ShardPlan) throws {
    problem = try plan.run.problem.problem(Engine.self)
    source = plan.source
  }

  /// What prints the results.
  func printer(digits: Int, _ context: RunContext) -> ResultPrinter {
    var summary = EnumerationResult.ProblemSummary(problem)
    summary.dataSHA256 = source.dataSHA256
    return ResultPrinter(
      context: context, digits: digits,
      heading: ProblemHeading(
        source: source.name, summary: summary, ridge: PatternText.text(TextNumber(converting: problem.ridge)),
        inputNames: source.inputNames, targetName: source.targetName),
      pattern: PatternText(
        inputs: problem.inputs.map { $0.map(TextNumber.init(converting:)) }, inputNames: source.inputNames,
        hasBias: problem.bias))
  }
}
