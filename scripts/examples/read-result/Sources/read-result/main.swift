// The minima in a result that `allminima enumerate --format json` has written: `read-result RESULT.json`.

import Foundation
import LandscapeModel

guard CommandLine.arguments.count == 2 else { fatalError("usage: read-result RESULT.json") }
let data = try Data(contentsOf: URL(fileURLWithPath: CommandLine.arguments[1]))
let result = try JSONDecoder().decode(EnumerationResult.self, from: data)

for component in result.components {
  let units = component.units.map { "\($0.count) on \($0.pattern)" }.joined(separator: ", ")
  print("loss \(component.loss.rounded(toDigits: 10)), dimension \(component.dimension): \(units)")
}
print(result.complete ? "There are no others." : "Undecided: \(result.undecided.map(\.reason))")
