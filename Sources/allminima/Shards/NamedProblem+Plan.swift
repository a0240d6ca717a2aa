import Algebra
import Landscapes
import RunStore

extension NamedProblem {
  /// The whole run that the problem's plan cuts into shards.
  ///
  /// - Throws: `RefusedRun` if the plan describes another one; what `Enumeration.init` throws.
  func enumeration(
    of plan: ShardPlan, for format: OutputFormat, control: Control
  ) throws -> Enumeration<Engine> {
    var options = plan.run.options
    options.describesFit = format == .json
    let enumeration = try Enumeration(
      convexProblem(for: "a plan"), options: options, control: control)
    guard enumeration.description == plan.run else {
      throw RefusedRun("the plan does not fit its own problem; was it made by this program?")
    }
    return enumeration
  }
}
