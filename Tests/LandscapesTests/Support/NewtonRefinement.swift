/// Newton's method for a zero of a gradient that is smooth near the start, in a subspace, with differences for the
/// Hessian: more digits than a descent can reach, as no values of the function are compared.
final class NewtonRefinement {
  private let count: Int
  private let gradient: NumberBuffer
  private let shifted: NumberBuffer
  private let trial: NumberBuffer
  private let matrix: NumberBuffer
  private let step: NumberBuffer
  private let system: NumberBuffer

  init(count: Int) {
    self.count = count
    gradient = NumberBuffer(count: count)
    shifted = NumberBuffer(count: count)
    trial = NumberBuffer(count: count)
    matrix = NumberBuffer(count: count * count)
    step = NumberBuffer(count: count)
    system = NumberBuffer(count: count * (count + 1))
  }

  /// Writes the gradient, projected onto the subspace.
  typealias Gradient = (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  /// Projects onto the subspace.
  typealias Projection = (UnsafeMutablePointer<Double>) -> Void

  /// Moves `point` while the gradient's norm falls; the Hessian may be singular at the zero.
  func refine(_ point: UnsafeMutablePointer<Double>, project: Projection, _ evaluate: Gradient) {
    evaluate(point, gradient.pointer)
    var norm = innerProduct(gradient.pointer, gradient.pointer, count).squareRoot()
    let size = (0..<count).reduce(1e-3) { max($0, abs(point[$1])) }
    for _ in 0..<20 {
      setHessian(point, project, evaluate, difference: 1e-6 * size)
      guard solve(), (0..<count).allSatisfy({ abs(step.pointer[$0]) <= 1e-2 * size }) else { return }
      for i in 0..<count { trial.pointer[i] = point[i] - step.pointer[i] }
      evaluate(trial.pointer, shifted.pointer)
      let newNorm = innerProduct(shifted.pointer, shifted.pointer, count).squareRoot()
      guard newNorm < norm else { return }
      for i in 0..<count { point[i] = trial.pointer[i] }
      gradient.copy(shifted.pointer)
      norm = newNorm
    }
  }

  private func setHessian(
    _ point: UnsafePointer<Double>, _ project: Projection, _ evaluate: Gradient, difference: Double
  ) {
    for column in 0..<count {
      for i in 0..<count { step.pointer[i] = i == column ? difference : 0 }
      project(step.pointer)
      for side in [1.0, -1.0] {
        for i in 0..<count { trial.pointer[i] = point[i] + side * step.pointer[i] }
        evaluate(trial.pointer, shifted.pointer)
        for row in 0..<count {
          let index = row * count + column
          let before = side > 0 ? 0 : matrix.pointer[index]
          matrix.pointer[index] = before + side * shifted.pointer[row] / (2 * difference)
        }
      }
    }
  }

  /// `(H + μ) step = gradient` with a tiny `μ`, as the Hessian may be singular.
  private func solve() -> Bool {
    let largest = (0..<count * count).reduce(0.0) { max($0, abs(matrix.pointer[$1])) }
    for i in 0..<count {
      for j in 0..<count { system.pointer[i * (count + 1) + j] = matrix.pointer[i * count + j] }
      system.pointer[i * (count + 1) + i] += 1e-11 * largest
      system.pointer[i * (count + 1) + count] = gradient.pointer[i]
    }
    return eliminate(system.pointer)
  }

  private func eliminate(_ system: UnsafeMutablePointer<Double>) -> Bool {
    let width = count + 1
    for column in 0..<count {
      var pivot = column
      for row in column..<count where abs(system[row * width + column]) > abs(system[pivot * width + column])
      {
        pivot = row
      }
      guard abs(system[pivot * width + column]) > 0 else { return false }
      for entry in 0..<width {
        (system[pivot * width + entry], system[column * width + entry]) =
          (system[column * width + entry], system[pivot * width + entry])
      }
      for row in (column + 1)..<max(column + 1, count) {
        let factor = system[row * width + column] / system[column * width + column]
        for entry in column..<width { system[row * width + entry] -= factor * system[column * width + entry] }
      }
    }
    for row in (0..<count).reversed() {
      var sum = system[row * width + count]
      for entry in (row + 1)..<max(row + 1, count) {
        sum -= system[row * width + entry] * step.pointer[entry]
      }
      step.pointer[row] = sum / system[row * width + row]
    }
    return true
  }
}
