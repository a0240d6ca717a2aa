import Algebra
import FlintEngine
import Interchange
import RealSolving

/// The code of the article “Solve a system”.
func solveASystem(print: (Any...) -> Void) throws {
  let system = try SystemParser<FlintEngine>.parse("x,y\n0\nx^2+y^2-4, x*y-1")

  switch try SolutionSet<FlintEngine>(of: system, options: SolveOptions(digits: 20)) {
  case .empty: print("no complex solution")
  case .finite(let finite):
    for (solution, coordinates) in zip(finite.solutions, finite.enclosures) {
      print(coordinates.map(\.lower.description), "multiplicity \(solution.multiplicity)")
    }
  case .positiveDimensional(let dimension, let components, _):
    print("dimension \(dimension), \(components.count) components")
  case .undecided(let reason): print(reason)
  }

  if case .finite(let finite) = try SolutionSet<FlintEngine>(of: system) {
    let circle = system.polynomials[0]
    for solution in finite.solutions {
      let sign = try finite.sign(of: circle, at: solution)
      precondition(sign == 0)
    }
  }

  let square = FlintEngine.UnivariatePolynomial(coefficients: [-2, 0, 1])
  let roots = try RealAlgebraicNumber<FlintEngine>.realRoots(of: square)
  let sum = try roots[0].adding(roots[1])
  print(try sum.signum() == 0 ? "the square roots of 2 cancel" : "impossible")
}
