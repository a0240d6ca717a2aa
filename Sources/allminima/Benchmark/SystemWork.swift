import Algebra
import Interchange

/// What `groebner`, `decompose` or `solve` does with a system.
struct SystemWork<Task: SystemTask>: Sendable {
  let task: Task
  let system: PolynomialSystem

  /// - Throws: `RefusedRun`, `UnsuitableSystem` if the task does not fit the system.
  init(_ task: Task, _ system: PolynomialSystem) throws {
    try task.check(system)
    self.task = task
    self.system = system
  }

  func computation<Engine: AlgebraEngine>(on _: Engine.Type, control: Control) -> Computation {
    {
      let answer = try task.answer(system, engine: Engine.self, control: control)
      return { try JSONText.compact(answer) }
    }
  }
}
