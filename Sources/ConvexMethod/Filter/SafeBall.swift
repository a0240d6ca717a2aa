/// A ball that contains the residual `r*` of a stratum's group lasso, found from an approximate minimiser in
/// doubles, with every rounding error accounted for.
///
/// **The ball.** Let `c` be the float coordinates, taken as exact numbers: they define `h_l = Q_l c_l` with
/// `|h_l| = |c_l|`, and `r = y − Σ A_l c_l`. With `τ ≤ 1` such that `τ |g_l| ≤ λ` for all `l`, `ρ = τ r` is
/// feasible for the dual problem `max 2⟨y,ρ⟩ − |ρ|²`, `|A_lᵀ ρ| ≤ λ`, of which `r*` is the maximiser. Primal
/// and dual are strongly convex in `r`, hence `|r* − r|² + |r* − ρ|² ≤ γ` with the gap
/// `γ = (1 − τ)² |r|² + 2 Σ_l (λ |c_l| − τ ⟨c_l, g_l⟩)`, and by the parallelogram law
/// `|r* − (r + ρ)/2|² ≤ γ/2 − (1 − τ)² |r|²/4`.
///
/// **The rounding.** Put `S = |y| + Σ_l ν_l |c_l|` with `ν_l` the scale of face `l`, and `ε` the tables'
/// rounding unit, `4u (n + D² + 16 + Σ k_l)` with `u = 2⁻⁵³` (without the `n` where sums over rows come from
/// prefix sums in double-double arithmetic, whose errors do not show). Standard bounds for inner products (Higham,
/// *Accuracy and Stability of Numerical Algorithms*, 2002, section 3.1) give, for the computed values,
/// `|ĝ_l − g_l| ≤ ε ν_l S` (errors of the stored Gram matrix, of `A_l` and of `y` included),
/// `||r|²^ − |r|²| ≤ 4 ε S²`, and `|γ̂ − γ| ≤ 8 ε (S² + λ Σ |c_l|)`. A NaN makes every comparison false, so it
/// never leads to a verdict.
package struct SafeBall {
  /// The centre is this multiple of `r`.
  package let centreFactor: Double
  package let radius: Double
  /// `ε S`: times a face's scale it bounds the error of its computed `g_l`; it also bounds the error of a
  /// computed residual.
  package let roundingScale: Double

  /// - Parameter multiple: an upper bound for `τ`.
  package init(
    _ workspace: GroupLassoWorkspace, _ tables: FilterTables.View, faces: UnsafePointer<Int>,
    atMost multiple: Double = 1
  ) {
    let epsilon = tables.rounding(columns: workspace.columnCount)
    var magnitude = tables.targetNorm
    var (ridgeTerm, product, fitted) = (0.0, 0.0, 0.0)
    for index in 0..<workspace.faceCount {
      var (square, inner) = (0.0, 0.0)
      for i in workspace.blockStart[index]..<workspace.blockStart[index + 1] {
        let coordinate = workspace.coordinates[i]
        square += coordinate * coordinate
        inner += coordinate * workspace.gradients[i]
        fitted += coordinate * workspace.products[i]
      }
      let length = square.squareRoot()
      magnitude += tables.faces[faces[index]].scale * length
      ridgeTerm += workspace.ridge * length
      product += inner
    }
    magnitude *= 1 + epsilon
    let rounding = epsilon * magnitude
    var largest = 0.0
    for index in 0..<workspace.faceCount {
      largest = max(largest, workspace.norms[index] + rounding * tables.faces[faces[index]].scale)
    }
    let tau = min(multiple, largest <= workspace.ridge ? 1 : workspace.ridge / largest * (1 - 8 * 0x1p-53))
    let square = workspace.targetSquare - fitted - product
    let squareError = 4 * rounding * magnitude
    let deficit = (1 - tau) * (1 - tau)
    let gap =
      deficit * (max(0, square) + squareError) + 2 * (ridgeTerm - tau * product)
      + 8 * epsilon * (magnitude * magnitude + ridgeTerm)
    let radiusSquare = gap / 2 - deficit * max(0, square - squareError) / 4
    centreFactor = (1 + tau) / 2
    // `max` would swallow a NaN.
    radius = (radiusSquare < 0 ? 0 : radiusSquare).squareRoot() * (1 + epsilon)
    roundingScale = rounding
  }
}
