import Algebra

/// The metric `W` of the squared error once the best linear coefficients are put in.
///
/// With the weights `ω_i` of the observations, `Ω` their diagonal matrix, the features `v_i` (the rows of `V`) and the
/// penalties `μ_j` of their coefficients let `N = VᵀΩV + diag(μ)`. For every `u` the least value of
/// `Σ ω_i (u_i − ⟨c, v_i⟩)² + Σ μ_j c_j²` is `uᵀWu`, attained at `c = N⁻¹VᵀΩu`, with
///
///     W = Ω − ΩV N⁻¹ VᵀΩ,    0 ≤ W ≤ Ω.
///
/// The residual is `r = W(y − p)` with `p` the output of the hidden units: `r_i = ω_i (y_i − f(x_i))`.
package struct ErrorMetric<Engine: AlgebraEngine>: Sendable {
  package typealias Rational = Engine.Rational
  package typealias Matrix = Engine.RationalMatrix

  /// `ω_i`; `nil` if all are 1.
  package let weights: [Rational]?
  /// `V`, `n × p`; `nil` without features.
  package let features: Matrix?
  /// `N⁻¹`, `p × p`.
  private let inverse: Matrix?
  /// `N = LDLᵀ`: `L⁻¹`, and the diagonal of `D`.
  package let whitening: (rows: Matrix, pivots: [Rational])?

  /// - Parameters:
  ///   - weights: positive.
  ///   - features: `v_i` for every row, all of the same length.
  ///   - penalties: one for each feature, not negative.
  /// - Throws: `AlgebraError` if `N` is singular: features without a penalty are dependent.
  package init(weights: [Rational]?, features: [[Rational]], penalties: [Rational]) throws {
    self.weights = weights
    guard !penalties.isEmpty else {
      (self.features, inverse, whitening) = (nil, nil, nil)
      return
    }
    let matrix = try Matrix(rows: features.count, columns: penalties.count, entries: features.flatMap { $0 })
    self.features = matrix
    var normal = try matrix.transposed.multiplied(by: Self.scaled(matrix, weights))
    for (column, penalty) in penalties.enumerated() { normal[column, column] += penalty }
    inverse = try normal.inverse()
    whitening = try Self.decomposition(normal)
  }

  /// Whether `W = I`.
  package var isIdentity: Bool { weights == nil && features == nil }

  /// The number `p` of features.
  package var featureCount: Int { features?.columns ?? 0 }

  /// `ω_row`.
  package func weight(_ row: Int) -> Rational { weights?[row] ?? 1 }

  /// `W u`.
  package func applied(to vector: [Rational]) throws -> [Rational] {
    guard !isIdentity else { return vector }
    return try applied(to: Matrix(rows: vector.count, columns: 1, entries: vector)).entries
  }

  /// `W U` for the columns of a matrix.
  package func applied(to matrix: Matrix) throws -> Matrix {
    guard !isIdentity else { return matrix }
    guard let features else { return Self.scaled(matrix, weights) }
    let fitted = try features.multiplied(by: coefficients(of: matrix))
    return Self.scaled(try matrix.subtracting(fitted), weights)
  }

  /// `VᵀΩ U`; `nil` without features.
  package func products(with matrix: Matrix) throws -> Matrix? {
    try features?.transposed.multiplied(by: Self.scaled(matrix, weights))
  }

  /// `N⁻¹ A` for `A = VᵀΩ U`: the best coefficients for the columns of `U`.
  package func coefficients(ofProducts products: Matrix) throws -> Matrix {
    try inverse?.multiplied(by: products) ?? products
  }

  private func coefficients(of matrix: Matrix) throws -> Matrix {
    guard let products = try products(with: matrix) else {
      return Matrix.zero(rows: 0, columns: matrix.columns)
    }
    return try coefficients(ofProducts: products)
  }

  /// `Ω U`.
  package func weighted(_ matrix: Matrix) -> Matrix { Self.scaled(matrix, weights) }

  private static func scaled(_ matrix: Matrix, _ weights: [Rational]?) -> Matrix {
    guard let weights else { return matrix }
    var scaled = matrix
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { scaled[row, column] = matrix[row, column] * weights[row] }
    }
    return scaled
  }

  /// `L⁻¹` and the diagonal of `D` for a positive definite `N = LDLᵀ`.
  private static func decomposition(_ normal: Matrix) throws -> (rows: Matrix, pivots: [Rational]) {
    var (matrix, rows) = (normal, Matrix.identity(normal.rows))
    for pivot in 0..<normal.rows {
      for row in (pivot + 1)..<max(pivot + 1, normal.rows) {
        let factor = try matrix[row, pivot].divided(by: matrix[pivot, pivot])
        for column in 0..<normal.rows {
          matrix[row, column] -= factor * matrix[pivot, column]
          rows[row, column] -= factor * rows[pivot, column]
        }
      }
    }
    return (rows, (0..<normal.rows).map { matrix[$0, $0] })
  }
}
