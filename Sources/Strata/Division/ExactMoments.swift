import Algebra

/// Exact sums over the data rows, weighted by the slopes of faces: `MᵀM'` for two faces and `Mᵀ y`.
///
/// Cost: a few rational operations in the plane, else one pass over the rows.
package struct ExactMoments<Engine: AlgebraEngine>: Sendable {
  package typealias Rational = Engine.Rational
  package typealias Matrix = Engine.RationalMatrix

  private let problem: ScaledProblem<Engine>
  private let vectors: Matrix
  private let planar: PlanarOrder?
  /// `z_1², z_1 z_2, z_2², y z_1, y z_2` summed over the rows before a position, twice around.
  private let prefix: [[Rational]]
  /// `|y|²`.
  package let targetSquare: Rational

  package init(_ problem: ScaledProblem<Engine>, vectors: Matrix, planar: PlanarOrder?) {
    self.problem = problem
    self.vectors = vectors
    self.planar = planar
    targetSquare = problem.targets.reduce(0) { $0 + $1 * $1 }
    var sums: [Rational] = [0, 0, 0, 0, 0]
    var prefix = [sums]
    if let planar {
      for row in planar.rows + planar.rows {
        let (a, b, y) = (problem.vectors[row][0], problem.vectors[row][1], problem.targets[row])
        sums = zip(sums, [a * a, a * b, b * b, y * a, y * b]).map { $0 + $1 }
        prefix.append(sums)
      }
    }
    self.prefix = prefix
  }

  /// The prefix sums of `z_1², z_1 z_2, z_2²`, for conversion to doubles; empty unless planar.
  package var squares: [[Rational]] { planar == nil ? [] : prefix.map { Array($0[0..<3]) } }

  /// `MᵀM' = Σ_i e_i e'_i z_i z_iᵀ`, `D × D`.
  package func second(_ face: UnitFace<Engine>, _ other: UnitFace<Engine>) throws -> Matrix {
    let slope = problem.activation.slope
    guard let planar else {
      return try scaled(face).transposed.multiplied(by: scaled(other))
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

  /// `Mᵀ y`, `D × 1`.
  package func first(_ face: UnitFace<Engine>) throws -> Matrix {
    guard let planar else {
      let targets = try Matrix(rows: problem.rowCount, columns: 1, entries: problem.targets)
      return try scaled(face).transposed.multiplied(by: targets)
    }
    func sum(_ term: Int) -> Rational {
      let (positive, negative) = (planar.positive[face.index], planar.negative[face.index])
      return prefix[positive.end][term] - prefix[positive.start][term]
        + problem.activation.slope * (prefix[negative.end][term] - prefix[negative.start][term])
    }
    return try Matrix(rows: 2, columns: 1, entries: [sum(3), sum(4)])
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
