// Where a circle and a cubic meet.

import Algebra
import FlintEngine
import RealSolving

/// A polynomial in x and y from coefficients and exponents, the greatest term first.
func polynomial(_ terms: (Int, [UInt32])...) -> SparsePolynomial<WideInteger> {
  var result = SparsePolynomial<WideInteger>(variableCount: 2)
  for (coefficient, exponents) in terms {
    result.append(exponents: exponents, coefficient: WideInteger(coefficient))
  }
  return result
}

let system = PolynomialSystem(
  variables: ["x", "y"],
  polynomials: [
    polynomial((1, [2, 0]), (1, [0, 2]), (-4, [0, 0])),
    polynomial((1, [3, 0]), (-1, [1, 0]), (-1, [0, 1])),
  ])

switch try SolutionSet<FlintEngine>(of: system, options: SolveOptions(digits: 25)) {
case .finite(let finite):
  print("\(finite.solutions.count) of \(finite.degree) points are real:")
  for point in finite.enclosures {
    print("  x from \(point[0].lower) to \(point[0].upper), y from \(point[1].lower) to \(point[1].upper)")
  }
case .empty: print("The curves do not meet, not even in complex points.")
case .positiveDimensional: print("The curves have a component in common.")
case .undecided(let reason): print("Undecided: \(reason)")
}
