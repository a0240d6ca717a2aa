import Algebra

/// Tries to lower the loss by perturbations that leave the neighbouring cells of a point alone: random ones,
/// and such as only a wrong verdict would overlook.
struct LocalMinimality {
  let loss: SquaredLoss

  init(_ loss: SquaredLoss) { self.loss = loss }

  /// A description of a perturbation that lowers the loss; `nil` if none was found.
  ///
  /// A local minimum is the global one among all points whose units have products of the same signs, or
  /// signs where there were none, and output weights of the same signs. Perturbations stay among these
  /// and may therefore be large.
  func lowered(_ parameters: [Double], seed: UInt64 = 1, trials: Int = 60) -> String? {
    let point = NumberBuffer(parameters)
    let value = loss.value(point.pointer)
    let trial = NumberBuffer(count: point.count)
    let noise = NumberBuffer(count: point.count)
    defer { withExtendedLifetime((point, trial, noise)) {} }
    var generator = SeededGenerator(seed: seed)
    let margin = margin(of: point.pointer)
    let slack = 1e-13 * value + loss.cancellation + 1e-300
    for scale in [0.9, 0.1, 1e-2, 1e-3] {
      for number in 0..<trials {
        fill(noise.pointer, point.pointer, number, &generator)
        let length = noise.values.reduce(0) { max($0, abs($1)) }
        guard length > 0 else { continue }
        let factor = scale * margin / length / Double(loss.stride).squareRoot()
        for i in 0..<point.count { trial.pointer[i] = point.pointer[i] + factor * noise.pointer[i] }
        let newValue = loss.value(trial.pointer)
        if newValue < value - slack {
          return "by \(value - newValue) with \(noise.values.map { factor * $0 })"
        }
      }
    }
    return nil
  }

  /// How far each unit may move without a change of sign that is not zero.
  private func margin(of point: UnsafePointer<Double>) -> Double {
    var margin = 1.0
    for unit in 0..<loss.units {
      let own = point + unit * loss.stride
      let length = innerProduct(own, own, loss.stride).squareRoot()
      guard length > 0 else { continue }
      margin = min(margin, abs(own[0]))
      for row in 0..<loss.rows {
        let z = loss.vector(row)
        let norm = innerProduct(z, z, loss.dimension).squareRoot()
        let product = abs(innerProduct(own + 1, z, loss.dimension))
        if norm > 0, product > 1e-10 * length * norm { margin = min(margin, product / norm) }
      }
    }
    return margin
  }

  /// Every third perturbation is random, every third moves one unit along a combination of its kinks, every
  /// third moves two units against each other.
  private func fill(
    _ noise: UnsafeMutablePointer<Double>, _ point: UnsafePointer<Double>, _ number: Int,
    _ generator: inout SeededGenerator
  ) {
    let count = loss.parameterCount
    switch number % 3 {
    case 0:
      fillNormal(noise, count, &generator)
    case 1:
      for i in 0..<count { noise[i] = 0 }
      let unit = Int(generator.next() % UInt64(loss.units))
      fillKinkDirection(noise, point, unit, &generator)
    default:
      for i in 0..<count { noise[i] = 0 }
      let (first, second) = (
        Int(generator.next() % UInt64(loss.units)), Int(generator.next() % UInt64(loss.units))
      )
      fillKinkDirection(noise, point, first, &generator)
      guard first != second else { return }
      let (left, right) = (noise + first * loss.stride, noise + second * loss.stride)
      let sameSign = (point[first * loss.stride] > 0) == (point[second * loss.stride] > 0)
      for i in 1..<loss.stride { right[i] = sameSign ? -left[i] : left[i] }
    }
  }

  private func fillKinkDirection(
    _ noise: UnsafeMutablePointer<Double>, _ point: UnsafePointer<Double>, _ unit: Int,
    _ generator: inout SeededGenerator
  ) {
    let weight = point + unit * loss.stride + 1
    let length = innerProduct(weight, weight, loss.dimension).squareRoot()
    let own = noise + unit * loss.stride
    for row in 0..<loss.rows {
      let z = loss.vector(row)
      let norm = innerProduct(z, z, loss.dimension).squareRoot()
      guard abs(innerProduct(weight, z, loss.dimension)) <= 1e-10 * length * norm else { continue }
      let coefficient = Double(Int(generator.next() % 5)) - 2
      for i in 0..<loss.dimension { own[i + 1] += coefficient * z[i] }
    }
  }
}
