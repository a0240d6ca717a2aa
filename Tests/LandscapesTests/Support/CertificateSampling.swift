import Algebra

/// `max |η(w)|` over the unit sphere by sampling and local search, `η(w) = Σ_i r_i σ(⟨w, z_i⟩)`.
struct CertificateSampling {
  let loss: SquaredLoss
  let residual: [Double]

  func value(_ direction: UnsafePointer<Double>) -> Double {
    var (sum, row) = (0.0, 0)
    while row < loss.rows {
      let product = innerProduct(direction, loss.vector(row), loss.dimension)
      sum += residual[row] * (product >= 0 ? product : loss.slope * product)
      row += 1
    }
    return sum
  }

  struct Maximum {
    let direction: [Double]
    /// `η` there, with its sign.
    let value: Double
  }

  /// The greatest `|η|` that was found: a lower bound of the maximum, sharp to about `precision` if the samples
  /// hit the right hill.
  func maximum(samples: Int, precision: Double, seed: UInt64 = 1) -> Maximum {
    let size = loss.dimension
    var generator = SeededGenerator(seed: seed)
    let direction = NumberBuffer(count: size)
    defer { withExtendedLifetime(direction) {} }
    var candidates: [(value: Double, direction: [Double])] = []
    for number in 0..<samples {
      setSample(number, of: samples, direction.pointer, &generator)
      candidates.append((value(direction.pointer), direction.values))
    }
    candidates.sort { abs($0.value) > abs($1.value) }
    // The samples that are the highest of their neighbourhood, the best first.
    let spacing = loss.dimension == 2 ? 6.3 / Double(samples) : (12.6 / Double(samples)).squareRoot()
    let nearness = 1 - spacing * spacing
    var tops: [[Double]] = []
    for (index, candidate) in candidates.enumerated() {
      guard tops.count < 16, abs(candidate.value) >= 0.7 * abs(candidates[0].value) else { break }
      let isTop = candidates[..<index].allSatisfy { higher in
        zip(higher.direction, candidate.direction).reduce(0) { $0 + $1.0 * $1.1 } < nearness
      }
      if isTop { tops.append(candidate.direction) }
    }
    let best = tops.map { polished($0, precision, &generator) }.max { abs($0.value) < abs($1.value) }
    return best ?? Maximum(direction: Array(repeating: 0, count: size), value: 0)
  }

  /// Evenly spread samples in the plane, random ones elsewhere.
  private func setSample(
    _ number: Int, of samples: Int, _ direction: UnsafeMutablePointer<Double>,
    _ generator: inout SeededGenerator
  ) {
    if loss.dimension == 2 {
      // Half angles by bisection of the circle would need trigonometry; the diamond is as good.
      let position = 4 * Double(number) / Double(samples)
      let side = Int(position)
      let rest = position - Double(side)
      let corners: [(Double, Double)] = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 0)]
      direction[0] = corners[side].0 * (1 - rest) + corners[side + 1].0 * rest
      direction[1] = corners[side].1 * (1 - rest) + corners[side + 1].1 * rest
    } else {
      fillNormal(direction, loss.dimension, &generator)
    }
    normalise(direction)
  }

  /// Climbs from a sample: to the gradient's direction, projected onto the kinks that are closest; any direction
  /// with a greater `|η|` will do. Then random steps of shrinking length.
  private func polished(
    _ start: [Double], _ precision: Double, _ generator: inout SeededGenerator
  ) -> Maximum {
    let size = loss.dimension
    let current = NumberBuffer(start)
    let trial = NumberBuffer(count: size)
    defer { withExtendedLifetime((current, trial)) {} }
    var best = value(current.pointer)
    func moveIfHigher() -> Bool {
      normalise(trial.pointer)
      let value = value(trial.pointer)
      guard abs(value) > abs(best) else { return false }
      best = value
      current.copy(trial.pointer)
      return true
    }
    for _ in 0..<20 {
      var hasRisen = false
      for direction in projectedGradients(at: current.pointer) {
        for i in 0..<size { trial.pointer[i] = direction[i] }
        if moveIfHigher() { hasRisen = true }
      }
      if !hasRisen { break }
    }
    var length = 1e-2
    while length > precision {
      for _ in 0..<4 * size {
        fillNormal(trial.pointer, size, &generator)
        for i in 0..<size { trial.pointer[i] = current.pointer[i] + length * trial.pointer[i] }
        _ = moveIfHigher()
      }
      length *= 0.3
    }
    return Maximum(direction: current.values, value: best)
  }

  /// The gradient of `η`, and its projections onto one or two of the closest kinks.
  private func projectedGradients(at direction: UnsafePointer<Double>) -> [[Double]] {
    let size = loss.dimension
    var gradient = [Double](repeating: 0, count: size)
    var kinks: [(closeness: Double, vector: [Double])] = []
    for row in 0..<loss.rows {
      let z = (0..<size).map { loss.vector(row)[$0] }
      let norm = z.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm > 0 else { continue }
      let product = innerProduct(direction, loss.vector(row), size)
      let rate = product >= 0 ? 1 : loss.slope
      for i in 0..<size { gradient[i] += residual[row] * rate * z[i] }
      kinks.append((abs(product) / norm, z.map { $0 / norm }))
    }
    kinks.sort { $0.closeness < $1.closeness }
    let side = zip(gradient, 0..<size).reduce(0) { $0 + $1.0 * direction[$1.1] } < 0 ? -1.0 : 1.0
    let whole = gradient.map { side * $0 }
    var list = [whole]
    let close = kinks.prefix(6).map(\.vector)
    for (index, first) in close.enumerated() where size > 1 {
      list.append(projected(whole, [first]))
      guard size > 2 else { continue }
      for second in close[..<index] { list.append(projected(whole, [first, second])) }
    }
    return list
  }

  /// The projection onto the vectors that are orthogonal to the given unit vectors.
  private func projected(_ vector: [Double], _ normals: [[Double]]) -> [Double] {
    var basis: [[Double]] = []
    func rest(_ vector: [Double]) -> [Double] {
      basis.reduce(vector) { rest, other in
        let product = zip(rest, other).reduce(0) { $0 + $1.0 * $1.1 }
        return zip(rest, other).map { $0 - product * $1 }
      }
    }
    for normal in normals {
      let rest = rest(normal)
      let length = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if length > 1e-9 { basis.append(rest.map { $0 / length }) }
    }
    return rest(vector)
  }

  private func normalise(_ vector: UnsafeMutablePointer<Double>) {
    let norm = innerProduct(vector, vector, loss.dimension).squareRoot()
    guard norm > 0 else { return }
    for i in 0..<loss.dimension { vector[i] /= norm }
  }
}

/// Nearly normal numbers: sums of uniform ones.
func fillNormal(
  _ vector: UnsafeMutablePointer<Double>, _ count: Int, _ generator: inout SeededGenerator
) {
  for i in 0..<count {
    var sum = -2.0
    for _ in 0..<4 { sum += Double(generator.next() >> 11) * 0x1p-53 }
    vector[i] = sum * 1.7320508075688772
  }
}
