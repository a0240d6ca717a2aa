import Algebra
import LandscapeModel
import Strata

/// Looks for a step from given weights that makes the loss smaller. What it finds is checked in exact numbers.
struct DescentSearch<Engine: AlgebraEngine> {
  typealias Weights = NetworkWeights<Engine.Rational>

  struct Step {
    var a: [Double]
    var w: [[Double]]

    init(a: [Double], w: [[Double]]) {
      self.a = a
      self.w = w
    }

    func scaled(by factor: Double) -> Step {
      Step(a: a.map { factor * $0 }, w: w.map { $0.map { factor * $0 } })
    }
  }

  let problem: Problem<Engine>
  let weights: Weights
  private let vectors: [[Double]]
  private let targets: [Double]
  private let slope: Double
  private let ridge: Double

  init(_ problem: Problem<Engine>, _ weights: Weights) {
    self.problem = problem
    self.weights = weights
    vectors = problem.vectors.map { $0.map(\.doubleValue) }
    targets = problem.targets.map(\.doubleValue)
    slope = problem.activation.slope.doubleValue
    ridge = problem.ridge.doubleValue
  }

  /// The best of all multiples `2^−k` of the directions: the step, and the loss after it.
  ///
  /// - Parameter directions: besides that of steepest descent.
  func best(among directions: [Step]) throws -> (step: Step, loss: Engine.Rational)? {
    let start = weights.approximation
    let here = loss(start.a, start.w)
    var best: (step: Step, loss: Double)?
    for direction in [steepest()] + directions {
      for exponent in -4...40 {
        let step = direction.scaled(by: Double(sign: .plus, exponent: -exponent, significand: 1))
        let moved = moved(start, step)
        let loss = loss(moved.a, moved.w)
        if loss < best?.loss ?? here { best = (step, loss) }
      }
    }
    guard let step = best?.step else { return nil }
    let moved = try Weights(
      a: zip(weights.a, step.a).map { try $0 + Self.exact($1) },
      w: zip(weights.w, step.w).map { try zip($0, $1).map { try $0 + Self.exact($1) } })
    let loss = moved.loss(of: problem)
    return loss < weights.loss(of: problem) ? (step, loss) : nil
  }

  /// A double as the number that its shortest decimal is.
  private static func exact(_ value: Double) throws -> Engine.Rational {
    try Engine.Rational(exactly: "\(value)")
  }

  private func moved(_ start: (a: [Double], w: [[Double]]), _ step: Step) -> (a: [Double], w: [[Double]]) {
    (
      zip(start.a, step.a).map { $0 + $1 },
      zip(start.w, step.w).map { zip($0, $1).map { $0 + $1 } }
    )
  }

  private func activation(_ t: Double) -> Double { t >= 0 ? t : slope * t }

  private func residuals(_ a: [Double], _ w: [[Double]]) -> [Double] {
    zip(vectors, targets).map { vector, target in
      target - zip(a, w).reduce(0) { $0 + $1.0 * activation(Self.product($1.1, vector)) }
    }
  }

  private func loss(_ a: [Double], _ w: [[Double]]) -> Double {
    let fit = residuals(a, w).reduce(0) { $0 + $1 * $1 }
    return fit + ridge * (a.reduce(0) { $0 + $1 * $1 } + w.joined().reduce(0) { $0 + $1 * $1 })
  }

  /// Half the negative gradient, with the slope of the right side at kinks.
  private func steepest() -> Step {
    let (a, w) = weights.approximation
    let residuals = residuals(a, w)
    var step = Step(a: a.map { -ridge * $0 }, w: w.map { $0.map { -ridge * $0 } })
    for (vector, residual) in zip(vectors, residuals) {
      for unit in a.indices {
        let argument = Self.product(w[unit], vector)
        step.a[unit] += residual * activation(argument)
        let factor = residual * a[unit] * (argument >= 0 ? 1 : slope)
        for column in vector.indices { step.w[unit][column] += factor * vector[column] }
      }
    }
    return step
  }

  private static func product(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
