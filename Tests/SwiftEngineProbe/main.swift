import Algebra
import Landscapes
import RealSolving
import SwiftEngine

// Solves a system and enumerates the minima of a network on the engine in Swift alone, from end to end.

let circleAndHyperbola = PolynomialSystem(
  variables: ["x", "y"],
  polynomials: [
    // x² + y² − 1 and 3 x y − 1
    SparsePolynomial(
      variableCount: 2, exponents: [2, 0, 0, 2, 0, 0],
      coefficients: [WideInteger(1), WideInteger(1), WideInteger(-1)]),
    SparsePolynomial(
      variableCount: 2, exponents: [1, 1, 0, 0], coefficients: [WideInteger(3), WideInteger(-1)]),
  ])
let solutions = try SolutionReport(of: circleAndHyperbola, engine: SwiftEngine.self)
let problem = try Problem<SwiftEngine>(
  inputs: [[-2], [-1], [0], [1], [2]], targets: [1, 0, 1, 0, 2], units: 1,
  ridge: SwiftEngine.Rational(exactly: "0.1"))
let minima = try Enumeration(problem).run()
print("\(solutions.realSolutions?.count ?? 0) real solutions, \(minima.components.count) local minima")
