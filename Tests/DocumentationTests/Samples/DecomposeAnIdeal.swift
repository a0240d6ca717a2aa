import Algebra
import FlintEngine
import Ideals
import Interchange

/// The code of the article “Decompose an ideal”.
func decomposeAnIdeal(print: (Any...) -> Void) throws {
  let system = try SystemParser<FlintEngine>.parse("x,y\n0\nx^2, x*y")
  let ideal = try Ideal<FlintEngine>(system)

  for prime in try ideal.minimalPrimes() {
    let basis = prime.ideal.basis.text(variables: ideal.variables)
    print("dimension \(prime.dimension), degree \(prime.degree): \(basis)")
  }

  for component in try ideal.primaryDecomposition() {
    let basis = component.ideal.basis.text(variables: ideal.variables)
    print(component.isEmbedded ? "embedded" : "isolated", basis)
  }

  let options = DecompositionOptions(kind: .primary, checks: true)
  let decomposition = try Decomposition(of: system, options: options, engine: FlintEngine.self)
  for item in decomposition.check?.items ?? [] {
    print("\(item.statement): \(item.status.rawValue), by \(item.method)")
  }
}
