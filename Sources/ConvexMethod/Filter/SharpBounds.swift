/// Bounds for the solution of a stratum's group lasso that stay sharp when the ridge is small against the data,
/// where the safe ball is too large (see `SafeBall`, whose notation this keeps). They cost more than it: they are for
/// strata that it leaves open.
///
/// Let `c` be the float coordinates, `h_l = Q_l c_l`, `r = y − Σ A_l c_l`, `g_l = A_lᵀ r`; `c*`, `r*` the solution,
/// `Δ = c* − c`, so that `r* − r = −A Δ`.
///
/// **Regular strata.** *If `|Δ_i| ≤ D_i |A Δ|` for all `Δ`, and `2ξ` is a subgradient of the objective at `c`, then
/// `|r* − r| ≤ Σ_i |ξ_i| D_i =: R` and `|c*_i − c_i| ≤ D_i R`.* Here `ξ_l = λ c_l/|c_l| − g_l`, and for `c_l = 0` the
/// least of `λ v − g_l`, `|v| ≤ 1`.
///
/// *Proof.* The objective is `|A·|²`-strongly convex: `F(c*) ≥ F(c) + 2⟨ξ,Δ⟩ + |AΔ|²`, and `F(c) ≥ F(c*) + |AΔ|²`.
/// Hence `|AΔ|² ≤ −⟨ξ,Δ⟩ ≤ Σ |ξ_i| |Δ_i| ≤ R |AΔ|`. ∎ The bound is of first order in the ridge, however small:
/// the solution is then close to that of least squares. `D_i` comes from the Gram matrix (`CoordinateBounds`).
///
/// **Curved strata.** Where the Gram matrix is singular (units on adjacent cells), the ridge is what makes the solution
/// unique, and the dual problem says how firmly. For `s ≥ 0`, `r*` minimises `|r − y|²` subject to
/// `q_l(r) = (|A_lᵀ r|² − λ²)/λ ≤ 0`, and the Lagrangian `L(r) = |r − y|² + Σ s_l q_l(r)` is quadratic with the matrix
/// `H = I + Σ s_l A_l A_lᵀ / λ`. *Let `ρ` be feasible, `γ ≥ |ρ − y|² − L(r)`, `d_l = s_l g_l/λ − c_l` (zero where
/// `s_l = 0`), and `β = Σ |d_l| (λ/s_l)^½`. Then `|r* − r|_H ≤ 2β + γ^½ =: R`; in particular `|r* − r| ≤ R` and
/// `|A_lᵀ (r* − r)| ≤ (λ/s_l)^½ R`.*
///
/// *Proof.* `L(r*) ≤ |r* − y|² ≤ |ρ − y|²`. `L(r*) = L(r) + 2⟨Ad, r* − r⟩ + |r* − r|_H²`, as the gradient of `L` at `r`
/// is `2(r − y) + 2Σ s_l A_l g_l/λ = 2Ad`. Since `H ≥ s_l A_l A_lᵀ/λ`, `|⟨Ad, r* − r⟩| ≤ β |r* − r|_H`. ∎
///
/// The dual point is corrected before it is scaled: `ρ = τ (r + A x)`, with `x` such that `A_lᵀ(r + A x)` has about the
/// length `λ` for the alive units; then `γ` is of second order in what is missing to `|g_l| = λ`. With `Δ_l` the part of
/// a face, `P_l` the projection orthogonal to the computed `g_l`, and `K = AᵀA + diag((λ/s_l) P_l)` (half the Hessian of
/// the objective), *if all `s_l > 0`, and `|c*_l| ≤ ψ s_l` with `ψ ≥ 1`, then `(ΔᵀKΔ)^½ ≤ ψ (R + β)`.* For
/// `c*_l = s*_l g*_l/λ` with `s*_l = |c*_l|`, so that `P_l Δ_l = P_l (s*_l (g*_l − g_l)/λ + …)` is at most
/// `(s*_l/λ) |A_lᵀ(r* − r)|` and a part of `β`, and `|r* − r|² + Σ (s_l/λ) |A_lᵀ(r* − r)|² ≤ R²`. So again
/// `|Δ_i| ≤ D_i ψ (R + β)`, and `ψ` follows from that: `ψ ≤ max(1, |c_l|/s_l) + ψ ω`,
/// `ω = max |(D_i)_l| (R + β)/s_l`.
///
/// **Rounding.** Every column has a scale of its own, `α_i` (`FilterTables.View.columnScales`), so that the units of the
/// inputs do not matter; `ε = 2u (n + D² + 16 + k)`, half of the tables' unit, `S = |y| + Σ α_i |c_i|`. A sum of `m`
/// products is off by at most `m u` times the sum of the sizes. The stored Gram matrix is off by at most
/// `u (n + 2D + 9) α_i α_j` (rounding of the data, of the bases, of slopes, sums over rows, two products with bases; in
/// the plane prefix sums in double-double arithmetic take the place of the sums over rows), `Aᵀy` by as much of
/// `α_i |y|`; so the computed `g_i` is off by at most `ε α_i S =: e_i`, and `A_lᵀ A x` by `ε α_i X`, `X = Σ α_j |x_j|`.
/// The ridge is rounded, which `8u λ` covers wherever it appears. Bounds are rounded up by a factor of `1 + ε`. A NaN
/// makes every comparison false, so it never leads to a verdict.
package final class SharpBounds {
  let workspace: GroupLassoWorkspace
  let tables: FilterTables.View
  let coordinates: CoordinateBounds
  let scales: UnsafeMutablePointer<Double>
  /// The correction `x` of the dual point, what is wanted of it, and `A_lᵀ A x`.
  let correction: UnsafeMutablePointer<Double>
  let wanted: UnsafeMutablePointer<Double>
  let moved: UnsafeMutablePointer<Double>

  /// At least the errors of the computed `g_i`.
  package let gradientErrors: UnsafeMutablePointer<Double>
  /// At least the `|c*_i − c_i|`.
  package let coordinateErrors: UnsafeMutablePointer<Double>
  /// At least `|r* − r|`; infinite where nothing is known.
  package var residualRadius = Double.infinity
  /// `ε` and `ε S`: the latter bounds the error of a computed residual.
  private(set) var epsilon = 0.0
  private(set) var roundingScale = 0.0
  /// Whether `D_i` is known for the stratum's Gram matrix; it does not depend on the point.
  var isRegular: Bool?
  let ridgeError: Double
  /// `β`, after `encloseCurved()`.
  var stationarity = 0.0

  package init(_ workspace: GroupLassoWorkspace, _ tables: FilterTables.View) {
    self.workspace = workspace
    self.tables = tables
    let capacity = max(1, workspace.maximumColumns)
    coordinates = CoordinateBounds(maximumColumns: capacity)
    scales = .allocate(capacity: capacity)
    correction = .allocate(capacity: capacity)
    wanted = .allocate(capacity: capacity)
    moved = .allocate(capacity: capacity)
    gradientErrors = .allocate(capacity: capacity)
    coordinateErrors = .allocate(capacity: capacity)
    ridgeError = 8 * 0x1p-53 * tables.ridge
  }

  deinit {
    for pointer in [scales, correction, wanted, moved, gradientErrors, coordinateErrors] {
      pointer.deallocate()
    }
  }

  /// Begins with a stratum; its faces are in the workspace.
  package func begin(faces: UnsafePointer<Int>) {
    isRegular = nil
    epsilon = tables.rounding(columns: workspace.columnCount) / 2
    for index in 0..<workspace.faceCount {
      let offset = tables.faces[faces[index]].offset
      let block = workspace.blockStart[index]
      for i in block..<workspace.blockStart[index + 1] { scales[i] = tables.columnScales[offset + i - block] }
    }
  }

  /// Bounds the rounding errors at the workspace's point; comes before the enclosures.
  func prepare() {
    var magnitude = tables.targetNorm
    for i in 0..<workspace.columnCount { magnitude += scales[i] * abs(workspace.coordinates[i]) }
    roundingScale = epsilon * magnitude * (1 + epsilon)
    for i in 0..<workspace.columnCount { gradientErrors[i] = roundingScale * scales[i] }
    residualRadius = .infinity
  }

  // MARK: - Regular strata

  /// Encloses the solution around the workspace's point if the Gram matrix is regular.
  ///
  /// - Returns: false if it is not; `residualRadius` is infinite then.
  package func encloseRegular() -> Bool {
    prepare()
    if isRegular == nil {
      let count = workspace.columnCount
      for i in 0..<count {
        for j in 0..<count {
          coordinates.matrix[i * coordinates.stride + j] = workspace.gram[i * workspace.maximumColumns + j]
        }
      }
      isRegular = coordinates.compute(count: count, scales: scales, epsilon: epsilon)
    }
    guard isRegular == true else { return false }
    let ridge = workspace.ridge
    var radius = 0.0
    for index in 0..<workspace.faceCount {
      let block = workspace.blockStart[index]..<workspace.blockStart[index + 1]
      let length = norm(workspace.coordinates, block)
      // λ v, with v the unit vector of c, or the best subgradient at zero.
      let isAlive = length > 0
      let scale = isAlive ? ridge / length : min(1, ridge / workspace.norms[index])
      for i in block {
        let vector = scale * (isAlive ? workspace.coordinates[i] : workspace.gradients[i])
        let size = abs(vector - workspace.gradients[i]) + gradientErrors[i] + ridgeError
        radius += size * coordinates.bounds[i]
      }
    }
    setErrors(radius * (1 + epsilon))
    residualRadius = radius * (1 + epsilon)
    return true
  }

  func setErrors(_ radius: Double) {
    for i in 0..<workspace.columnCount {
      coordinateErrors[i] = coordinates.bounds[i] * radius * (1 + epsilon)
    }
  }

  func norm(_ vector: UnsafePointer<Double>, _ block: Range<Int>) -> Double {
    var square = 0.0
    for i in block { square += vector[i] * vector[i] }
    return square.squareRoot()
  }
}
