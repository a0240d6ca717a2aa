import Algebra

/// Goes through all activation patterns by brute force: for every set of patterns the smooth surrogate of the
/// loss is minimised by descent, and the end point is judged by samples of one-sided derivatives.
final class SurrogateSearch {
  enum Verdict {
    case localMinimum
    case none
    /// Too close to a tie for doubles.
    case unclear
  }

  let loss: SquaredLoss
  /// All activation patterns of a single hidden weight under which the unit has an effect, in order.
  let patterns: [[Int]]
  /// For each pattern an orthonormal basis of the span of the `z_i` with sign zero.
  private let bases: [[[Double]]]
  private var generator: SeededGenerator

  init(_ loss: SquaredLoss, seed: UInt64) {
    self.loss = loss
    var generator = SeededGenerator(seed: seed)
    patterns = Self.patterns(loss, &generator)
    bases = patterns.map { signs in
      var basis: [[Double]] = []
      for (row, sign) in signs.enumerated() where sign == 0 {
        let z = (0..<loss.dimension).map { loss.vector(row)[$0] }
        let length = norm(z)
        let rest = removing(basis, from: removing(basis, from: z))
        if norm(rest) > 1e-9 * length { basis.append(rest.map { $0 / norm(rest) }) }
      }
      return basis
    }
    self.generator = generator
  }

  /// The text of a pattern.
  func text(_ pattern: Int) -> String {
    patterns[pattern].map { $0 == 0 ? "0" : ($0 > 0 ? "+" : "-") }.joined()
  }

  /// Whether the stratum with one unit on each of these patterns contains a local minimum with all units
  /// alive.
  func verdict(_ set: [Int]) -> Verdict {
    var best: End?
    for _ in 0..<2 {
      let end = minimised(set)
      if end.value < best?.value ?? .infinity { best = end }
    }
    guard let best, best.slope < 1e-7 * (loss.ridge + norm(residual(set, best.parameters))) else {
      return .unclear
    }
    let sizes = set.indices.map { norm(Array(best.parameters[$0 * loss.stride..<($0 + 1) * loss.stride])) }
    if sizes.contains(where: { $0 < 1e-4 }) { return .none }
    if sizes.contains(where: { $0 < 1e-2 * max(1, sizes.max() ?? 1) }) { return .unclear }
    let residual = residual(set, best.parameters)
    let judgements = set.indices.map { judge(set[$0], unit: $0, best.parameters, residual) }
    if judgements.contains(.none) { return .none }
    return judgements.contains(.unclear) ? .unclear : .localMinimum
  }

  // MARK: - Patterns

  /// Signs at random points, at points on the kinks, where kinks meet, and around there.
  private static func patterns(_ loss: SquaredLoss, _ generator: inout SeededGenerator) -> [[Int]] {
    let size = loss.dimension
    let vectors = (0..<loss.rows).map { row in (0..<size).map { loss.vector(row)[$0] } }
    let noise = NumberBuffer(count: size)
    defer { withExtendedLifetime(noise) {} }
    var found: Set<[Int]> = []
    func record(_ weight: [Double]) {
      let signs = vectors.map { z in
        let product = zip(z, weight).reduce(0) { $0 + $1.0 * $1.1 }
        return abs(product) <= 1e-9 * norm(z) * norm(weight) ? 0 : (product > 0 ? 1 : -1)
      }
      found.formUnion([signs, signs.map { -$0 }])
    }
    func orthonormal(_ kinks: [[Double]]) -> [[Double]] {
      kinks.reduce(into: []) { basis, kink in
        let rest = removing(basis, from: kink)
        if norm(rest) > 1e-9 { basis.append(rest.map { $0 / norm(rest) }) }
      }
    }
    var kinkSets: [[[Double]]] = [[]]
    if size >= 2 { kinkSets += vectors.map { [$0] } }
    if size >= 3 { kinkSets += vectors.indices.flatMap { i in (0..<i).map { [vectors[i], vectors[$0]] } } }
    for kinks in kinkSets {
      let basis = orthonormal(kinks)
      for _ in 0..<40 {
        fillNormal(noise.pointer, size, &generator)
        let weight = removing(basis, from: removing(basis, from: noise.values))
        record(weight)
        fillNormal(noise.pointer, size, &generator)
        let near = zip(weight, noise.values).map { $0 + 1e-3 * norm(weight) * $1 }
        record(near)
        for kink in kinks {
          let single = orthonormal([kink])
          record(removing(single, from: removing(single, from: near)))
        }
      }
    }
    return found.filter { signs in
      let isActive = signs.contains(1) || (loss.slope != 0 && signs.contains(-1))
      return isActive && (loss.slope != -1 || signs.first { $0 != 0 } == 1)
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  // MARK: - The surrogate

  private func rate(_ pattern: Int, _ row: Int) -> Double {
    switch patterns[pattern][row] {
    case 1: 1
    case -1: loss.slope
    default: 0
    }
  }

  private func residual(_ set: [Int], _ parameters: [Double]) -> [Double] {
    (0..<loss.rows).map { row in
      set.indices.reduce(loss.target(row)) { sum, unit in
        let product = (0..<loss.dimension).reduce(0) {
          $0 + parameters[unit * loss.stride + 1 + $1] * loss.vector(row)[$1]
        }
        return sum - parameters[unit * loss.stride] * rate(set[unit], row) * product
      }
    }
  }

  private struct End {
    let value: Double
    let parameters: [Double]
    /// The norm of the gradient.
    let slope: Double
  }

  private func minimised(_ set: [Int]) -> End {
    let count = set.count * loss.stride
    let point = NumberBuffer(count: count)
    let gradient = NumberBuffer(count: count)
    defer { withExtendedLifetime((point, gradient)) {} }
    fillNormal(point.pointer, count, &generator)
    project(point.pointer, set)
    let objective: QuasiNewton.Objective = { parameters, gradient in
      self.surrogate(set, parameters, gradient)
    }
    _ = QuasiNewton(count: count).minimise(point.pointer, iterations: 1000, tolerance: 1e-12, objective)
    NewtonRefinement(count: count).refine(point.pointer, project: { self.project($0, set) }) {
      _ = objective($0, $1)
    }
    project(point.pointer, set)
    let value = objective(point.pointer, gradient.pointer)
    return End(value: value, parameters: point.values, slope: norm(gradient.values))
  }

  private func surrogate(
    _ set: [Int], _ parameters: UnsafePointer<Double>, _ gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    let stride = loss.stride
    var value = 0.0
    for i in 0..<set.count * stride {
      value += loss.ridge * parameters[i] * parameters[i]
      gradient[i] = 2 * loss.ridge * parameters[i]
    }
    for row in 0..<loss.rows {
      let z = loss.vector(row)
      var residual = loss.target(row)
      let products = set.indices.map { unit in
        rate(set[unit], row) * innerProduct(parameters + unit * stride + 1, z, loss.dimension)
      }
      for unit in set.indices { residual -= parameters[unit * stride] * products[unit] }
      value += residual * residual
      for unit in set.indices {
        gradient[unit * stride] -= 2 * residual * products[unit]
        let factor = 2 * residual * parameters[unit * stride] * rate(set[unit], row)
        for i in 0..<loss.dimension { gradient[unit * stride + 1 + i] -= factor * z[i] }
      }
    }
    project(gradient, set)
    return value
  }

  /// Removes from hidden weights what leaves the spans of the patterns.
  private func project(_ parameters: UnsafeMutablePointer<Double>, _ set: [Int]) {
    for (unit, pattern) in set.enumerated() {
      let weight = parameters + unit * loss.stride + 1
      for vector in bases[pattern] {
        let product = (0..<loss.dimension).reduce(0) { $0 + vector[$1] * weight[$1] }
        for i in 0..<loss.dimension { weight[i] -= product * vector[i] }
      }
    }
  }

  // MARK: - Judgement

  /// Whether the hidden weight has its pattern, and whether its direction is a local maximum of `± η − λ|w|` to
  /// first order.
  private func judge(_ pattern: Int, unit: Int, _ parameters: [Double], _ residual: [Double]) -> Verdict {
    let size = loss.dimension
    let start = unit * loss.stride
    let weight = Array(parameters[start + 1..<start + loss.stride])
    // The surrogate does not know the signs: (−a, −w) is the same to it.
    let orientation = orientation(of: weight, pattern)
    let direction = weight.map { orientation * $0 / norm(weight) }
    var isClose = false
    for row in 0..<loss.rows where patterns[pattern][row] != 0 {
      let z = (0..<size).map { loss.vector(row)[$0] }
      let product = zip(z, direction).reduce(0) { $0 + $1.0 * $1.1 } * Double(patterns[pattern][row])
      if product < -1e-4 * norm(z) { return .none }
      if product < 1e-4 * norm(z) { isClose = true }
    }
    if isClose { return .unclear }
    let sampling = CertificateSampling(loss: loss, residual: residual)
    let side = orientation * parameters[start] > 0 ? 1.0 : -1.0
    let trial = NumberBuffer(count: size)
    defer { withExtendedLifetime(trial) {} }
    let length = 1e-7
    func height(_ point: NumberBuffer) -> Double {
      side * sampling.value(point.pointer) - loss.ridge * norm(point.values)
    }
    for i in 0..<size { trial.pointer[i] = direction[i] }
    let base = height(trial)
    var greatest = -Double.infinity
    for offset in offsets(pattern, count: size == 1 ? 4 : (size == 2 ? 40 : 300)) {
      let offsetLength = norm(offset)
      guard offsetLength > 0 else { continue }
      for i in 0..<size { trial.pointer[i] = direction[i] + length * offset[i] / offsetLength }
      greatest = max(greatest, (height(trial) - base) / length)
    }
    let scale = loss.ridge + norm(residual)
    if greatest > 1e-4 * scale { return .none }
    return greatest < 1e-6 * scale ? .localMinimum : .unclear
  }

  /// The sign with which a hidden weight has the right product with most rows.
  private func orientation(of weight: [Double], _ pattern: Int) -> Double {
    let agreement = (0..<loss.rows).reduce(0.0) { sum, row in
      let product = (0..<loss.dimension).reduce(0) { $0 + loss.vector(row)[$1] * weight[$1] }
      return sum + Double(patterns[pattern][row]) * product
    }
    return agreement < 0 ? -1 : 1
  }

  /// Random directions; others in the span of the pattern's kinks, and among these such as are orthogonal to
  /// one of them (where they cross each other, derivatives may be wrong in a thin cone only).
  private func offsets(_ pattern: Int, count: Int) -> [[Double]] {
    let noise = NumberBuffer(count: loss.dimension)
    defer { withExtendedLifetime(noise) {} }
    func random() -> [Double] {
      fillNormal(noise.pointer, loss.dimension, &generator)
      return noise.values
    }
    var list = (0..<count).map { _ in random() }
    let basis = bases[pattern]
    guard !basis.isEmpty else { return list }
    func spanned() -> [Double] {
      let vector = random()
      return zip(vector, removing(basis, from: vector)).map { $0 - $1 }
    }
    list += (0..<count).map { _ in spanned() }
    for row in 0..<loss.rows where patterns[pattern][row] == 0 {
      let z = (0..<loss.dimension).map { loss.vector(row)[$0] }
      guard norm(z) > 0, basis.count > 1 else { continue }
      let normal = [z.map { $0 / norm(z) }]
      for _ in 0..<8 { list.append(removing(normal, from: spanned())) }
    }
    return list
  }
}

private func norm(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }

/// A vector without its parts along orthonormal ones.
private func removing(_ basis: [[Double]], from vector: [Double]) -> [Double] {
  basis.reduce(vector) { rest, other in
    let product = zip(rest, other).reduce(0) { $0 + $1.0 * $1.1 }
    return zip(rest, other).map { $0 - product * $1 }
  }
}
