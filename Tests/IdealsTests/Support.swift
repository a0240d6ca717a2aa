import Algebra
import FlintEngine
import Foundation
import GroebnerBases
import Ideals
import Interchange
import TestSupport
import Testing

typealias E = FlintEngine
typealias TestIdeal = Ideal<FlintEngine>

/// Whether the tests that take minutes, or need other programs, are to run.
let runsLongTests = ProcessInfo.processInfo.environment["ALLMINIMA_LONG_TESTS"] == "1"

/// The ideal of polynomials like `x^2-y, x*y`.
func ideal(_ polynomials: String, in variables: String = "x,y,z", characteristic: Int = 0) throws -> TestIdeal
{
  try TestIdeal(SystemParser<E>.parse("\(variables)\n\(characteristic)\n\(polynomials)\n"))
}

func polynomial(_ text: String, in variables: String = "x,y,z") throws -> SparsePolynomial<WideInteger> {
  try SystemParser<E>.parse("\(variables)\n0\n\(text)\n").polynomials[0]
}

func storedSystem(_ name: String) throws -> PolynomialSystem {
  try SystemParser<E>.parse(testResource("\(name).ms"), file: name)
}

/// `dimension:degree` with the number of times each occurs, ascending.
func summary(_ parts: [(dimension: Int, degree: Int)]) -> String {
  let sorted = parts.sorted { ($0.dimension, $0.degree) < ($1.dimension, $1.degree) }
  var counts: [(key: String, count: Int)] = []
  for part in sorted {
    let key = "\(part.dimension):\(part.degree)"
    if counts.last?.key == key { counts[counts.count - 1].count += 1 } else { counts.append((key, 1)) }
  }
  return counts.map { "\($0.key)x\($0.count)" }.joined(separator: " ")
}

/// Small random polynomials.
struct RandomPolynomials {
  var generator: SeededGenerator
  let variableCount: Int

  mutating func next(degree: Int, terms: Int) -> SparsePolynomial<WideInteger> {
    var result = SparsePolynomial<WideInteger>(variableCount: variableCount)
    for _ in 0..<terms {
      var exponents = [UInt32](repeating: 0, count: variableCount)
      for _ in 0..<Int.random(in: 0...degree, using: &generator) {
        exponents[Int.random(in: 0..<variableCount, using: &generator)] += 1
      }
      var coefficient = 0
      while coefficient == 0 { coefficient = Int.random(in: -4...4, using: &generator) }
      result.append(exponents: exponents, coefficient: WideInteger(coefficient))
    }
    return result
  }
}
