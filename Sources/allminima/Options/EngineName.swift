import Algebra
import ArgumentParser
import FlintEngine
import SwiftEngine

/// The algebra engines that users can choose; the only place that names them.
enum EngineName: String, Choice {
  case flint
  case swift

  var engine: any AlgebraEngine.Type {
    switch self {
    case .flint: FlintEngine.self
    case .swift: SwiftEngine.self
    }
  }

  /// Does work on the engine. The engine is a constant where the work is called: that is what makes the compiler
  /// generate code for this very engine. A metatype opened at run time would have every sum of two numbers go
  /// through tables of witnesses.
  ///
  /// - Throws: `AlgebraError.domain` if the libraries behind the engine do not fit; what the work throws.
  func perform<Work: EngineWork>(_ work: Work) throws -> Work.Output {
    try engine.checkLibraries()
    switch self {
    case .flint: return try work.run(on: FlintEngine.self)
    case .swift: return try work.run(on: SwiftEngine.self)
    }
  }
}

/// Something that can be done on any engine.
protocol EngineWork {
  associatedtype Output

  func run<Engine: AlgebraEngine>(on engine: Engine.Type) throws -> Output
}

/// What options and tables are read and written with, whatever the engine of the run.
typealias TextEngine = SwiftEngine
typealias TextNumber = TextEngine.Rational
