import Algebra
import FlintEngine
import Foundation
import InfiniteWidth
import LandscapeModel
import Strata

/// A problem as text, for any engine.
struct MeasureProblem: Sendable, CustomStringConvertible {
  var x: [[String]]
  var y: [String]
  var ridge: String
  var slope = "0"
  var bias = true
  var skip = false
  var outputBias = false
  /// Of the observations.
  var weights: [String]?
  /// Only without bias.
  var penalty = Penalty.all

  var description: String {
    "x \(x), y \(y), ridge \(ridge), slope \(slope), bias \(bias), skip \(skip), output bias \(outputBias), "
      + "weights \(weights ?? []), penalty \(penalty)"
  }

  func problem<Engine: AlgebraEngine>(units: Int = 1, _ engine: Engine.Type) throws -> Problem<Engine> {
    try Problem(
      inputs: x.map { try $0.map { try Engine.Rational(exactly: $0) } },
      targets: y.map { try Engine.Rational(exactly: $0) }, units: units,
      activation: Activation(slope: Engine.Rational(exactly: slope)),
      ridge: Engine.Rational(exactly: ridge), bias: bias, skip: skip, outputBias: outputBias,
      penalty: penalty, observationWeights: weights?.map { try Engine.Rational(exactly: $0) })
  }

  func optimum<Engine: AlgebraEngine>(
    _ engine: Engine.Type, exact: Bool = false, control: Control = Control()
  ) throws -> InfiniteWidthResult {
    try InfiniteWidthTraining(
      problem(engine), options: .init(describesExactly: exact), control: control
    ).optimum()
  }
}

/// Random problems of several kinds.
struct RandomMeasureProblems {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func next() -> MeasureProblem {
    let inputs = [1, 1, 1, 2, 2, 3].randomElement(using: &generator) ?? 1
    let rows = Int.random(in: 2...(inputs == 1 ? 8 : inputs == 2 ? 6 : 5), using: &generator)
    var x: [[Int]] = []
    var y: [Int] = []
    let kind = Int.random(in: 0..<3, using: &generator)
    let scale = kind == 1 ? 100 : 1
    for _ in 0..<rows {
      x.append((0..<inputs).map { _ in Int.random(in: -2 * scale...2 * scale, using: &generator) })
      y.append(Int.random(in: -3 * scale...3 * scale, using: &generator))
    }
    if kind == 2 {
      // Symmetric data have ties.
      x += x.map { $0.map { -$0 } }
      let sign = Bool.random(using: &generator) ? 1 : -1
      y += y.map { sign * $0 }
    }
    return MeasureProblem(
      x: x.map { $0.map { "\($0)/\(scale)" } }, y: y.map { "\($0)/\(scale)" },
      ridge: ["1/20", "1/2", "2"].randomElement(using: &generator) ?? "1",
      slope: ["0", "0", "0", "-1", "1/10", "2"].randomElement(using: &generator) ?? "0",
      bias: Int.random(in: 0..<3, using: &generator) > 0)
  }

  /// With some of output bias, skip connection and weights of observations.
  mutating func nextWithLinearTerms() -> MeasureProblem {
    var problem = next()
    problem.outputBias = Bool.random(using: &generator)
    problem.skip = Bool.random(using: &generator)
    if Bool.random(using: &generator) {
      problem.weights = problem.y.map { _ in ["1/2", "1", "2", "3"].randomElement(using: &generator) ?? "1" }
    }
    if !problem.bias, Bool.random(using: &generator) { problem.penalty = .weights }
    return problem
  }
}

extension DecimalEnclosure {
  /// A double near the middle.
  var middle: Double { (lower.doubleValue + upper.doubleValue) / 2 }
}

/// A problem in doubles.
struct PlainProblem {
  let z: [[Double]]
  let y: [Double]
  let ridge: Double
  let slope: Double
  let weights: [Double]
  /// The `v_i`.
  let features: [[Double]]
  let penalties: [Double]

  init(_ problem: MeasureProblem) throws {
    let exact = try problem.problem(FlintEngine.self)
    z = exact.vectors.map { $0.map(\.doubleValue) }
    y = exact.targets.map(\.doubleValue)
    ridge = exact.ridge.doubleValue
    slope = exact.activation.slope.doubleValue
    weights = (exact.observationWeights ?? exact.targets.map { _ in 1 }).map(\.doubleValue)
    features = exact.inputs.map { (exact.skip ? $0.map(\.doubleValue) : []) + (exact.outputBias ? [1] : []) }
    let isBiasFree = exact.penalty == .weights
    penalties =
      (exact.skip ? exact.inputs[0].map { _ in exact.ridge.doubleValue } : [])
      + (exact.outputBias ? [isBiasFree ? 0 : exact.ridge.doubleValue] : [])
  }

  func outputs(of direction: [Double]) -> [Double] {
    z.map { row in
      let product = zip(row, direction).reduce(0) { $0 + $1.0 * $1.1 }
      return product > 0 ? product : slope * product
    }
  }

  /// `η(w)`.
  func certificate(_ residual: [Double], _ direction: [Double]) -> Double {
    zip(residual, outputs(of: direction)).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
