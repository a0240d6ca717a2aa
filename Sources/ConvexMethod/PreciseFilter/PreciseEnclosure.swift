/// Encloses the solution of a stratum around the point of a `PreciseStratum`, from the Hessian there alone: the bound
/// is of first order in the defect, whatever the ridge, and asks only that the solution be unique.
///
/// **Theorem.** Let `c` have alive units `l ∈ T` (`c_l ≠ 0`), `ξ` half the gradient of the objective of `T` at `c`, `K`
/// half the Hessian (see `PreciseStratum`), `W` any matrix, `E = I − W K Wᵀ`, `|E| ≤ q < 1`, and
/// `η = 4 |W ξ| / (1 − q)`. If `|W_l|_F η < |c_l|` for all `l ∈ T`, with `W_l` the columns of `W` that belong to `l`, then
/// all units are alive at the solution `c*` of `T`, and `|c*_i − c_i| ≤ |W_i| η`, `|A(c* − c)| ≤ (1 + q) η`.
///
/// *Proof.* With `p = ⟨c_l, Δ_l⟩/|c_l|` and `|P_l Δ_l|² = d²`, `|c_l + Δ_l| − |c_l| − p = d²/(|c_l + Δ_l| + |c_l| + p)` is
/// at least `d²/(4|c_l|)` where `|Δ_l| ≤ |c_l|`. So there the objective `F/2` rises by at least `⟨ξ, Δ⟩ + ¼ ΔᵀKΔ`. For
/// `Δ* = c* − c` and the greatest `t ≤ 1` with `t|Δ*_l| ≤ |c_l|` for all `l`, `F(c + tΔ*) ≤ F(c)` as `F` is convex; hence
/// `Δ = tΔ*` has `¼ ΔᵀKΔ ≤ −⟨ξ, Δ⟩`. As `|E| < 1`, `W` is regular; put `Δ = Wᵀz`. Then `ΔᵀKΔ = zᵀ(I − E)z ≥ (1 − q)|z|²`
/// and `−⟨ξ, Δ⟩ ≤ |Wξ||z|`, so that `|z| ≤ η`, `|Δ_i| ≤ |W_i| η`, `|Δ_l| ≤ |W_l|_F η < |c_l|`. So `t = 1`: the greatest `t`
/// below 1 would have equality for some `l`. Finally `|AΔ|² ≤ ΔᵀKΔ ≤ (1 + q) η²`. ∎
///
/// With a metric `W` of the squared error `A` has it, too: `|AΔ|² = ⟨AΔ, WAΔ⟩`, and `K = AᵀWA + …`. A form `f` in the
/// residual `r = W(y − Ac)` changes by at most `|f|_W |AΔ|_W`, and `|f|_W ≤ |f|_Ω`.
///
/// `c*`, continued by zeros, solves the whole stratum if `|g*_l| ≤ λ` for the other units; they are dead.
///
/// **Rounding.** `W ≤ Ω` gives `|Wu|_{Ω⁻¹} ≤ |u|_W`, so products of a column of `A` and one of `WA` have the sizes of the
/// scales, which are norms in the metric `Ω`; both are rounded from exact numbers. Let `v = 2⁻¹⁰²` (`DoubleDouble.unit`), `α_i` the scale of column `i`, at least the norm of the column of
/// `|M||Q|` (`FilterTables.View.columnScales`), `S = |y| + Σ α_i |c_i|`, and `ε = v (n + 2D + k + 24)`. The bases, the
/// data and the targets are rounded to `v`, so an entry of `A` is off by `(D + 4)v` times that of `|M||Q|`, entries of
/// `AᵀA` and `Aᵀy` by at most `ε α_i α_j` and `ε α_i |y|`, `g_i` by at most `ε α_i S`, a computed residual by at most
/// `ε S`. `ξ_i` is off by at most `ε (α_i S + λ)`. With `κ_i = α_i + (λ/|c_l|)^½` the entries of `K` are at most `κ_i κ_j`,
/// and off by at most `ε κ_i κ_j`, and the computed `E` by at most `4 ε ω_i ω_j`, `ω_i = Σ_j |W_ij| κ_j`. Bounds are
/// computed in doubles and rounded up by a factor of `1 + 10⁻⁹`. A NaN makes every comparison false.
final class PreciseEnclosure {
  private let stratum: PreciseStratum
  /// `W`, lower triangular, by alive columns; `K Wᵀ`.
  private let inverse: UnsafeMutablePointer<DoubleDouble>
  private let image: UnsafeMutablePointer<DoubleDouble>
  private let scales: UnsafeMutablePointer<Double>
  /// At least `|c*_i − c_i|`.
  let coordinateErrors: UnsafeMutablePointer<Double>
  /// At least `|r* − r|`, rounding included.
  private(set) var residualRadius = Double.infinity
  /// `ε` and `ε S`.
  private(set) var epsilon = 0.0
  private(set) var roundingScale = 0.0

  private static let upward = 1 + 1e-9

  init(_ stratum: PreciseStratum) {
    self.stratum = stratum
    let stride = stratum.stride
    inverse = .allocate(capacity: stride * stride)
    image = .allocate(capacity: stride * stride)
    scales = .allocate(capacity: stride)
    coordinateErrors = .allocate(capacity: stride)
  }

  deinit {
    inverse.deallocate()
    image.deallocate()
    scales.deallocate()
    coordinateErrors.deallocate()
  }

  /// Encloses the solution for the alive units.
  ///
  /// - Returns: false if nothing follows.
  func enclose() -> Bool {
    prepare()
    if stratum.alive.isEmpty {
      residualRadius = roundingScale
      return true
    }
    guard stratum.factoriseHessian() else { return false }
    invert()
    let (q, isRegular) = distanceFromInverse()
    guard isRegular else { return false }
    let radius = 4 * scaledDefect() / (1 - q) * Self.upward
    for index in stratum.faces.indices where stratum.isAlive[index] {
      var square = 0.0
      for column in stratum.alive.indices where stratum.block(index).contains(stratum.alive[column]) {
        let error = columnNorm(column) * radius * Self.upward
        coordinateErrors[stratum.alive[column]] = error
        square += error * error
      }
      guard square.squareRoot() * Self.upward < stratum.norms[index].high * (1 - 1e-9) else { return false }
    }
    residualRadius = ((1 + q) * radius + roundingScale) * Self.upward
    return residualRadius.isFinite
  }

  /// At least `|g*_i − g_i|` for the computed `g_i`: a column's norm is at most its scale.
  func gradientError(at column: Int) -> Double {
    (roundingScale + residualRadius) * scales[column] * Self.upward
  }

  private func prepare() {
    let view = stratum.tables.doubles.view
    var magnitude = view.targetNorm
    for index in stratum.faces.indices {
      let offset = view.faces[stratum.faces[index]].offset - stratum.blockStart[index]
      for i in stratum.block(index) {
        scales[i] = view.columnScales[offset + i]
        magnitude += scales[i] * abs(stratum.coordinates[i].high)
        coordinateErrors[i] = 0
      }
    }
    epsilon = DoubleDouble.unit * Double(stratum.rows + 2 * view.dimension + stratum.columnCount + 24)
    roundingScale = epsilon * magnitude * Self.upward
    residualRadius = .infinity
  }

  /// `W`, the inverse of the Cholesky factor.
  private func invert() {
    let (count, stride) = (stratum.alive.count, stratum.stride)
    for column in 0..<count {
      for row in 0..<count {
        guard row >= column else {
          inverse[row * stride + column] = .zero
          continue
        }
        var sum = row == column ? DoubleDouble.one : .zero
        for l in column..<row { sum -= stratum.factor[row * stride + l] * inverse[l * stride + column] }
        inverse[row * stride + column] = sum * stratum.factor[row * stride + row]
      }
    }
  }

  /// `q`, and whether it is at most 1/2.
  private func distanceFromInverse() -> (Double, Bool) {
    let (count, stride) = (stratum.alive.count, stratum.stride)
    for i in 0..<count {
      for j in 0..<count {
        // Row j of W as a column.
        image[j * stride + i] = dot(stratum.hessian + i * stride, inverse + j * stride, count)
      }
    }
    var (square, sizes) = (0.0, 0.0)
    for i in 0..<count {
      for j in 0..<count {
        let value = (i == j ? .one : .zero) - dot(inverse + i * stride, image + j * stride, count)
        square += value.high * value.high
      }
      var size = 0.0
      for j in 0...i { size += abs(inverse[i * stride + j].high) * hessianScale(j) }
      sizes += size * size
    }
    let q = (square.squareRoot() + 4 * epsilon * sizes) * Self.upward
    return (q, q <= 0.5)
  }

  /// `κ_i` of an alive column.
  private func hessianScale(_ position: Int) -> Double {
    let column = stratum.alive[position]
    let index = stratum.faces.indices.first { stratum.block($0).contains(column) }
    guard let index else { preconditionFailure("columns belong to faces") }
    return scales[column] + (stratum.tables.ridge.high / stratum.norms[index].high).squareRoot()
  }

  /// At least `|Wξ|`.
  private func scaledDefect() -> Double {
    let (count, stride) = (stratum.alive.count, stratum.stride)
    let ridge = stratum.tables.ridge.high
    var square = 0.0
    for i in 0..<count {
      var (sum, error) = (DoubleDouble.zero, 0.0)
      for j in 0...i {
        let weight = inverse[i * stride + j]
        let column = stratum.alive[j]
        sum += weight * stratum.defects[column]
        error +=
          abs(weight.high)
          * (roundingScale * scales[column] + epsilon * (ridge + abs(stratum.defects[column].high)))
      }
      let size = abs(sum.high) + error
      square += size * size
    }
    return square.squareRoot() * Self.upward
  }

  /// `|W_i|`.
  private func columnNorm(_ column: Int) -> Double {
    let stride = stratum.stride
    var square = 0.0
    for row in column..<stratum.alive.count {
      let value = inverse[row * stride + column].high
      square += value * value
    }
    return square.squareRoot() * Self.upward
  }
}
