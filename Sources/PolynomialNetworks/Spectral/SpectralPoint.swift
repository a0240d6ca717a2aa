import Algebra

/// The form `X_s = Σ_{i ∈ s} (t_i − τ_s) u_i u_iᵀ` in any arithmetic that has the eigenvalues.
struct SpectralPoint<Engine: AlgebraEngine> {
  let signs: SpectralSigns<Engine>
  let selection: SpectralSelection

  private var product: SpectralInnerProduct<Engine> { signs.product }

  /// - Returns: `nil` if the precision does not suffice.
  func form<A: PointArithmetic>(
    _ frame: Eigenprojectors<A>, _ arithmetic: A
  ) throws -> [[A.Scalar]]? where A.Rational == Engine.Rational {
    let threshold = try signs.threshold(selection, frame.values, arithmetic)
    let n = signs.product.covariance.rows
    // The lower triangle, then the others.
    var form = (0..<n).map { [A.Scalar](repeating: arithmetic.zero, count: $0 + 1) }
    for e in selection.chosen {
      var part = frame.projectors[e]
      if selection.counts[e] < selection.multiplicities[e] {
        guard let smaller = try subspace(of: part, dimension: selection.counts[e], arithmetic) else {
          return nil
        }
        part = smaller
      }
      let weight = arithmetic.difference(frame.values[e], threshold)
      for i in 0..<n {
        for j in 0...i { form[i][j] = arithmetic.sum(form[i][j], arithmetic.product(part[i][j], weight)) }
      }
    }
    return (0..<n).map { i in (0..<n).map { form[max(i, $0)][min(i, $0)] } }
  }

  /// `K (Kᵀ S K)⁻¹ Kᵀ` for the first independent columns K of a matrix.
  private func subspace<A: PointArithmetic>(
    of matrix: [[A.Scalar]], dimension: Int, _ arithmetic: A
  ) throws -> [[A.Scalar]]? where A.Rational == Engine.Rational {
    let covariance = arithmetic.matrix(product.covariance)
    var columns: [[A.Scalar]] = []
    for column in arithmetic.transpose(matrix) where columns.count < dimension {
      let candidates = columns + [column]
      let gram = arithmetic.product(
        arithmetic.product(candidates, covariance), arithmetic.transpose(candidates))
      if try arithmetic.inertia(gram)?.positive == candidates.count { columns = candidates }
    }
    guard columns.count == dimension else { return nil }
    let gram = arithmetic.product(arithmetic.product(columns, covariance), arithmetic.transpose(columns))
    guard let inverse = try arithmetic.inverse(gram) else { return nil }
    return arithmetic.product(arithmetic.transpose(columns), arithmetic.product(inverse, columns))
  }

  /// Half the squared norm of `X_s − T`.
  func loss<A: PointArithmetic>(
    _ values: [A.Scalar], _ arithmetic: A
  ) throws -> A.Scalar where A.Rational == Engine.Rational {
    let threshold = try signs.threshold(selection, values, arithmetic)
    let count = arithmetic.constant(Engine.Rational(selection.rank))
    // The eigenvalues of (X − T) S are −τ_s on s and −t_j elsewhere.
    var trace = arithmetic.product(count, threshold)
    var squares = arithmetic.product(count, arithmetic.product(threshold, threshold))
    for e in selection.left {
      let count = arithmetic.constant(
        Engine.Rational(selection.multiplicities[e] - selection.counts[e]))
      trace = arithmetic.sum(trace, arithmetic.product(count, values[e]))
      squares = arithmetic.sum(
        squares, arithmetic.product(count, arithmetic.product(values[e], values[e])))
    }
    let total = arithmetic.sum(
      arithmetic.product(arithmetic.constant(product.squareWeight), squares),
      arithmetic.product(arithmetic.constant(product.traceWeight), arithmetic.product(trace, trace)))
    return try arithmetic.quotient(total, arithmetic.constant(2))
  }
}
