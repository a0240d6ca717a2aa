/// Bounds for the coordinates of a vector from its length in the norm of a positive definite matrix.
///
/// **Theorem.** Let `K` be symmetric and positive semidefinite, `p_i` any vectors, `a_i ≥ (p_iᵀ K p_i)^½`, and
/// `ρ_ij ≥ |(e_i − K p_i)_j|`. If `2 Σ_j ρ_ij a_j ≤ a_i` for all `i`, then `|Δ_i| ≤ 2 a_i (Δᵀ K Δ)^½` for all `Δ`.
///
/// *Proof.* `Δ_i = p_iᵀ K Δ + (e_i − K p_i)ᵀ Δ`, so with `N = (Δᵀ K Δ)^½`, by Cauchy and Schwarz,
/// `|Δ_i| ≤ a_i N + Σ_j ρ_ij |Δ_j|`. Let `t` be the greatest of the `|Δ_i| / (2 a_i)`, attained at `i`. Then
/// `2 a_i t ≤ a_i N + t Σ_j ρ_ij 2 a_j ≤ a_i N + a_i t`, hence `t ≤ N`. ∎
///
/// No eigenvalue is asked for: a change of units of a coordinate changes its bound alone. The `p_i` are the columns
/// of an approximate inverse; a matrix that is singular, or nearly so, fails the condition.
///
/// **Rounding.** The stored matrix is off by at most `ε α_i α_j` in the entry `i, j`; what is computed from it are
/// sums of at most `k` products, whose errors `ε` covers, too (see `SharpBounds`).
final class CoordinateBounds {
  let stride: Int
  /// The matrix `K`, to be filled by the caller, row major.
  let matrix: UnsafeMutablePointer<Double>
  private let factor: UnsafeMutablePointer<Double>
  private let column: UnsafeMutablePointer<Double>
  /// `ρ_ij`.
  private let defects: UnsafeMutablePointer<Double>
  /// `a_i`.
  private let lengths: UnsafeMutablePointer<Double>
  /// For every coordinate a bound of `|Δ_i| / (Δᵀ K Δ)^½`.
  let bounds: UnsafeMutablePointer<Double>

  init(maximumColumns: Int) {
    stride = max(1, maximumColumns)
    matrix = .allocate(capacity: stride * stride)
    factor = .allocate(capacity: stride * stride)
    defects = .allocate(capacity: stride * stride)
    column = .allocate(capacity: stride)
    lengths = .allocate(capacity: stride)
    bounds = .allocate(capacity: stride)
  }

  deinit {
    for pointer in [matrix, factor, defects, column, lengths, bounds] { pointer.deallocate() }
  }

  /// Computes `bounds` for the matrix.
  ///
  /// - Parameters:
  ///   - count: the number of coordinates.
  ///   - scales: `α_i`.
  /// - Returns: false if the matrix is too nearly singular. Cost: about `2 count³` multiplications.
  func compute(count: Int, scales: UnsafePointer<Double>, epsilon: Double) -> Bool {
    guard factorise(count, scales, epsilon) else { return false }
    for i in 0..<count {
      invert(i, count)
      var size = 0.0
      for j in 0..<count { size += scales[j] * abs(column[j]) }
      var square = epsilon * size * size
      for j in 0..<count {
        var sum = 0.0
        for l in 0..<count { sum += matrix[j * stride + l] * column[l] }
        square += column[j] * sum
        defects[i * stride + j] = abs((i == j ? 1 : 0) - sum) + epsilon * scales[j] * size
      }
      // Negative or not a number: not to be trusted.
      guard square >= 0 else { return false }
      lengths[i] = square.squareRoot() * (1 + epsilon)
      bounds[i] = 2 * lengths[i]
    }
    for i in 0..<count {
      var missed = 0.0
      for j in 0..<count { missed += defects[i * stride + j] * lengths[j] }
      guard 2 * missed * (1 + epsilon) <= lengths[i] else { return false }
    }
    return true
  }

  /// Cholesky's factor, its diagonal inverted; false if a pivot is lost in rounding.
  private func factorise(_ count: Int, _ scales: UnsafePointer<Double>, _ epsilon: Double) -> Bool {
    for i in 0..<count {
      for j in 0...i {
        var sum = matrix[i * stride + j]
        for l in 0..<j { sum -= factor[i * stride + l] * factor[j * stride + l] }
        if j < i {
          factor[i * stride + j] = sum * factor[j * stride + j]
        } else {
          guard sum > epsilon * scales[i] * scales[i] else { return false }
          factor[i * stride + i] = 1 / sum.squareRoot()
        }
      }
    }
    return true
  }

  /// Sets `column` to about the column `i` of the inverse.
  private func invert(_ i: Int, _ count: Int) {
    for row in 0..<count {
      guard row >= i else {
        column[row] = 0
        continue
      }
      var sum = row == i ? 1.0 : 0
      for l in i..<row { sum -= factor[row * stride + l] * column[l] }
      column[row] = sum * factor[row * stride + row]
    }
    for row in Swift.stride(from: count - 1, through: 0, by: -1) {
      var sum = column[row]
      for l in (row + 1)..<max(row + 1, count) { sum -= factor[l * stride + row] * column[l] }
      column[row] = sum * factor[row * stride + row]
    }
  }
}
