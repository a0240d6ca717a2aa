import Algebra
import FlintEngine
import Foundation
import Interchange
import TestSupport
import Testing

/// Stored systems and reference values.
enum Systems {
  static func load(_ name: String, characteristic: UInt32 = 0) throws -> PolynomialSystem {
    var system = try SystemParser<FlintEngine>.parse(testResource("\(name).ms"), file: name)
    system.characteristic = characteristic
    return system
  }

  static func parse(_ variables: String, _ polynomials: String, characteristic: UInt32 = 0) throws
    -> PolynomialSystem
  {
    try SystemParser<FlintEngine>.parse("\(variables)\n\(characteristic)\n\(polynomials)")
  }

  /// A line of `reference.txt`, which `scripts/groebner/reference.py` writes with Singular.
  struct Reference: CustomTestStringConvertible, Sendable {
    let name: String
    let characteristic: UInt32
    let order: MonomialOrder
    let dimension: Int
    let degree: Int
    let values: [UInt64]

    var testDescription: String { "\(name) \(characteristic) \(order)" }
  }

  static let references: [Reference] = {
    guard let text = try? testResource("reference.txt") else { return [] }
    return text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard fields.count == 6, let characteristic = UInt32(fields[1]), let dimension = Int(fields[3]),
        let degree = Int(fields[4])
      else { return nil }
      let order: MonomialOrder =
        switch fields[2] {
        case "lex": .lexicographic
        case "deglex": .degreeLexicographic
        default: .degreeReverseLexicographic
        }
      return Reference(
        name: String(fields[0]), characteristic: characteristic, order: order, dimension: dimension,
        degree: degree, values: fields[5].split(separator: ",").compactMap { UInt64($0) })
    }
  }()

  /// The references that take long in debug builds, for which ALLMINIMA_LONG_TESTS asks.
  static func isLong(_ reference: Reference) -> Bool {
    reference.characteristic == 0 && reference.order == .lexicographic
      && ["katsura6", "eco8", "noon4"].contains(reference.name)
  }

  static var wantsLongTests: Bool { ProcessInfo.processInfo.environment["ALLMINIMA_LONG_TESTS"] != nil }

  /// The value at x_i = 3 + 7 i modulo the characteristic, or 1000000007 over Q.
  static func value(_ polynomial: SparsePolynomial<WideInteger>, characteristic: UInt32) -> UInt64 {
    let modulus = UInt64(characteristic == 0 ? 1_000_000_007 : characteristic)
    var sum: UInt64 = 0
    for term in 0..<polynomial.termCount {
      var product = UInt64(polynomial.coefficients[term].residue(modulo: UInt32(modulus)))
      for (i, exponent) in polynomial.exponents(ofTerm: term).enumerated() {
        for _ in 0..<exponent { product = product * UInt64((3 + 7 * i)) % modulus }
      }
      sum = (sum + product) % modulus
    }
    return sum
  }
}
