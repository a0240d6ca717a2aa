import Algebra
import Interchange
import LandscapeModel
import Landscapes
import RunStore

/// Writes the plan of a run in shards.
struct ShardPlanner {
  private let context: RunContext

  init(_ context: RunContext) { self.context = context }

  /// - Throws: what `FailureReport` knows.
  func plan<Engine: AlgebraEngine>(
    _ data: InputSource, _ reading: DataOptions, _ network: NetworkOptions,
    _ options: EnumerationOptions, shards: Int,
    on engine: Engine.Type
  ) throws {
    defer { context.progress?.finish() }
    context.supervisor.start()
    let named = try NamedProblem<Engine>(data, reading, network, context)
    let problem = try named.convexProblem(for: "a plan")
    let bound = problem.sizeBound
    if let refusal = RunEstimate.refusal(bound, hasTimeLimit: false, hasMemoryLimit: false) {
      throw RefusedRun(refusal)
    }
    let enumeration = try Enumeration(
      problem, options: options, control: context.control)
    let plan = try ShardPlan(run: enumeration.description, source: named.source, shards: shards)
    let estimate = try RunEstimate(sampling: enumeration, context)
    context.tell("\(estimate.sentence); a shard takes \(estimate.duration(ofOneIn: shards)) on as many.")
    try context.write(JSONText.of(plan))
  }
}
