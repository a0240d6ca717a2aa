import Algebra
import Interchange
import Landscapes
import Strata

/// What `enumerate` does with data, without any estimates and stores.
struct EnumerationWork: Sendable {
  /// The name of the data for messages, and their text.
  let name: String
  let data: String
  let reading: DataOptions
  let network: NetworkOptions
  let search: SearchOptions

  /// - Throws: `InputError`, `ColumnError`, `ProblemError` for bad data; `RefusedRun` for options that do not fit
  ///   them or are no work that can be compared.
  init(
    name: String, data: String, reading: DataOptions, network: NetworkOptions, search: SearchOptions
  ) throws {
    (self.name, self.data, self.reading) = (name, data, reading)
    (self.network, self.search) = (network, search)
    guard !search.dryRun, search.method != .both else {
      throw RefusedRun("a benchmark has neither --dry-run nor --method both")
    }
    let isConvex = try convexProblem(try problem(TextEngine.self)) != nil
    guard isConvex || search.method != .convex else {
      throw RefusedRun("--method convex does not apply to this network")
    }
    guard isConvex || !search.exact else { throw RefusedRun("--exact needs the convex method") }
  }

  private func problem<Engine: AlgebraEngine>(_: Engine.Type) throws -> TrainingProblem<Engine> {
    let table = try DataTable<Engine.Rational>(csv: Array(data.utf8), named: name, format: reading.format)
    return try network.problem(
      table.observations(target: reading.target, weights: network.linear.observationWeights))
  }

  /// The problem if the convex method is taken.
  private func convexProblem<Engine: AlgebraEngine>(
    _ problem: TrainingProblem<Engine>
  ) throws -> Problem<Engine>? {
    search.method == .algebraic ? nil : try problem.convexProblem
  }

  func computation<Engine: AlgebraEngine>(on _: Engine.Type, control: Control) throws -> Computation {
    let problem = try problem(Engine.self)
    let convex = try convexProblem(problem)
    return {
      let result =
        if let convex {
          try Enumeration(convex, options: search.options(for: .text), control: control).run()
        } else {
          try AlgebraicEnumeration(
            problem, options: search.algebraicOptions(for: .text), control: control
          ).run()
        }
      // A limit ends an enumeration early, with a result that cannot be compared.
      try control.check()
      return { try JSONText.compact(result) }
    }
  }
}
