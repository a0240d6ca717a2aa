import Algebra
import LandscapeModel

/// A training problem: the ridge-regularised squared error
/// `ℓ(θ) = Σ_i ω_i (y_i − ⟨c, v_i⟩ − Σ_l a_l σ(⟨w_l, z_i⟩))² + Σ_j μ_j c_j² + λ Σ_l (a_l² + |w_l|²)` of a network with
/// one hidden layer.
public struct Problem<Engine: AlgebraEngine>: Sendable {
  public typealias Rational = Engine.Rational

  /// The greatest number of units: the order of the symmetry group, up to `L! 2^L`, must fit a machine word.
  public static var maximumUnits: Int { 16 }

  /// The inputs `x_i`, one row each, all of the same length `d ≥ 0`.
  public let inputs: [[Rational]]
  /// The targets `y_i`.
  public let targets: [Rational]
  /// The number `L` of hidden units, from 1 to `maximumUnits`.
  public let units: Int
  public let activation: Activation<Rational>
  /// The ridge parameter `λ > 0`.
  public let ridge: Rational
  /// Whether the hidden units have a (regularised) bias.
  public let bias: Bool
  /// Whether the inputs are among the `v_i`: a linear connection past the hidden units.
  public let skip: Bool
  /// Whether 1 is the last entry of the `v_i`.
  public let outputBias: Bool
  /// Whether the output bias has `μ = λ`, too (`all`), or 0 (`weights`).
  public let penalty: Penalty
  /// `ω_i > 0`; `nil` if all are 1.
  public let observationWeights: [Rational]?
  /// The vectors `z_i = (x_i, 1)`, or `x_i` without bias.
  public let vectors: [[Rational]]
  package let metric: ErrorMetric<Engine>

  /// - Parameters:
  ///   - skip: whether the output has a linear part in the inputs.
  ///   - penalty: `all`, or for hidden units without bias `weights`.
  ///   - observationWeights: one for each row, positive.
  /// - Throws: `ProblemError`.
  public init(
    inputs: [[Rational]], targets: [Rational], units: Int, activation: Activation<Rational> = .relu,
    ridge: Rational, bias: Bool = true, skip: Bool = false, outputBias: Bool = false, penalty: Penalty = .all,
    observationWeights: [Rational]? = nil
  ) throws {
    guard !inputs.isEmpty else { throw ProblemError.noData }
    guard inputs.count == targets.count else {
      throw ProblemError.lengthMismatch(inputs: inputs.count, targets: targets.count)
    }
    for (row, input) in inputs.enumerated() where input.count != inputs[0].count {
      throw ProblemError.raggedRow(row: row, expected: inputs[0].count, found: input.count)
    }
    guard units >= 1 else { throw ProblemError.tooFewUnits(units) }
    guard units <= Self.maximumUnits else {
      throw ProblemError.tooManyUnits(units, most: Self.maximumUnits)
    }
    guard ridge > 0 else { throw ProblemError.ridgeNotPositive(ridge.description) }
    guard inputs[0].count + (bias ? 1 : 0) >= 1 else { throw ProblemError.noParameters }
    guard penalty == .all || penalty == .weights && !bias else { throw ProblemError.unpenalisedUnits }
    if let observationWeights {
      guard observationWeights.count == inputs.count else {
        throw ProblemError.weightMismatch(inputs: inputs.count, weights: observationWeights.count)
      }
      for (row, weight) in observationWeights.enumerated() where weight <= 0 {
        throw ProblemError.weightNotPositive(row: row, weight: weight.description)
      }
    }
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
    vectors = bias ? inputs.map { $0 + [1] } : inputs
    let terms = LinearTerms(skip: skip, bias: outputBias, penalty: penalty, ridge: ridge)
    metric = try ErrorMetric(
      weights: observationWeights, features: terms.features(inputs),
      penalties: terms.penalties(inputs[0].count))
  }

  /// The number `n` of data rows.
  public var rowCount: Int { inputs.count }

  /// The number `d` of inputs.
  public var inputCount: Int { inputs[0].count }

  /// The dimension `D` of a hidden weight: `d + 1` with bias, `d` without.
  public var weightDimension: Int { inputCount + (bias ? 1 : 0) }
}

/// What makes a `Problem` meaningless.
public enum ProblemError: Error, Hashable, Sendable {
  case noData
  case lengthMismatch(inputs: Int, targets: Int)
  case raggedRow(row: Int, expected: Int, found: Int)
  case tooFewUnits(Int)
  case tooManyUnits(Int, most: Int)
  case ridgeNotPositive(String)
  case ridgeNegative(String)
  case powerOutOfRange(Int, most: Int)
  /// Neither inputs nor bias.
  case noParameters
  /// A ridge that leaves out parameters of the hidden units.
  case unpenalisedUnits
  case weightMismatch(inputs: Int, weights: Int)
  case weightNotPositive(row: Int, weight: String)
}

extension ProblemError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noData: "there are no data rows"
    case .lengthMismatch(let inputs, let targets): "\(inputs) inputs but \(targets) targets"
    case .raggedRow(let row, let expected, let found):
      "row \(row + 1) has \(found) inputs, the first row has \(expected)"
    case .tooFewUnits(let units): "the number of units must be at least 1, not \(units)"
    case .tooManyUnits(let units, let most): "the number of units must be at most \(most), not \(units)"
    case .ridgeNotPositive(let ridge): "the ridge must be positive, not \(ridge)"
    case .ridgeNegative(let ridge): "the ridge must not be negative, but is \(ridge)"
    case .powerOutOfRange(let power, let most): "the power must be from 1 to \(most), not \(power)"
    case .noParameters: "without inputs a unit needs a bias"
    case .unpenalisedUnits: "the ridge must penalise all parameters of the hidden units"
    case .weightMismatch(let inputs, let weights): "\(inputs) inputs but \(weights) weights of observations"
    case .weightNotPositive(let row, let weight):
      "the weight of an observation must be positive, but is \(weight) in row \(row + 1)"
    }
  }
}
