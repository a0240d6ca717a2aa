import Algebra
import FlintEngine
import Strata

/// The loss of a problem in doubles, straight from its definition, at the best linear coefficients.
///
/// Parameters of unit `l` start at `l (D + 1)`: the output weight, then the hidden weight.
final class SquaredLoss {
  let rows: Int
  let dimension: Int
  let units: Int
  let slope: Double
  let ridge: Double
  private let inputs: NumberBuffer
  private let targets: NumberBuffer
  private let residual: NumberBuffer
  private let terms: LinearLoss?
  private let raw: NumberBuffer

  init(_ problem: Problem<FlintEngine>) {
    rows = problem.rowCount
    dimension = problem.weightDimension
    units = problem.units
    slope = problem.activation.slope.doubleValue
    ridge = problem.ridge.doubleValue
    inputs = NumberBuffer(problem.vectors.flatMap { $0.map(\.doubleValue) })
    targets = NumberBuffer(problem.targets.map(\.doubleValue))
    residual = NumberBuffer(count: rows)
    raw = NumberBuffer(count: rows)
    terms = LinearLoss(problem)
  }

  var stride: Int { dimension + 1 }
  var parameterCount: Int { units * stride }

  /// `z_i`.
  func vector(_ row: Int) -> UnsafePointer<Double> { UnsafePointer(inputs.pointer + row * dimension) }

  func target(_ row: Int) -> Double { targets.pointer[row] }

  func value(_ parameters: UnsafePointer<Double>) -> Double {
    let penalty = computeResidual(parameters)
    return penalty + innerProduct(raw.pointer, residual.pointer, rows)
  }

  /// The value, and a gradient: at a kink that of the side where the product is nonnegative.
  func value(_ parameters: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>) -> Double {
    let value = value(parameters)
    var unit = 0
    while unit < units {
      let (own, ownGradient) = (parameters + unit * stride, gradient + unit * stride)
      var entry = 0
      while entry < stride {
        ownGradient[entry] = 2 * ridge * own[entry]
        entry += 1
      }
      var row = 0
      while row < rows {
        let z = vector(row)
        let product = innerProduct(own + 1, z, dimension)
        let factor = -2 * residual.pointer[row]
        let rate = product >= 0 ? 1 : slope
        ownGradient[0] += factor * rate * product
        let hidden = factor * rate * own[0]
        entry = 0
        while entry < dimension {
          ownGradient[entry + 1] += hidden * z[entry]
          entry += 1
        }
        row += 1
      }
      unit += 1
    }
    return value
  }

  func value(of parameters: [Double]) -> Double {
    let buffer = NumberBuffer(parameters)
    return withExtendedLifetime(buffer) { value(buffer.pointer) }
  }

  /// What is wrong with linear coefficients at a point.
  func complaints(ofCoefficients c: [Double], at parameters: [Double]) -> [String] {
    let value = self.value(of: parameters)
    guard let terms else { return c.isEmpty ? [] : ["coefficients \(c)"] }
    return terms.complaints(
      c, outputs: raw.values, penalty: value - innerProduct(raw.pointer, residual.pointer, rows), value: value
    )
  }

  /// About the rounding error of a value where linear coefficients make up for most of the targets.
  var cancellation: Double { terms.map { 1e-15 * $0.square(targets.values) } ?? 0 }

  /// `W u`.
  func weighted(_ values: [Double]) -> [Double] { terms?.weighted(values) ?? values }

  /// `ω_i (y_i − f(x_i))`.
  func residual(of parameters: [Double]) -> [Double] {
    let buffer = NumberBuffer(parameters)
    return withExtendedLifetime(buffer) {
      _ = computeResidual(buffer.pointer)
      return residual.values
    }
  }

  /// Sets the residual, and what the hidden units leave of the targets; returns the ridge term of the hidden units.
  private func computeResidual(_ parameters: UnsafePointer<Double>) -> Double {
    raw.copy(targets.pointer)
    var (penalty, unit) = (0.0, 0)
    while unit < units {
      let own = parameters + unit * stride
      penalty += innerProduct(own, own, stride)
      var row = 0
      while row < rows {
        let product = innerProduct(own + 1, vector(row), dimension)
        raw.pointer[row] -= own[0] * (product >= 0 ? product : slope * product)
        row += 1
      }
      unit += 1
    }
    if let terms {
      terms.residual(of: raw.pointer, into: residual.pointer)
    } else {
      residual.copy(raw.pointer)
    }
    return ridge * penalty
  }
}
