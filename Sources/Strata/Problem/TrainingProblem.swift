import Algebra
import LandscapeModel

/// What a hidden unit computes: a two-piece linear function, or a power.
public enum UnitActivation<Rational: ExactRational>: Hashable, Sendable {
  case twoPiece(Activation<Rational>)
  /// `σ(t) = t^m` with `m ≥ 1`: a polynomial network, without regions.
  case power(Int)
}

extension UnitActivation: CustomStringConvertible {
  /// The name on the command line: `relu`, `abs`, `linear`, `leaky:α` or `power:m`.
  public var description: String {
    switch self {
    case .twoPiece(let activation): activation.description
    case .power(let exponent): "power:\(exponent)"
    }
  }
}

/// A training problem in the generality of the algebraic method: the squared error
/// `ℓ(θ) = Σ_i ω_i (y_i − ⟨c, v_i⟩ − Σ_l a_l σ(⟨w_l, z_i⟩))² + λ · (the sum of the squares of the penalised parameters)`.
public struct TrainingProblem<Engine: AlgebraEngine>: Sendable {
  public typealias Rational = Engine.Rational

  /// The greatest exponent of a power activation.
  public static var maximumPower: Int { 16 }

  /// The inputs `x_i`, one row each.
  public let inputs: [[Rational]]
  /// The targets `y_i`.
  public let targets: [Rational]
  /// The number `L` of hidden units.
  public let units: Int
  public let activation: UnitActivation<Rational>
  /// The ridge parameter `λ ≥ 0`.
  public let ridge: Rational
  /// Whether hidden units have a bias, the last entry of `w`.
  public let bias: Bool
  /// Whether the inputs are among the `v_i`: a linear connection past the hidden units.
  public let skip: Bool
  /// Whether 1 is the last entry of the `v_i`: an output bias.
  public let outputBias: Bool
  public let penalty: Penalty
  /// `ω_i > 0`; `nil` if all are 1.
  public let observationWeights: [Rational]?
  /// The vectors `z_i = (x_i, 1)`, or `x_i` without bias.
  public let vectors: [[Rational]]

  /// - Throws: `ProblemError`.
  public init(
    inputs: [[Rational]], targets: [Rational], units: Int, activation: UnitActivation<Rational>,
    ridge: Rational, bias: Bool = true, skip: Bool = false, outputBias: Bool = false, penalty: Penalty = .all,
    observationWeights: [Rational]? = nil
  ) throws {
    guard ridge >= 0 else { throw ProblemError.ridgeNegative(ridge.description) }
    if case .power(let exponent) = activation, !(1...Self.maximumPower).contains(exponent) {
      throw ProblemError.powerOutOfRange(exponent, most: Self.maximumPower)
    }
    // Everything else is checked there.
    let checked = try Problem<Engine>(
      inputs: inputs, targets: targets, units: units, ridge: 1, bias: bias,
      observationWeights: observationWeights)
    self.inputs = inputs
    self.targets = targets
    self.units = units
    self.activation = activation
    self.ridge = ridge
    self.bias = bias
    self.skip = skip
    self.outputBias = outputBias
    self.penalty = penalty
    self.observationWeights = observationWeights
    vectors = checked.vectors
  }

  /// The same problem in greater generality.
  public init(_ problem: Problem<Engine>) {
    inputs = problem.inputs
    targets = problem.targets
    units = problem.units
    activation = .twoPiece(problem.activation)
    ridge = problem.ridge
    bias = problem.bias
    skip = problem.skip
    outputBias = problem.outputBias
    penalty = problem.penalty
    observationWeights = problem.observationWeights
    vectors = problem.vectors
  }

  public var rowCount: Int { inputs.count }
  public var inputCount: Int { inputs[0].count }
  public var weightDimension: Int { inputCount + (bias ? 1 : 0) }

  /// The problem for the convex method; `nil` if that does not apply: it needs a two-piece linear activation, and a
  /// positive ridge on all parameters of the hidden units, so that `a_l² = |w_l|²` at critical points.
  public var convexProblem: Problem<Engine>? {
    get throws {
      guard case .twoPiece(let activation) = activation, hasGlobalMinimum else { return nil }
      return try Problem(
        inputs: inputs, targets: targets, units: units, activation: activation, ridge: ridge, bias: bias,
        skip: skip, outputBias: outputBias, penalty: penalty, observationWeights: observationWeights)
    }
  }

  /// Whether the loss is sure to attain its infimum: it grows with every hidden and output weight.
  package var hasGlobalMinimum: Bool {
    ridge > 0 && (penalty == .all || (penalty == .weights && !bias))
  }

  /// `λ` for each coordinate of a hidden weight, zero where it is not penalised.
  package var weightPenalties: [Rational] {
    (0..<weightDimension).map { $0 < inputCount || penalty.includesBiases ? ridge : 0 }
  }

  package var outputWeightPenalty: Rational { penalty.includesOutputWeights ? ridge : 0 }

  /// The `v_i`.
  package var features: [[Rational]] { linearTerms.features(inputs) }
  /// The penalty of each entry of `c`.
  package var featurePenalties: [Rational] { linearTerms.penalties(inputCount) }

  /// `ω_i (y_i − ⟨c, v_i⟩)` for the best `c` without a penalty: the residual without hidden units at ridge zero.
  package func linearResidual() throws -> [Rational] {
    let features = self.features
    let columns = featurePenalties.count
    let matrix = try Engine.RationalMatrix(
      rows: rowCount, columns: columns, entries: features.flatMap { $0 })
    let independent = matrix.reducedRowEchelonForm().pivots
    let metric = try ErrorMetric<Engine>(
      weights: observationWeights, features: features.map { row in independent.map { row[$0] } },
      penalties: independent.map { _ in 0 })
    return try metric.applied(to: targets)
  }

  private var linearTerms: LinearTerms<Rational> {
    LinearTerms(skip: skip, bias: outputBias, penalty: penalty, ridge: ridge)
  }
}

extension EnumerationResult.ProblemSummary {
  package init<Engine: AlgebraEngine>(_ problem: TrainingProblem<Engine>) {
    self.init(
      rows: problem.rowCount, inputs: problem.inputCount, units: problem.units,
      activation: problem.activation.description, ridge: problem.ridge.description, bias: problem.bias,
      outputBias: problem.outputBias ? true : nil, skip: problem.skip ? true : nil,
      observationWeights: problem.observationWeights == nil ? nil : true,
      penalty: problem.penalty == .all ? nil : problem.penalty,
      illPosed: problem.illPosedness)
  }
}
