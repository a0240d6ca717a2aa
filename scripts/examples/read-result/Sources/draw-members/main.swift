// Ten networks of every family in a result that `allminima enumerate --format json` has written:
// `draw-members RESULT.json`. They all compute the same function, and have the same loss.
//
// The sums s of a² on the faces of a family form a polytope, whose vertices are in the result. A point of it is a
// mixture of them; several units on one face share its s as they like. A unit with its part s has the output weight
// a = outputSign·√s and the hidden weights w = √s·direction.

import Foundation
import LandscapeModel

guard CommandLine.arguments.count == 2 else { fatalError("usage: draw-members RESULT.json") }
let data = try Data(contentsOf: URL(fileURLWithPath: CommandLine.arguments[1]))
let result = try JSONDecoder().decode(EnumerationResult.self, from: data)

/// A generator of numbers with a fixed seed, for the same networks on every machine.
struct LinearCongruence: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

/// Positive numbers with the sum 1.
func mixture(of count: Int, using generator: inout LinearCongruence) -> [Double] {
  let numbers = (0..<count).map { _ in -log(Double.random(in: .leastNonzeroMagnitude...1, using: &generator))
  }
  let sum = numbers.reduce(0, +)
  return numbers.map { $0 / sum }
}

var generator = LinearCongruence(state: 1)
for family in result.components where family.kind == .family {
  let faces = family.units.filter { $0.outputSign != 0 }
  guard faces.allSatisfy({ $0.total != nil && $0.direction != nil }) else {
    print("component \(family.id): a family without shares")
    continue
  }
  // Without vertices the totals are the same all over the family.
  let vertices =
    family.vertices?.map { $0.map(\.doubleValue) } ?? [faces.map { $0.total?.doubleValue ?? 0 }]
  print("component \(family.id), loss \(family.loss.rounded(toDigits: 10)):")
  for _ in 0..<10 {
    let weights = mixture(of: vertices.count, using: &generator)
    var units: [String] = []
    for (number, face) in faces.enumerated() {
      let total = zip(weights, vertices).reduce(0) { $0 + $1.0 * $1.1[number] }
      for part in mixture(of: face.count, using: &generator) {
        let root = (total * part).squareRoot()
        let numbers = [Double(face.outputSign)] + (face.direction ?? []).map(\.doubleValue)
        units.append(numbers.map { String(format: "%.6f", root * $0) }.joined(separator: " "))
      }
    }
    print("  " + units.joined(separator: " | "))
  }
}
