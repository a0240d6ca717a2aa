import Algebra
import RealSolving

/// The exact residual of a block of the support whose matrices `K_l` all have rank one, such as units on rays.
///
/// Then `X_l = k_l p_lᵀ`, and `|q_l| = λ` is linear up to a sign that the balls know: `k_l · r = ± λ/|p_l|`.
/// With `r = W (y − Σ x_m k_m)` the coefficients solve a rational linear system, so `r` is a combination of `1` and
/// the `1/|p_l|`: a vector over a field of square roots.
package struct RankOneSupport<Engine: AlgebraEngine> {
  package typealias Rational = Engine.Rational

  private let system: StratumSystem<Engine>
  private let support: [Int]
  /// `k_l` as the rows of a matrix, `|T| × n`.
  private let directions: Engine.RationalMatrix
  /// `|p_l|²`.
  private let squares: [Rational]
  /// The signs of `k_l · r`.
  private let signs: [Int]

  /// - Returns: `nil` if some `K_l` of the support has a greater rank, or a sign cannot be told.
  package init?(_ system: StratumSystem<Engine>, _ point: CriticalPoint<Engine>, support: [Int]) throws {
    self.system = system
    self.support = support
    var rows: [Rational] = []
    var squares: [Rational] = []
    var signs: [Int] = []
    for position in support {
      let design = try system.design(position)
      guard let (direction, vector) = try Self.rankOneFactors(of: design) else { return nil }
      rows += direction
      squares.append(vector.reduce(0) { $0 + $1 * $1 })
      // Other blocks do not act where `k` has entries: the whole residual serves as well.
      var product = Engine.Ball(0.0, precision: point.precision)
      for (row, coefficient) in direction.enumerated() where coefficient != 0 {
        product =
          product + Engine.Ball(coefficient, precision: point.precision) * point.residual.value(at: row)
      }
      switch product.sign {
      case .positive: signs.append(1)
      case .negative: signs.append(-1)
      case .zero, .unknown: return nil
      }
    }
    directions = try Engine.RationalMatrix(
      rows: support.count, columns: system.rowCount, entries: rows)
    self.squares = squares
    self.signs = signs
  }

  /// `k` and `p` with `X = k pᵀ`, if `X` has rank one.
  private static func rankOneFactors(
    of design: Engine.RationalMatrix
  ) throws -> (direction: [Rational], vector: [Rational])? {
    guard
      let row = (0..<design.rows).first(where: { row in
        (0..<design.columns).contains { design[row, $0] != 0 }
      })
    else { return nil }
    let vector = (0..<design.columns).map { design[row, $0] }
    guard let pivot = vector.firstIndex(where: { $0 != 0 }) else { return nil }
    let direction = try (0..<design.rows).map { try design[$0, pivot].divided(by: vector[pivot]) }
    for i in 0..<design.rows {
      for j in 0..<design.columns where design[i, j] != direction[i] * vector[j] { return nil }
    }
    return (direction, vector)
  }

  package func block() throws -> ExactResidual<Engine>.Block? {
    let roots = try SquareRootField<Engine>(radicands: squares)
    let field = roots.field
    let images = try system.division.problem.metric.applied(to: directions.transposed)
    let gram = try directions.multiplied(by: images)
    let inverse = try gram.inverse()
    let products = try directions.multiplied(by: system.targets())
    // k_l · W y − Σ_m (k_l · W k_m) x_m = ± λ/|p_l|
    let right = try squares.indices.map { index in
      let root = try field.scale(
        roots.roots[index], by: system.ridge.divided(by: squares[index]) * Rational(signs[index]))
      return field.subtract(field.constant(products[index, 0]), root)
    }
    let coefficients = squares.indices.map { row in
      squares.indices.reduce(field.zero) { field.add($0, field.scale(right[$1], by: inverse[row, $1])) }
    }
    let residual = (0..<system.rowCount).map { row in
      squares.indices.reduce(field.constant(system.division.moments.weightedTargets[row])) {
        field.subtract($0, field.scale(coefficients[$1], by: images[row, $1]))
      }
    }
    return ExactResidual.Block(support: support, field: field, residual: residual)
  }
}
