// All local minima of a network with two ReLU units on a file of data: `list-minima DATA.csv`.

import Algebra
import FlintEngine
import Interchange
import Landscapes

typealias Number = FlintEngine.Rational

guard CommandLine.arguments.count == 2 else { fatalError("usage: list-minima DATA.csv") }
let table = try DataTable<Number>(csv: .file(CommandLine.arguments[1]))
let data = try table.observations()

let problem = try Problem<FlintEngine>(
  inputs: data.inputs, targets: data.targets, units: 2, activation: .relu, ridge: 10)
let result = try Enumeration(problem, control: Control(threads: 2)).run()

for component in result.components {
  let mark = component.globalForWidth == .yes ? "global" : "local"
  print("loss \(component.loss.lower), dimension \(component.dimension), \(mark)")
}
print(result.complete ? "There are no others." : "Undecided: \(result.undecided.map(\.reason))")
