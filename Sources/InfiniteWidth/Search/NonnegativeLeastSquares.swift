/// Minimises `½ cᵀ G c − bᵀ c` over `c ≥ 0` for a positive semidefinite `G`, in doubles: an active-set method
/// (C. L. Lawson, R. J. Hanson, Solving Least Squares Problems, 1974, chapter 23).
struct NonnegativeLeastSquares {
  /// Row major, `m × m`.
  let gram: [Double]
  let linear: [Double]

  private var count: Int { linear.count }

  /// Approximate. Cost: a Cholesky factorisation for every change of the active set.
  func solve(from start: [Double]) -> [Double] {
    var point = start.map { max(0, $0) }
    var active = point.indices.filter { point[$0] > 0 }
    let scale = linear.map(\.magnitude).max() ?? 0
    var entered: Int?
    for _ in 0..<(20 * count + 50) {
      // Down to the minimum on the active set, dropping what would become negative.
      while !active.isEmpty {
        let target = minimum(on: active)
        let blocked = active.indices.filter { !(target[$0] > 0) }
        if blocked.isEmpty {
          for (index, position) in active.enumerated() { point[position] = target[index] }
          break
        }
        var step = 1.0
        for index in blocked {
          let value = point[active[index]]
          let denominator = value - target[index]
          step = denominator > 0 ? min(step, value / denominator) : 0
        }
        for (index, position) in active.enumerated() {
          point[position] += step * (target[index] - point[position])
        }
        let least = blocked.min { point[active[$0]] < point[active[$1]] } ?? blocked[0]
        for index in active.indices where index == least || point[active[index]] <= 0 {
          point[active[index]] = 0
        }
        active = active.filter { point[$0] > 0 }
      }
      var best: (position: Int, slope: Double)?
      for position in 0..<count where point[position] == 0 {
        var slope = linear[position]
        for other in active { slope -= gram[position * count + other] * point[other] }
        if slope > 1e-12 * scale, slope > best?.slope ?? 0, position != entered { best = (position, slope) }
      }
      guard let best else { break }
      entered = best.position
      active.append(best.position)
      point[best.position] = .leastNormalMagnitude
    }
    return point
  }

  /// The minimum on a set of coordinates, slightly regularised.
  private func minimum(on active: [Int]) -> [Double] {
    let size = active.count
    var matrix = [Double](repeating: 0, count: size * size)
    for (i, a) in active.enumerated() {
      for (j, b) in active.enumerated() { matrix[i * size + j] = gram[a * count + b] }
    }
    return CholeskySolver(matrix, size: size).solve(active.map { linear[$0] })
  }
}

/// Solves positive semidefinite systems in doubles, with a regularisation of about the rounding error.
struct CholeskySolver {
  private var factor: [Double]
  private let size: Int

  /// - Parameter matrix: row major, symmetric.
  init(_ matrix: [Double], size: Int) {
    factor = matrix
    self.size = size
    factor.withUnsafeMutableBufferPointer { factor in
      for column in 0..<size {
        let original = factor[column * size + column]
        var pivot = original
        for k in 0..<column { pivot -= factor[column * size + k] * factor[column * size + k] }
        pivot = max(pivot, 1e-14 * original, .leastNormalMagnitude)
        let root = pivot.squareRoot()
        factor[column * size + column] = root
        for row in (column + 1)..<max(size, column + 1) {
          var sum = factor[row * size + column]
          for k in 0..<column { sum -= factor[row * size + k] * factor[column * size + k] }
          factor[row * size + column] = sum / root
        }
      }
    }
  }

  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for row in 0..<size {
      for k in 0..<row { x[row] -= factor[row * size + k] * x[k] }
      x[row] /= factor[row * size + row]
    }
    for row in (0..<size).reversed() {
      for k in (row + 1)..<max(size, row + 1) { x[row] -= factor[k * size + row] * x[k] }
      x[row] /= factor[row * size + row]
    }
    return x
  }
}
