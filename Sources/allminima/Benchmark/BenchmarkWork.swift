import Algebra
import Ideals

/// Does some work; what it returns writes the result in its canonical form, which is not part of the work.
typealias Computation = () throws -> () throws -> String

/// What both engines do.
///
/// An enumeration instead of a protocol: through an existential, the compiler could not generate code for each
/// engine.
enum BenchmarkWork: Sendable {
  case arithmetic(ArithmeticWork)
  case polynomials(PolynomialWork)
  case groebner(SystemWork<GroebnerTask>)
  case decompose(SystemWork<DecompositionTask>)
  case solve(SystemWork<SolvingTask>)
  case enumerate(EnumerationWork)

  /// What kind of work it is, for those who read.
  var kind: String {
    switch self {
    case .arithmetic: "arithmetic"
    case .polynomials: "polynomials"
    case .groebner: "groebner"
    case .decompose: "decompose"
    case .solve: "solve"
    case .enumerate: "enumerate"
    }
  }

  /// Makes an engine's operands.
  ///
  /// - Throws: `InputError`, `ColumnError`, `ProblemError`, `AlgebraError`, `Interruption`.
  func computation<Engine: AlgebraEngine>(on engine: Engine.Type, control: Control) throws -> Computation {
    switch self {
    case .arithmetic(let work): try work.computation(on: engine)
    case .polynomials(let work): try work.computation(on: engine)
    case .groebner(let work): work.computation(on: engine, control: control)
    case .decompose(let work): work.computation(on: engine, control: control)
    case .solve(let work): work.computation(on: engine, control: control)
    case .enumerate(let work): try work.computation(on: engine, control: control)
    }
  }
}

/// A line of the benchmark.
struct BenchmarkRow: Sendable {
  let name: String
  let work: BenchmarkWork
}

/// The engine's part of a row.
struct BenchmarkPreparation: EngineWork {
  let work: BenchmarkWork
  let control: Control

  func run<Engine: AlgebraEngine>(on engine: Engine.Type) throws -> Computation {
    Engine.prepareThread()
    return try work.computation(on: engine, control: control)
  }
}
