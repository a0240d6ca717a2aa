import Algebra

/// Exact sums over the data rows, weighted by the slopes of faces: `MᵀWM'` for two faces and `MᵀW y`, with the metric
/// `W` of the squared error.
///
/// Cost: a few rational operations in the plane, else one pass over the rows.
package struct ExactMoments<Engine: AlgebraEngine>: Sendable {
  package typealias Rational = Engine.Rational
  package typealias Matrix = Engine.RationalMatrix

  private let problem: ScaledProblem<Engine>
  private let vectors: Matrix
  private let planar: PlanarOrder?
  /// `ω z_1², ω z_1 z_2, ω z_2²`, then `u z_1, u z_2` for `u = W y` and for the columns of `ΩV`, summed over the rows
  /// before a position, twice around.
  private let prefix: [[Rational]]
  /// `W y`.
  package let weightedTargets: [Rational]
  /// `yᵀ W y`.
  package let targetSquare: Rational
  /// `VᵀΩ y`; `nil` without features.
  package let targetProducts: Matrix?

  /// - Throws: `AlgebraError`.
  package init(_ problem: ScaledProblem<Engine>, vectors: Matrix, planar: PlanarOrder?) throws {
    self.problem = problem
    self.vectors = vectors
    self.planar = planar
    let metric = problem.metric
    weightedTargets = try metric.applied(to: problem.targets)
    targetSquare = zip(problem.targets, weightedTargets).reduce(0) { $0 + $1.0 * $1.1 }
    targetProducts = try metric.products(
      with: Matrix(rows: problem.rowCount, columns: 1, entries: problem.targets))
    let features = metric.features.map(metric.weighted)
    var sums = [Rational](repeating: 0, count: 5 + 2 * metric.featureCount)
    var prefix = [sums]
    if let planar {
      for row in planar.rows + planar.rows {
        let (a, b, y) = (problem.vectors[row][0], problem.vectors[row][1], weightedTargets[row])
        var terms = [a * a, a * b, b * b]
        if metric.weights != nil { terms = terms.map { $0 * metric.weight(row) } }
        terms += [y * a, y * b]
        if let features {
          for column in 0..<features.columns {
            terms += [features[row, column] * a, features[row, column] * b]
          }
        }
        sums = zip(sums, terms).map { $0 + $1 }
        prefix.append(sums)
      }
    }
    self.prefix = prefix
  }

  /// The prefix sums of `ω z_1², ω z_1 z_2, ω z_2²`, for conversion to doubles; empty unless planar.
  package var squares: [[Rational]] { planar == nil ? [] : prefix.map { Array($0[0..<3]) } }

  /// `MᵀWM'`, `D × D`.
  package func second(_ face: UnitFace<Engine>, _ other: UnitFace<Engine>) throws -> Matrix {
    let square = try weightedSecond(face, other)
    guard let left = try products(face), let right = try products(other) else { return square }
    return try square.subtracting(
      left.transposed.multiplied(by: problem.metric.coefficients(ofProducts: right)))
  }

  /// `VᵀΩM`, `p × D`; `nil` without features.
  package func products(_ face: UnitFace<Engine>) throws -> Matrix? {
    let count = problem.metric.featureCount
    guard count > 0 else { return nil }
    guard let planar else { return try problem.metric.products(with: scaled(face)) }
    return try Matrix(
      rows: count, columns: 2, entries: (5..<(5 + 2 * count)).map { sum($0, face, planar) })
  }

  /// `MᵀΩM' = Σ_i ω_i e_i e'_i z_i z_iᵀ`.
  private func weightedSecond(_ face: UnitFace<Engine>, _ other: UnitFace<Engine>) throws -> Matrix {
    let slope = problem.activation.slope
    guard let planar else {
      return try scaled(face).transposed.multiplied(by: problem.metric.weighted(scaled(other)))
    }
    var sums: [Rational] = [0, 0, 0]
    func add(_ first: PlanarOrder.Arc, _ second: PlanarOrder.Arc, _ weight: Rational) {
      PlanarOrder.forEachCommonRange(first, second, count: planar.count) { from, to in
        for term in 0..<3 { sums[term] += weight * (prefix[to][term] - prefix[from][term]) }
      }
    }
    let (i, j) = (face.index, other.index)
    add(planar.positive[i], planar.positive[j], 1)
    if slope != 0 {
      add(planar.positive[i], planar.negative[j], slope)
      add(planar.negative[i], planar.positive[j], slope)
      add(planar.negative[i], planar.negative[j], slope * slope)
    }
    return try Matrix(rows: 2, columns: 2, entries: [sums[0], sums[1], sums[1], sums[2]])
  }

  /// `MᵀW y`, `D × 1`.
  package func first(_ face: UnitFace<Engine>) throws -> Matrix {
    guard let planar else {
      let targets = try Matrix(rows: problem.rowCount, columns: 1, entries: weightedTargets)
      return try scaled(face).transposed.multiplied(by: targets)
    }
    return try Matrix(rows: 2, columns: 1, entries: [sum(3, face, planar), sum(4, face, planar)])
  }

  /// A term of the prefix sums over a face's rows, times their slopes.
  private func sum(_ term: Int, _ face: UnitFace<Engine>, _ planar: PlanarOrder) -> Rational {
    let (positive, negative) = (planar.positive[face.index], planar.negative[face.index])
    return prefix[positive.end][term] - prefix[positive.start][term]
      + problem.activation.slope * (prefix[negative.end][term] - prefix[negative.start][term])
  }

  /// `M = diag(e) Z`, `n × D`.
  private func scaled(_ face: UnitFace<Engine>) -> Matrix {
    var scaled = vectors
    for row in 0..<problem.rowCount {
      let slope = face.slope(at: row, problem.activation)
      guard slope != 1 else { continue }
      for column in 0..<scaled.columns { scaled[row, column] = scaled[row, column] * slope }
    }
    return scaled
  }
}
