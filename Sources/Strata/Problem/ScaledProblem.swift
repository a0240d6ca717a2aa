import Algebra

/// What a division computes with: the numbers of a problem, each kind of them in units of its own.
package struct ScaledProblem<Engine: AlgebraEngine>: Sendable {
  package typealias Rational = Engine.Rational

  /// The `z_i`.
  package let vectors: [[Rational]]
  /// The `y_i`.
  package let targets: [Rational]
  package let units: Int
  package let activation: Activation<Rational>
  /// `λ`.
  package private(set) var ridge: Rational
  /// The dimension `D` of a hidden weight.
  package let weightDimension: Int
  /// Whether the last entry of all `z_i` is one constant, that of the bias.
  package let bias: Bool
  /// `W`, which has no units.
  package let metric: ErrorMetric<Engine>

  /// The same data with another ridge.
  package func with(ridge: Rational) -> Self {
    var copy = self
    copy.ridge = ridge
    return copy
  }

  /// The number `n` of data rows.
  package var rowCount: Int { targets.count }

  /// The numbers of a problem as they are.
  package init(_ problem: Problem<Engine>) {
    vectors = problem.vectors
    targets = problem.targets
    units = problem.units
    activation = problem.activation
    ridge = problem.ridge
    weightDimension = problem.weightDimension
    bias = problem.bias
    metric = problem.metric
  }

  /// Those of a problem with all `z_i`, the targets and the ridge multiplied by two to the given powers.
  init(_ problem: Problem<Engine>, vectors: Int, targets: Int, ridge: Int) throws {
    func scaled(_ number: Rational, _ exponent: Int) throws -> Rational {
      exponent == 0 ? number : number * (try Rational(2).power(exponent))
    }
    self.vectors = try problem.vectors.map { try $0.map { try scaled($0, vectors) } }
    self.targets = try problem.targets.map { try scaled($0, targets) }
    self.ridge = try scaled(problem.ridge, ridge)
    units = problem.units
    activation = problem.activation
    weightDimension = problem.weightDimension
    bias = problem.bias
    metric = problem.metric
  }
}
