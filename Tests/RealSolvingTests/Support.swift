import Algebra
import FlintEngine
import Foundation
import GroebnerBases
import Ideals
import Interchange
import RealSolving
import TestSupport
import Testing

typealias E = FlintEngine

let runsLongTests = ProcessInfo.processInfo.environment["ALLMINIMA_LONG_TESTS"] == "1"

func system(_ polynomials: String, in variables: String = "x,y") throws -> PolynomialSystem {
  try SystemParser<E>.parse("\(variables)\n0\n\(polynomials)\n")
}

func storedSystem(_ name: String) throws -> PolynomialSystem {
  try SystemParser<E>.parse(testResource("\(name).ms"), file: name)
}

func solveFinite(
  _ system: PolynomialSystem, options: SolveOptions = SolveOptions(), control: Control = Control()
) throws -> FiniteSolutions<E> {
  guard case .finite(let solutions) = try SolutionSet<E>(of: system, options: options, control: control)
  else {
    throw AlgebraError.domain("not finitely many solutions")
  }
  return solutions
}

func rational(_ text: String) throws -> E.Rational { try E.Rational(exactly: text) }
