import Algebra

/// Finds a support of the minimiser of `G` on which the `K_l r` are independent, and proves the solution on
/// it.
struct SupportSearch<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball

  let system: StratumSystem<Engine>
  let precision: Int

  /// A proved point of a support, with the faces beside it.
  struct Outcome {
    let point: CriticalPoint<Engine>
    /// Faces off the support for which the balls cannot tell `|q_l| < λ` from equality.
    let ties: [Int]
    /// Whether some face off the support certainly has `|q_l| < λ`.
    let hasDeadUnit: Bool
  }

  /// - Parameter start: an approximate minimiser, one share for each face.
  /// - Returns: `nil` if no support could be proved at this precision.
  func find(from start: [Double]) -> Outcome? {
    let largest = start.max() ?? 0
    var shares = start.map { $0.isFinite && $0 > 1e-10 * largest ? $0 : 0 }
    var visited: Set<[Int]> = []
    while true {
      let support = shares.indices.filter { shares[$0] > 0 }
      guard visited.insert(support).inserted else { return nil }
      guard let point = solve(support, shares) else {
        guard let reduced = reduce(shares, support) else { return nil }
        shares = reduced
        continue
      }
      if let negative = mostNegative(point) {
        shares[negative] = 0
        continue
      }
      for (index, position) in support.enumerated() { shares[position] = point.shares[index].approximation }
      var ties: [Int] = []
      var hasDeadUnit = false
      var missing: Int?
      for position in shares.indices where shares[position] == 0 {
        switch defect(point, position).sign {
        case .negative: hasDeadUnit = true
        case .positive: missing = missing ?? position
        case .zero, .unknown: ties.append(position)
        }
      }
      guard let missing else { return Outcome(point: point, ties: ties, hasDeadUnit: hasDeadUnit) }
      shares[missing] = 1e-3 * (shares.max() ?? 1).nextUp + .leastNormalMagnitude
    }
  }

  /// `|q_l|² − λ²`.
  func defect(_ point: CriticalPoint<Engine>, _ position: Int) -> Ball {
    let ridge = Ball(system.ridge, precision: precision)
    return point.gradients[position].squaredNorm() - ridge * ridge
  }

  private func solve(_ support: [Int], _ shares: [Double]) -> CriticalPoint<Engine>? {
    guard !support.isEmpty else { return CriticalPoint(originOf: system, precision: precision) }
    return CriticalPointSolver(system, support: support, precision: precision)
      .solve(from: support.map { Ball(shares[$0], precision: precision) })
  }

  private func mostNegative(_ point: CriticalPoint<Engine>) -> Int? {
    let negative = point.shares.indices.filter { point.shares[$0].sign != .positive }
    return negative.min { point.shares[$0].approximation < point.shares[$1].approximation }
      .map { point.support[$0] }
  }

  /// Carathéodory: moves the shares along a dependence of the `K_l r` until one of them vanishes; where
  /// they are not dependent, drops a share that is nearly zero.
  private func reduce(_ shares: [Double], _ support: [Int]) -> [Double]? {
    guard support.count > 1 else { return nil }
    var reduced = shares
    if let direction = nearDependence(shares, support) {
      let lengths = support.indices.map { index in
        direction[index] > 0 ? shares[support[index]] / direction[index] : Double.infinity
      }
      guard let shortest = lengths.indices.min(by: { lengths[$0] < lengths[$1] }), lengths[shortest].isFinite
      else { return nil }
      for (index, position) in support.enumerated() {
        reduced[position] = max(0, shares[position] - lengths[shortest] * direction[index])
      }
      reduced[support[shortest]] = 0
      return reduced
    }
    guard let smallest = support.min(by: { shares[$0] < shares[$1] }),
      shares[smallest] < 1e-4 * (shares.max() ?? 0)
    else { return nil }
    reduced[smallest] = 0
    return reduced
  }

  /// Coefficients `d` with `Σ d_l K_l r ≈ 0` and a positive entry, if the vectors are nearly dependent at the
  /// point with these shares.
  private func nearDependence(_ shares: [Double], _ support: [Int]) -> [Double]? {
    guard let vectors = imagesInDoubles(shares, support) else { return nil }
    let norms = vectors.map { vector in vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    guard norms.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    // Modified Gram–Schmidt that also keeps how each remainder is combined from the vectors.
    var basis: [(vector: [Double], combination: [Double])] = []
    for index in support.indices {
      var vector = vectors[index].map { $0 / norms[index] }
      var combination = support.indices.map { $0 == index ? 1 / norms[index] : 0 }
      for _ in 0..<2 {
        for other in basis {
          let product = zip(vector, other.vector).reduce(0) { $0 + $1.0 * $1.1 }
          vector = zip(vector, other.vector).map { $0 - product * $1 }
          combination = zip(combination, other.combination).map { $0 - product * $1 }
        }
      }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if length < 1e-6 {
        return combination.contains { $0 > 0 } ? combination : combination.map { -$0 }
      }
      basis.append((vector.map { $0 / length }, combination.map { $0 / length }))
    }
    return nil
  }

  /// `K_l r = X_l q_l` at the point with these shares, in doubles.
  private func imagesInDoubles(_ shares: [Double], _ support: [Int]) -> [[Double]]? {
    let size = system.dimension
    let working = 64
    let ridge = Ball(system.ridge, precision: working)
    var matrix = Engine.BallMatrix.identity(support.count * size, precision: working).scaled(by: ridge)
    var right = Engine.BallMatrix.zero(rows: support.count * size, columns: 1, precision: working)
    for (l, left) in support.enumerated() {
      right.addBlock(
        Engine.BallMatrix(system.products[left], precision: working), scaledBy: ridge, row: l * size,
        column: 0)
      for (m, other) in support.enumerated() {
        matrix.addBlock(
          Engine.BallMatrix(system.blocks[left][other], precision: working),
          scaledBy: Ball(shares[other], precision: working), row: l * size, column: m * size)
      }
    }
    guard let solution = matrix.solve(right) else { return nil }
    return support.enumerated().map { l, position in
      let gradient = Engine.BallMatrix(
        rows: size, columns: 1, entries: (0..<size).map { solution[l * size + $0, 0] })
      let image = Engine.BallMatrix(system.designs[position], precision: working) * gradient
      return (0..<system.rowCount).map { image[$0, 0].approximation }
    }
  }
}
