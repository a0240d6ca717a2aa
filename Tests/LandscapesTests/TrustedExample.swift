import Algebra
import FlintEngine
import Foundation
import LandscapeModel
import Strata
import TestSupport

/// One of the bundled problems with an independent numerical answer.
struct TrustedExample: Decodable, CustomStringConvertible {
  struct Entry: Decodable {
    let units: [String]
    let outputSign: [Int]
    let s: [String]
    let loss: String
    let dimension: Int
    let certificateRatio: String
    let infiniteWidthOptimal: Bool
  }

  let x: [[String]]
  let y: [String]
  let ridge: String
  let units: Int
  let slope: String
  let bias: Bool
  let tuples: Int
  let components: [Entry]
  private(set) var name = ""

  private enum CodingKeys: String, CodingKey {
    case x, y, ridge, units, slope, bias, tuples, components
  }

  var description: String { name }

  static let names = [
    "anscombe_I_L2", "anscombe_I_L3", "grid_d2_L1", "large_ridge", "leaky_n5_L2", "n5_L1", "poster_like_L2",
    "repeated_n6_L2", "wide_global_L2",
  ]

  static func load(_ name: String) throws -> TrustedExample {
    var example = try JSONDecoder().decode(
      TrustedExample.self, from: Data(testResource("\(name).json").utf8))
    example.name = name
    return example
  }

  func problem() throws -> Problem<FlintEngine> {
    try makeProblem(
      x: x, y: y, units: units, slope: slope, ridge: ridge, bias: bias)
  }
}

/// A problem from numbers in text form.
func makeProblem(
  x: [[String]], y: [String], units: Int, slope: String = "0", ridge: String, bias: Bool = true
) throws -> Problem<FlintEngine> {
  typealias Rational = FlintEngine.Rational
  return try Problem(
    inputs: x.map { try $0.map { try Rational(exactly: $0) } },
    targets: y.map { try Rational(exactly: $0) }, units: units,
    activation: Activation(slope: Rational(exactly: slope)), ridge: Rational(exactly: ridge), bias: bias)
}

/// The middle of an enclosure; not a number where there is none.
func middle(_ enclosure: DecimalEnclosure?) -> Double {
  ((enclosure?.lower.doubleValue ?? .nan) + (enclosure?.upper.doubleValue ?? .nan)) / 2
}
