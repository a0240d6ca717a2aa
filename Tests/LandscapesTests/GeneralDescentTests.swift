import Algebra
import FlintEngine
import Foundation
import LandscapeModel
import Landscapes
import Strata
import Testing

/// Problems beyond the convex method against descent from many random points.
@Suite("Descent on problems of the general kind")
struct GeneralDescentTests {
  typealias Rational = FlintEngine.Rational

  struct Case: Sendable, CustomStringConvertible {
    let name: String
    let x: [[Int]]
    let y: [Int]
    var units = 1
    let activation: UnitActivation<Rational>
    let ridge: String
    var bias = false
    var skip = false
    var outputBias = false
    var weights: [Int]?
    var penalty = Penalty.all
    var description: String { name }

    func problem() throws -> TrainingProblem<FlintEngine> {
      try TrainingProblem(
        inputs: x.map { $0.map { Rational($0) } }, targets: y.map { Rational($0) }, units: units,
        activation: activation, ridge: Rational(exactly: ridge), bias: bias, skip: skip,
        outputBias: outputBias, penalty: penalty, observationWeights: weights?.map { Rational($0) })
    }
  }

  static let cases = [
    Case(
      name: "square", x: [[1, 0], [0, 1], [1, 1], [2, -1]], y: [3, -2, 1, 2], activation: .power(2),
      ridge: "1/10"),
    Case(
      name: "square, ridge 0", x: [[1, 0], [0, 1], [1, 1], [2, -1]], y: [3, -2, 1, 2], activation: .power(2),
      ridge: "0"),
    Case(
      name: "cube with bias", x: [[-1], [0], [1], [2]], y: [1, 0, 2, -1], activation: .power(3), ridge: "1/5",
      bias: true),
    Case(
      name: "two squares", x: [[1], [2], [-1]], y: [2, -1, 1], units: 2, activation: .power(2), ridge: "1/10",
      bias: true),
    Case(
      name: "square, hidden weights penalised", x: [[1, 0], [0, 1], [1, 1]], y: [3, -2, 1],
      activation: .power(2), ridge: "1/4", penalty: .hidden),
    Case(
      name: "square with output bias", x: [[-1], [0], [1], [2]], y: [1, 0, 2, -1], activation: .power(2),
      ridge: "1/5", bias: true, outputBias: true, penalty: .weights),
    Case(
      name: "weighted square with skip and output bias", x: [[-1], [0], [1], [2]], y: [1, 0, 2, -1],
      activation: .power(2), ridge: "1/5", bias: true, skip: true, outputBias: true, weights: [2, 1, 3, 1]),
    Case(
      name: "relu with output bias", x: [[-2], [-1], [0], [1]], y: [1, 0, 2, -1],
      activation: .twoPiece(.relu), ridge: "1/10", bias: true, outputBias: true),
    Case(
      name: "two relus with output bias", x: [[-2], [0], [1]], y: [1, 3, -1], units: 2,
      activation: .twoPiece(.relu), ridge: "1/10", bias: true, outputBias: true),
    Case(
      name: "relu with free biases", x: [[-2], [-1], [0], [1]], y: [1, 0, 2, -1],
      activation: .twoPiece(.relu), ridge: "1/10", bias: true, penalty: .weights),
    Case(
      name: "abs, hidden weights penalised", x: [[-2], [0], [1]], y: [1, 3, -1],
      activation: .twoPiece(.absoluteValue), ridge: "1/3", penalty: .hidden),
  ]

  @Test(arguments: cases)
  func agreesWithDescent(_ example: Case) throws {
    let problem = try example.problem()
    let result = try AlgebraicEnumeration(problem).run()
    try expectLowestPoints(of: result, problem)
    let losses = result.components.map { middle($0.loss) }
    let found = descend(problem, starts: 150)
    for loss in found {
      #expect(
        losses.contains { abs($0 - loss) < 1e-6 * (1 + loss) } || !result.undecided.isEmpty,
        "\(loss) is not among \(losses)")
    }
    // And the other way round, for the global minimum, if there is one.
    if result.complete, let least = losses.min() {
      #expect(found.contains { abs($0 - least) < 1e-6 * (1 + least) }, "\(least) is not among \(found)")
    }
  }

  /// Listed points have the losses that are listed, and no nearby point is lower.
  private func expectLowestPoints(
    of result: EnumerationResult, _ problem: TrainingProblem<FlintEngine>
  ) throws {
    let loss = GeneralLoss(problem)
    for component in result.components {
      var theta: [Double] = []
      for (a, w) in zip(component.point.a, component.point.w) { theta += [middle(a)] + w.map(middle) }
      theta += (component.point.c ?? []).map(middle)
      #expect(abs(loss.value(theta) - middle(component.loss)) < 1e-9)
      var generator = SeededGenerator(seed: 5)
      for _ in 0..<300 {
        let size = pow(10, Double.random(in: -4 ... -2, using: &generator))
        let other = theta.map { $0 + size * Double.random(in: -1...1, using: &generator) }
        #expect(loss.value(other) > middle(component.loss) - 1e-12)
      }
    }
  }

  /// The losses at which descent from random points ends, without those at which it is not clear that it has
  /// ended.
  private func descend(_ problem: TrainingProblem<FlintEngine>, starts: Int) -> [Double] {
    let loss = GeneralLoss(problem)
    let count = problem.units * (problem.weightDimension + 1) + problem.featurePenalties.count
    var generator = SeededGenerator(seed: 11)
    var ends: [Double] = []
    for _ in 0..<starts {
      var theta = (0..<count).map { _ in Double.random(in: -2...2, using: &generator) }
      let search = QuasiNewton(count: count)
      var value = 0.0
      for _ in 0..<4 {
        theta.withUnsafeMutableBufferPointer { buffer in
          guard let base = buffer.baseAddress else { return }
          value = search.minimise(base, iterations: 3000, tolerance: 1e-11) { point, gradient in
            loss.evaluate(UnsafeBufferPointer(start: point, count: count), gradient)
          }
        }
      }
      // A minimum: no random step from it goes down.
      let isMinimum = (0..<400).allSatisfy { _ in
        let size = pow(10, Double.random(in: -5 ... -3, using: &generator))
        let other = theta.map { $0 + size * Double.random(in: -1...1, using: &generator) }
        return loss.value(other) > value - 1e-13
      }
      let isBounded = theta.allSatisfy { abs($0) < 100 }
      if isMinimum, isBounded, !ends.contains(where: { abs($0 - value) < 1e-7 * (1 + value) }) {
        ends.append(value)
      }
    }
    return ends
  }
}

/// The loss in doubles, straight from its definition.
struct GeneralLoss {
  let problem: TrainingProblem<FlintEngine>
  private let z: [[Double]]
  private let y: [Double]
  private let ridge: Double
  private let observationWeights: [Double]
  /// What the linear coefficients multiply, row by row.
  private let features: [[Double]]

  init(_ problem: TrainingProblem<FlintEngine>) {
    self.problem = problem
    z = problem.vectors.map { $0.map(\.doubleValue) }
    y = problem.targets.map(\.doubleValue)
    ridge = problem.ridge.doubleValue
    observationWeights = problem.observationWeights?.map(\.doubleValue) ?? y.map { _ in 1 }
    features = problem.inputs.map {
      (problem.skip ? $0.map(\.doubleValue) : []) + (problem.outputBias ? [1] : [])
    }
  }

  func value(_ theta: [Double]) -> Double {
    var gradient = [Double](repeating: 0, count: theta.count)
    return theta.withUnsafeBufferPointer { theta in
      gradient.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return 0 }
        return evaluate(theta, base)
      }
    }
  }

  func evaluate(_ theta: UnsafeBufferPointer<Double>, _ gradient: UnsafeMutablePointer<Double>) -> Double {
    let size = problem.weightDimension
    let last = problem.units * (size + 1)
    var loss = 0.0
    for i in theta.indices { gradient[i] = 0 }
    func activation(_ t: Double) -> (Double, Double) {
      switch problem.activation {
      case .power(let m): return (pow(t, Double(m)), Double(m) * pow(t, Double(m - 1)))
      case .twoPiece(let piece):
        let slope = t >= 0 ? 1 : piece.slope.doubleValue
        return (slope * t, slope)
      }
    }
    for i in y.indices {
      let features = features[i]
      var output = 0.0
      for k in features.indices { output += features[k] * theta[last + k] }
      var units: [(value: Double, slope: Double)] = []
      for l in 0..<problem.units {
        let start = l * (size + 1)
        let t = (0..<size).reduce(0.0) { $0 + theta[start + 1 + $1] * z[i][$1] }
        units.append(activation(t))
        output += theta[start] * units[l].value
      }
      let r = observationWeights[i] * (y[i] - output)
      loss += r * (y[i] - output)
      for l in 0..<problem.units {
        let start = l * (size + 1)
        gradient[start] -= 2 * r * units[l].value
        for k in 0..<size { gradient[start + 1 + k] -= 2 * r * theta[start] * units[l].slope * z[i][k] }
      }
      for k in features.indices { gradient[last + k] -= 2 * r * features[k] }
    }
    func penalise(_ index: Int) {
      loss += ridge * theta[index] * theta[index]
      gradient[index] += 2 * ridge * theta[index]
    }
    for l in 0..<problem.units {
      let start = l * (size + 1)
      if problem.penalty != .hidden { penalise(start) }
      for k in 0..<size where !(problem.bias && k == size - 1) || problem.penalty == .all {
        penalise(start + 1 + k)
      }
    }
    if problem.skip, problem.penalty != .hidden { for k in 0..<problem.inputCount { penalise(last + k) } }
    if problem.outputBias, problem.penalty == .all { penalise(theta.count - 1) }
    return loss
  }
}
