import Algebra

/// Descent on the loss that knows nothing of the theory: BFGS, then steps along the least-norm element of
/// gradients sampled in a shrinking ball (Burke, Lewis, Overton 2005, doi:10.1137/030601296), and a last
/// descent on the kinks that were met.
///
/// Where it stalls at a point that is no local minimum, it is helped on: random perturbations are tried, and a
/// dead unit is moved to where the dual certificate is greatest if that exceeds the ridge.
final class DescentSearch {
  struct End {
    let parameters: [Double]
    let value: Double
    /// The norm of the least convex combination of nearby gradients, relative to the loss's scale.
    let stationarity: Double
  }

  let loss: SquaredLoss
  private let count: Int
  private let quasiNewton: QuasiNewton
  private let newton: NewtonRefinement
  private let leastNorm: LeastNormElement
  private let sampleCount: Int
  private let gradients: NumberBuffer
  private let point: NumberBuffer
  private let trial: NumberBuffer
  private let noise: NumberBuffer
  private var generator: SeededGenerator
  private let gradientScale: Double

  init(_ loss: SquaredLoss, seed: UInt64) {
    self.loss = loss
    count = loss.parameterCount
    quasiNewton = QuasiNewton(count: count)
    newton = NewtonRefinement(count: count)
    sampleCount = 2 * count + 4
    leastNorm = LeastNormElement(count: count, capacity: sampleCount + 1)
    gradients = NumberBuffer(count: (sampleCount + 1) * count)
    point = NumberBuffer(count: count)
    trial = NumberBuffer(count: count)
    noise = NumberBuffer(count: count)
    generator = SeededGenerator(seed: seed)
    let square = (0..<loss.rows).reduce(0.0) { $0 + loss.target($1) * loss.target($1) }
    gradientScale = loss.ridge + square.squareRoot()
  }

  /// A random start: directions are spread evenly or put close to random kinks, so that small cells are
  /// met, too.
  func randomStart() -> [Double] {
    var start: [Double] = []
    let weight = NumberBuffer(count: loss.dimension)
    defer { withExtendedLifetime(weight) {} }
    for _ in 0..<loss.units {
      fillNormal(weight.pointer, loss.dimension, &generator)
      if generator.next() % 2 == 0 {
        for _ in 0..<max(0, loss.dimension - 1) {
          let z = loss.vector(Int(generator.next() % UInt64(loss.rows)))
          let square = innerProduct(z, z, loss.dimension)
          guard square > 0 else { continue }
          let factor = 0.98 * innerProduct(weight.pointer, z, loss.dimension) / square
          for i in 0..<loss.dimension { weight.pointer[i] -= factor * z[i] }
        }
      }
      let length = innerProduct(weight.pointer, weight.pointer, loss.dimension).squareRoot()
      let output = uniform(-1.5, 1.5)
      start.append(output)
      start += weight.values.map { length > 0 ? $0 * abs(output) / length : 0 }
    }
    return start
  }

  /// A point nearby.
  func kicked(_ parameters: [Double], by relativeSize: Double) -> [Double] {
    let size = parameters.reduce(1e-3) { max($0, abs($1)) }
    fillNormal(noise.pointer, count, &generator)
    return parameters.indices.map { parameters[$0] + relativeSize * size * noise.pointer[$0] }
  }

  func descend(from start: [Double]) -> End {
    for (index, value) in start.enumerated() { point.pointer[index] = value }
    var stationarity = Double.infinity
    var value = quasiNewton.minimise(
      point.pointer, iterations: 300, tolerance: 1e-11 * gradientScale, objective)
    for _ in 0..<30 {
      value = polish(value)
      if reviveDeadUnit() {
        value = quasiNewton.minimise(
          point.pointer, iterations: 300, tolerance: 1e-11 * gradientScale, objective)
        continue
      }
      stationarity = leastGradient(radius: 1e-8 * size) / gradientScale
      if stationarity > 1e-6 {
        value = sampleDescent()
        continue
      }
      guard let lower = perturbed(below: value) else { break }
      value = lower
      value = quasiNewton.minimise(
        point.pointer, iterations: 300, tolerance: 1e-11 * gradientScale, objective)
    }
    return End(parameters: point.values, value: value, stationarity: stationarity)
  }

  private func objective(
    _ parameters: UnsafePointer<Double>, _ gradient: UnsafeMutablePointer<Double>
  ) -> Double { loss.value(parameters, gradient: gradient) }

  /// The greatest parameter.
  private var size: Double {
    (0..<count).reduce(1e-3) { max($0, abs(point.pointer[$1])) }
  }

  private func uniform(_ lower: Double, _ upper: Double) -> Double {
    lower + (upper - lower) * Double(generator.next() >> 11) * 0x1p-53
  }

  // MARK: - Sampled gradients

  /// The least norm in the convex hull of gradients in a ball around the point; the element is left in
  /// `leastNorm`.
  private func leastGradient(radius: Double) -> Double {
    _ = loss.value(point.pointer, gradient: gradients.pointer)
    for sample in 1...sampleCount {
      fillNormal(noise.pointer, count, &generator)
      for i in 0..<count { trial.pointer[i] = point.pointer[i] + radius * noise.pointer[i] }
      _ = loss.value(trial.pointer, gradient: gradients.pointer + sample * count)
    }
    return leastNorm.find(gradients.pointer, size: sampleCount + 1)
  }

  private func sampleDescent() -> Double {
    var value = loss.value(point.pointer)
    var radius = 1e-2 * size
    while radius > 1e-8 * size {
      for _ in 0..<30 {
        let norm = leastGradient(radius: radius)
        guard norm > 10 * radius * gradientScale else { break }
        var length = 16 * radius / norm
        var lower: Double?
        while length * norm > 1e-3 * radius {
          for i in 0..<count { trial.pointer[i] = point.pointer[i] - length * leastNorm.result.pointer[i] }
          let newValue = loss.value(trial.pointer)
          if newValue < value - 1e-6 * length * norm * norm {
            lower = newValue
            break
          }
          length *= 0.5
        }
        guard let lower else { break }
        value = lower
        point.copy(trial.pointer)
      }
      radius *= 0.2
    }
    return value
  }

  // MARK: - Descent on kinks

  /// Sets the hidden weights on the kinks that they are close to, and goes down on these; keeps the lowest.
  private func polish(_ value: Double) -> Double {
    let start = NumberBuffer(point.values)
    let best = NumberBuffer(point.values)
    defer { withExtendedLifetime((start, best)) {} }
    var lowest = value
    var bestBases: [[NumberBuffer]] = []
    var tried: Set<[Bool]> = []
    for closeness in [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7] {
      point.copy(start.pointer)
      let close = closeKinks(closeness)
      guard tried.insert(close).inserted else { continue }
      let bases = kinkBases(close)
      project(point.pointer, bases)
      let projected = quasiNewton.minimise(
        point.pointer, iterations: 200, tolerance: 1e-12 * gradientScale
      ) { parameters, gradient in
        let value = self.loss.value(parameters, gradient: gradient)
        self.project(gradient, bases)
        return value
      }
      if projected <= lowest + 1e-15 * abs(lowest) {
        lowest = projected
        best.copy(point.pointer)
        bestBases = bases
      }
    }
    point.copy(best.pointer)
    guard !bestBases.isEmpty else { return lowest }
    newton.refine(point.pointer, project: { self.project($0, bestBases) }) { parameters, gradient in
      _ = self.loss.value(parameters, gradient: gradient)
      self.project(gradient, bestBases)
    }
    project(point.pointer, bestBases)
    let refined = loss.value(point.pointer)
    if refined > lowest + 1e-9 * abs(lowest) {
      point.copy(best.pointer)
      return lowest
    }
    return refined
  }

  /// For every unit and row whether the hidden weight is nearly orthogonal.
  private func closeKinks(_ closeness: Double) -> [Bool] {
    (0..<loss.units).flatMap { unit in
      let weight = UnsafePointer(point.pointer + unit * loss.stride + 1)
      let length = innerProduct(weight, weight, loss.dimension).squareRoot()
      return (0..<loss.rows).map { row in
        let z = loss.vector(row)
        let bound = closeness * length * innerProduct(z, z, loss.dimension).squareRoot()
        return abs(innerProduct(weight, z, loss.dimension)) <= bound
      }
    }
  }

  /// For each unit an orthonormal basis of the span of the vectors of its close kinks.
  private func kinkBases(_ close: [Bool]) -> [[NumberBuffer]] {
    (0..<loss.units).map { unit in
      var basis: [NumberBuffer] = []
      for row in 0..<loss.rows where close[unit * loss.rows + row] {
        let vector = NumberBuffer(count: loss.dimension)
        vector.copy(loss.vector(row))
        let length = innerProduct(vector.pointer, vector.pointer, loss.dimension).squareRoot()
        for _ in 0..<2 { remove(basis, from: vector.pointer) }
        let rest = innerProduct(vector.pointer, vector.pointer, loss.dimension).squareRoot()
        guard rest > 1e-9 * length else { continue }
        for i in 0..<loss.dimension { vector.pointer[i] /= rest }
        basis.append(vector)
      }
      return basis
    }
  }

  private func project(_ parameters: UnsafeMutablePointer<Double>, _ bases: [[NumberBuffer]]) {
    for (unit, basis) in bases.enumerated() { remove(basis, from: parameters + unit * loss.stride + 1) }
  }

  private func remove(_ basis: [NumberBuffer], from vector: UnsafeMutablePointer<Double>) {
    for other in basis {
      let product = innerProduct(vector, other.pointer, loss.dimension)
      for i in 0..<loss.dimension { vector[i] -= product * other.pointer[i] }
    }
  }

  // MARK: - Help out of points that are no minima

  private(set) var revivals = 0

  /// Moves a dead unit, if there is one and the certificate exceeds the ridge. Dead units are set to zero.
  private func reviveDeadUnit() -> Bool {
    var dead: Int?
    for unit in 0..<loss.units {
      let own = point.pointer + unit * loss.stride
      guard innerProduct(own, own, loss.stride) < 1e-6 else { continue }
      dead = dead ?? unit
      for i in 0..<loss.stride { own[i] = 0 }
    }
    guard let dead else { return false }
    // The others settle before the certificate is asked.
    _ = polish(loss.value(point.pointer))
    let maximum = CertificateSampling(loss: loss, residual: loss.residual(of: point.values)).maximum(
      samples: loss.dimension == 2 ? 200 : 800, precision: 1e-5)
    guard abs(maximum.value) > loss.ridge * (1 + 1e-6) else { return false }
    revivals += 1
    let own = point.pointer + dead * loss.stride
    let length = 1e-2
    own[0] = maximum.value > 0 ? length : -length
    for i in 0..<loss.dimension { own[i + 1] = length * maximum.direction[i] }
    return true
  }

  /// Moves to a nearby point with a lower loss, if one is found.
  private func perturbed(below value: Double) -> Double? {
    for scale in [1e-3, 1e-5] {
      for _ in 0..<20 {
        fillNormal(noise.pointer, count, &generator)
        for i in 0..<count { trial.pointer[i] = point.pointer[i] + scale * size * noise.pointer[i] }
        let newValue = loss.value(trial.pointer)
        if newValue < value - 1e-13 * (value + 1e-3 * gradientScale) {
          point.copy(trial.pointer)
          return newValue
        }
      }
    }
    return nil
  }
}
