import Algebra
import ArgumentParser
import FlintEngine
import SwiftEngine

/// The algebra engines that users can choose; the only place that names them.
enum EngineName: String, ExpressibleByArgument, CaseIterable {
  case flint
  case swift

  var engine: any AlgebraEngine.Type {
    switch self {
    case .flint: FlintEngine.self
    case .swift: SwiftEngine.self
    }
  }
}

/// What options and tables are read and written with, whatever the engine of the run.
typealias TextEngine = SwiftEngine
typealias TextNumber = TextEngine.Rational
