/// BFGS with a weak Wolfe line search, which also makes good progress on functions with kinks (Lewis,
/// Overton 2013, doi:10.1007/s10107-012-0514-2).
final class QuasiNewton {
  /// Returns the value and writes the gradient.
  typealias Objective = (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Double

  private let count: Int
  private let inverse: NumberBuffer
  private let gradient: NumberBuffer
  private let direction: NumberBuffer
  private let trial: NumberBuffer
  private let trialGradient: NumberBuffer
  private let step: NumberBuffer
  private let change: NumberBuffer
  private let image: NumberBuffer

  init(count: Int) {
    self.count = count
    inverse = NumberBuffer(count: count * count)
    gradient = NumberBuffer(count: count)
    direction = NumberBuffer(count: count)
    trial = NumberBuffer(count: count)
    trialGradient = NumberBuffer(count: count)
    step = NumberBuffer(count: count)
    change = NumberBuffer(count: count)
    image = NumberBuffer(count: count)
  }

  /// Lowers the objective from `point`, in place, until the gradient is small or no step lowers it.
  ///
  /// - Returns: the value.
  func minimise(
    _ point: UnsafeMutablePointer<Double>, iterations: Int, tolerance: Double, _ objective: Objective
  ) -> Double {
    var value = objective(point, gradient.pointer)
    resetInverse(1)
    var isFresh = true
    for _ in 0..<iterations {
      let g = gradient.pointer
      if innerProduct(g, g, count) <= tolerance * tolerance { break }
      multiplyInverse(g, into: direction.pointer)
      var slope = 0.0
      for i in 0..<count {
        direction.pointer[i] = -direction.pointer[i]
        slope += direction.pointer[i] * g[i]
      }
      if !(slope < 0) {
        guard !isFresh else { break }
        resetInverse(1)
        isFresh = true
        continue
      }
      guard let newValue = search(from: point, value, slope, objective) else {
        guard !isFresh else { break }
        resetInverse(1)
        isFresh = true
        continue
      }
      update(point, scaling: isFresh)
      isFresh = false
      let fall = value - newValue
      value = newValue
      if fall <= 1e-17 * abs(value) { break }
    }
    return value
  }

  /// A weak Wolfe point along the direction, left in `trial`; `nil` if none lowers the objective.
  private func search(
    from point: UnsafePointer<Double>, _ value: Double, _ slope: Double, _ objective: Objective
  ) -> Double? {
    var (lower, upper, length) = (0.0, Double.infinity, 1.0)
    for _ in 0..<60 {
      move(point, by: length)
      let newValue = objective(trial.pointer, trialGradient.pointer)
      if !(newValue < value + 1e-4 * length * slope) {
        upper = length
      } else if innerProduct(trialGradient.pointer, direction.pointer, count) < 0.9 * slope {
        lower = length
      } else {
        return newValue
      }
      length = upper < .infinity ? (lower + upper) / 2 : 2 * lower
    }
    guard lower > 0 else { return nil }
    move(point, by: lower)
    return objective(trial.pointer, trialGradient.pointer)
  }

  private func move(_ point: UnsafePointer<Double>, by length: Double) {
    var i = 0
    while i < count {
      trial.pointer[i] = point[i] + length * direction.pointer[i]
      i += 1
    }
  }

  private func resetInverse(_ diagonal: Double) {
    for i in 0..<count * count { inverse.pointer[i] = 0 }
    for i in 0..<count { inverse.pointer[i * count + i] = diagonal }
  }

  private func multiplyInverse(_ vector: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
    var row = 0
    while row < count {
      result[row] = innerProduct(inverse.pointer + row * count, vector, count)
      row += 1
    }
  }

  /// Takes the step to `trial` and updates the inverse Hessian.
  private func update(_ point: UnsafeMutablePointer<Double>, scaling: Bool) {
    for i in 0..<count {
      step.pointer[i] = trial.pointer[i] - point[i]
      change.pointer[i] = trialGradient.pointer[i] - gradient.pointer[i]
      point[i] = trial.pointer[i]
      gradient.pointer[i] = trialGradient.pointer[i]
    }
    let (s, y) = (step.pointer, change.pointer)
    let curvature = innerProduct(s, y, count)
    let length = innerProduct(y, y, count)
    guard curvature > 1e-14 * (innerProduct(s, s, count) * length).squareRoot() else { return }
    if scaling { resetInverse(curvature / length) }
    multiplyInverse(y, into: image.pointer)
    let v = image.pointer
    let factor = (1 + innerProduct(y, v, count) / curvature) / curvature
    var i = 0
    while i < count {
      var j = 0
      while j < count {
        inverse.pointer[i * count + j] += factor * s[i] * s[j] - (v[i] * s[j] + s[i] * v[j]) / curvature
        j += 1
      }
      i += 1
    }
  }
}
