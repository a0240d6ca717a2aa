import Algebra
import FlintEngine
import Landscapes

/// The code of the article “Enumerate minima from Swift”.
func enumerateMinima(print: (Any...) -> Void) throws {
  let problem = try Problem<FlintEngine>(
    inputs: [[-2], [-1], [0], [1], [2]],
    targets: [1, FlintEngine.Rational(exactly: "-1/2"), FlintEngine.Rational(exactly: "1.5"), 0, 2],
    units: 2, activation: .relu, ridge: FlintEngine.Rational(exactly: "0.1"))

  let enumeration = try Enumeration(problem, control: Control(threads: 2))
  print("\(enumeration.strataCount) strata")
  let result = try enumeration.run()

  for component in result.components {
    let place = component.location == .boundary ? "with a kink at a data point" : "off all kinks"
    print(component.loss.lower, "dimension \(component.dimension)", place)
    for units in component.units { print("  \(units.count) × \(units.pattern)") }
  }
  print(result.complete ? "complete" : "undecided: \(result.undecided.map(\.reason))")

  let options = Enumeration<FlintEngine>.Options(describesExactly: true)
  let described = try Enumeration(problem, options: options).run()
  if let exact = described.components.first?.exact {
    print("least loss: a root of \(exact.loss.minimalPolynomial)")
    for piece in exact.pieces ?? [] { print("closure: the zeros of \(piece.ideal)") }
  }
}
