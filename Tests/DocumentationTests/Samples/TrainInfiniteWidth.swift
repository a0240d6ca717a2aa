import FlintEngine
import InfiniteWidth
import Strata

/// The code of the article “Train a network of infinite width from Swift”.
func trainInfiniteWidth(print: (Any...) -> Void) throws {
  let problem = try Problem<FlintEngine>(
    inputs: [[-1], [0], [2]], targets: [1, -1, 2], units: 1,
    ridge: FlintEngine.Rational(exactly: "1/5"))
  let result = try InfiniteWidthTraining(problem).optimum()

  print("least loss of all widths:", result.loss?.lower ?? "unknown")
  for atom in result.extremal ?? [] {
    print(atom.pattern, atom.sign > 0 ? "+" : "-", "mass \(atom.mass.lower)", atom.strict ? "strict" : "")
  }

  if let solutions = result.solutions {
    print("\(solutions.leastAtoms) units suffice;", solutions.unique ? "unique" : "not unique")
  }
  print(result.complete ? "proved" : "undecided: \(result.undecided ?? [])")
}
