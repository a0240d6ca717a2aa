// The pieces of the variety where the adjacent minors of a matrix vanish, with a check of the result.

import Algebra
import FlintEngine
import Ideals
import Interchange

let system = try SystemParser<FlintEngine>.parse(
  """
  a,b,c,d,e,f,g,h
  0
  a*f - b*e, b*g - c*f, c*h - d*g
  """)
let decomposition = try Decomposition(
  of: system, options: DecompositionOptions(kind: .minimal, checks: true), engine: FlintEngine.self)

for component in decomposition.components {
  print("dimension \(component.dimension), degree \(component.degree):")
  for generator in component.generators { print("  \(generator)") }
}
for item in decomposition.check?.items ?? [] { print("\(item.statement): \(item.status.rawValue)") }
