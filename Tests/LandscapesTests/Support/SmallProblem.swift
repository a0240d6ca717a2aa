import Algebra
import FlintEngine
import LandscapeModel
import Landscapes
import Strata

/// A training problem in text form: what a test draws at random, transforms and prints.
struct SmallProblem: Sendable, Hashable, CustomStringConvertible {
  typealias Rational = FlintEngine.Rational

  var x: [[Rational]]
  var y: [Rational]
  var units: Int
  var slope: Rational = 0
  var ridge: Rational
  var bias = true
  var skip = false
  var outputBias = false
  var penalty = Penalty.all
  var weights: [Rational]?

  init(
    x: [[Rational]], y: [Rational], units: Int, slope: Rational = 0, ridge: Rational, bias: Bool = true
  ) {
    self.x = x
    self.y = y
    self.units = units
    self.slope = slope
    self.ridge = ridge
    self.bias = bias
  }

  /// Numbers as text, such as `-1/2`.
  init(
    x: [[String]], y: [String], units: Int, slope: String = "0", ridge: String, bias: Bool = true
  ) throws {
    self.init(
      x: try x.map { try $0.map { try Rational(exactly: $0) } }, y: try y.map { try Rational(exactly: $0) },
      units: units, slope: try Rational(exactly: slope), ridge: try Rational(exactly: ridge), bias: bias)
  }

  func problem() throws -> Problem<FlintEngine> {
    try Problem(
      inputs: x, targets: y, units: units, activation: Activation(slope: slope), ridge: ridge, bias: bias,
      skip: skip, outputBias: outputBias, penalty: penalty, observationWeights: weights)
  }

  func enumeration(usesFilter: Bool = true, control: Control = Control()) throws -> Enumeration<FlintEngine> {
    try Enumeration(problem(), options: .init(usesFilter: usesFilter), control: control)
  }

  func enumerated(usesFilter: Bool = true, control: Control = Control()) throws -> EnumerationResult {
    try enumeration(usesFilter: usesFilter, control: control).run()
  }

  /// Swift source that makes the same problem.
  var description: String {
    func list(_ numbers: [Rational]) -> String {
      "[" + numbers.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
    return "SmallProblem(x: [\(x.map(list).joined(separator: ", "))], y: \(list(y)), units: \(units), "
      + "slope: \"\(slope)\", ridge: \"\(ridge)\", bias: \(bias))\(terms)"
  }

  /// What such source cannot say.
  private var terms: String {
    (skip ? ", skip" : "") + (outputBias ? ", output bias" : "")
      + (penalty == .all ? "" : ", penalty \(penalty.rawValue)")
      + (weights.map { ", weights \($0)" } ?? "")
  }
}
