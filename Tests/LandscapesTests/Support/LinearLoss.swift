import Algebra
import FlintEngine
import LandscapeModel
import Strata

/// `Σ ω_i (u_i − ⟨c, v_i⟩)² + Σ μ_j c_j²` in doubles, minimised over `c` by the normal equations.
final class LinearLoss {
  private let rows: Int
  private let weights: [Double]
  /// `v_i`.
  private let features: [[Double]]
  private let penalties: [Double]
  /// `W`, row by row: `W u = Ω (u − V c)` at the best `c`.
  private let metric: NumberBuffer

  /// `nil` for a plain squared error.
  init?(_ problem: Problem<FlintEngine>) {
    guard problem.skip || problem.outputBias || problem.observationWeights != nil else { return nil }
    rows = problem.rowCount
    weights = problem.observationWeights?.map(\.doubleValue) ?? problem.targets.map { _ in 1 }
    features = problem.inputs.map {
      (problem.skip ? $0.map(\.doubleValue) : []) + (problem.outputBias ? [1] : [])
    }
    let ridge = problem.ridge.doubleValue
    penalties =
      (problem.skip ? Array(repeating: ridge, count: problem.inputCount) : [])
      + (problem.outputBias ? [problem.penalty == .all ? ridge : 0] : [])
    metric = NumberBuffer(count: rows * rows)
    for column in 0..<rows {
      let unit = (0..<rows).map { $0 == column ? 1.0 : 0 }
      let c = coefficients(unit)
      for row in 0..<rows { metric.pointer[row * rows + column] = weights[row] * (unit[row] - fit(c, row)) }
    }
  }

  private func fit(_ c: [Double], _ row: Int) -> Double {
    zip(c, features[row]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The best coefficients, by Gaussian elimination.
  private func coefficients(_ values: [Double]) -> [Double] {
    let count = penalties.count
    var system = (0..<count).map { _ in [Double](repeating: 0, count: count + 1) }
    for i in 0..<count {
      system[i][i] = penalties[i]
      for row in 0..<rows {
        let factor = weights[row] * features[row][i]
        for j in 0..<count { system[i][j] += factor * features[row][j] }
        system[i][count] += factor * values[row]
      }
    }
    for pivot in 0..<count {
      for row in 0..<count where row != pivot {
        let factor = system[row][pivot] / system[pivot][pivot]
        for column in 0...count { system[row][column] -= factor * system[pivot][column] }
      }
    }
    return (0..<count).map { system[$0][count] / system[$0][$0] }
  }

  func residual(of values: UnsafePointer<Double>, into target: UnsafeMutablePointer<Double>) {
    var row = 0
    while row < rows {
      target[row] = innerProduct(metric.pointer + row * rows, values, rows)
      row += 1
    }
  }

  /// `Σ ω_i u_i²`.
  func square(_ values: [Double]) -> Double { zip(values, weights).reduce(0) { $0 + $1.1 * $1.0 * $1.0 } }

  func weighted(_ values: [Double]) -> [Double] {
    let (source, target) = (NumberBuffer(values), NumberBuffer(count: rows))
    return withExtendedLifetime(source) {
      residual(of: source.pointer, into: target.pointer)
      return target.values
    }
  }

  /// What is wrong with coefficients beside hidden units that leave `outputs` of the targets: the loss from its
  /// definition, and its derivatives by the coefficients.
  func complaints(_ c: [Double], outputs: [Double], penalty: Double, value: Double) -> [String] {
    guard c.count == penalties.count else { return ["\(c.count) linear coefficients"] }
    let errors = outputs.indices.map { outputs[$0] - fit(c, $0) }
    func square(_ values: [Double], _ weights: [Double]) -> Double {
      zip(values, weights).reduce(0.0) { sum, term in sum + term.1 * term.0 * term.0 }
    }
    let direct = penalty + square(errors, weights) + square(c, penalties)
    let size = 1 + square(outputs, weights)
    var found: [String] = []
    if abs(direct - value) > 1e-11 * size { found.append("loss \(direct) with coefficients, not \(value)") }
    for (column, coefficient) in c.enumerated() {
      let slope = errors.indices.reduce(penalties[column] * coefficient) {
        $0 - weights[$1] * errors[$1] * features[$1][column]
      }
      if abs(slope) > 1e-10 * size { found.append("coefficient \(column) is not stationary: \(slope)") }
    }
    return found
  }
}
