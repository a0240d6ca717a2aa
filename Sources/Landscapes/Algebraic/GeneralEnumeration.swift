import Algebra

struct GeneralEnumeration<Engine: AlgebraEngine>: Sendable {
  init(_ problem: TrainingProblem<Engine>, options: AlgebraicEnumeration<Engine>.Options, control: Control) throws {
    throw AlgebraError.domain("to come")
  }
  var strataCount: Int { 0 }
  var facesPerUnit: Int { 0 }
  func run() throws -> EnumerationResult { throw AlgebraError.domain("to come") }
}
