/// The enclosure for singular Gram matrices, by the curvature of the dual problem; see `SharpBounds`.
extension SharpBounds {
  /// Encloses the residual around the workspace's point, which comes from `GroupLassoWorkspace.evaluate()`, and
  /// bounds the gradients: `|g*_l − g_l|` is at most `gradientRadius(of: l)`.
  ///
  /// - Returns: false if nothing follows, as rounding errors are as large as the ridge.
  package func encloseCurved() -> Bool {
    prepare()
    guard correct() else { return false }
    let lambda = workspace.ridge
    let square = largestGradient()
    let tau = square <= lambda ? 1 : lambda / square * (1 - 8 * 0x1p-53)
    guard tau > 0.5 else { return false }
    // Inner products of c with g and with the move, and of x with the move, with the sizes of their rounding errors.
    var (fitted, inner, moves, length) = (0.0, 0.0, 0.0, 0.0)
    var (innerError, movesError, magnitude, size) = (0.0, 0.0, 0.0, 0.0)
    for i in 0..<workspace.columnCount {
      let coordinate = workspace.coordinates[i]
      fitted += coordinate * workspace.products[i]
      inner += coordinate * workspace.gradients[i]
      innerError += abs(coordinate) * (gradientErrors[i] + epsilon * abs(workspace.gradients[i]))
      moves += coordinate * moved[i]
      movesError += epsilon * abs(coordinate * moved[i])
      length += correction[i] * moved[i]
      magnitude += scales[i] * abs(coordinate)
      size += scales[i] * abs(correction[i])
    }
    movesError += epsilon * size * magnitude
    let total = tables.targetNorm + magnitude
    let residual = max(0, workspace.targetSquare - fitted - inner) + 8 * epsilon * total * total
    let step =
      (1 - tau) * residual.squareRoot() + tau * (max(0, length) + 2 * epsilon * size * size).squareRoot()
    let gap =
      step * step + 2 * (1 - tau) * (inner + innerError) - 2 * tau * (moves - movesError) + slackness()
    guard gap.isFinite else { return false }
    stationarity = stationarityDefect() * (1 + epsilon)
    residualRadius = (2 * stationarity + max(0, gap).squareRoot()) * (1 + epsilon)
    return residualRadius.isFinite
  }

  /// At least `|g*_l − g_l|` for a face of the stratum, rounding left out; after `encloseCurved()`.
  ///
  /// - Parameter norm: at least the norm of `A_l`.
  func gradientRadius(of index: Int, norm: Double) -> Double {
    let share = workspace.shares[index]
    if share > 0 { return min(norm, (workspace.ridge / share).squareRoot() * (1 + epsilon)) * residualRadius }
    var square = 0.0
    for column in workspace.blockStart[index]..<workspace.blockStart[index + 1] {
      let row = workspace.gram + column * workspace.maximumColumns
      let length = dualNorm(products: row, square: row[column], scale: scales[column])
      square += length * length
    }
    return min(norm, square.squareRoot() * (1 + epsilon)) * residualRadius
  }

  /// At least the norm `(fᵀ H⁻¹ f)^½`, so that `|⟨f, r* − r⟩|` is at most `residualRadius` times it; after
  /// `encloseCurved()`.
  ///
  /// For any `p` it is at most `Σ_l |p_l| (λ/s_l)^½ + |f − A p|`, over the alive units; `p` is taken such that
  /// `f − A p` is nearly `H⁻¹ f`.
  ///
  /// - Parameters:
  ///   - products: `Aᵀ f`, off by at most `ε α_i` times the scale.
  ///   - square: about `|f|²`, off by at most `ε` times the scale's square.
  func dualNorm(products: UnsafePointer<Double>, square: Double, scale: Double) -> Double {
    let count = workspace.columnCount
    let right = workspace.rightSides
    for i in 0..<count { right[i] = workspace.roots[i] * products[i] }
    workspace.forwardSubstitute(right)
    workspace.backSubstitute(right)
    for i in 0..<count { right[i] *= workspace.roots[i] }
    var (rest, size, near) = (square, scale, 0.0)
    for i in 0..<count where right[i] != 0 {
      var image = 0.0
      for j in 0..<count { image += workspace.gram[i * workspace.maximumColumns + j] * right[j] }
      rest += right[i] * (image - 2 * products[i])
      size += scales[i] * abs(right[i])
    }
    for index in 0..<workspace.faceCount where workspace.shares[index] > 0 {
      let length = norm(right, workspace.blockStart[index]..<workspace.blockStart[index + 1])
      near += length * (workspace.ridge / workspace.shares[index]).squareRoot()
    }
    return (near + (max(0, rest) + 2 * epsilon * size * size).squareRoot()) * (1 + epsilon)
  }

  /// Bounds the coordinates as well; after `encloseCurved()`.
  ///
  /// - Returns: false if a unit is not alive, or the solution is too nearly not unique.
  package func encloseCurvedCoordinates() -> Bool {
    let count = workspace.columnCount
    let stride = coordinates.stride
    for index in 0..<workspace.faceCount {
      guard workspace.shares[index] > 0, workspace.norms[index] > 0 else { return false }
    }
    for i in 0..<count {
      for j in 0..<count {
        coordinates.matrix[i * stride + j] = workspace.gram[i * workspace.maximumColumns + j]
      }
    }
    isRegular = nil
    for index in 0..<workspace.faceCount {
      let curvature = workspace.ridge / workspace.shares[index]
      let norm = workspace.norms[index]
      let block = workspace.blockStart[index]..<workspace.blockStart[index + 1]
      for i in block {
        let direction = workspace.gradients[i] / norm
        for j in block {
          coordinates.matrix[i * stride + j] +=
            curvature * ((i == j ? 1 : 0) - direction * workspace.gradients[j] / norm)
        }
        // The errors of what was added are of this size.
        wanted[i] = scales[i] + curvature.squareRoot()
      }
    }
    guard coordinates.compute(count: count, scales: wanted, epsilon: epsilon) else { return false }
    let radius = (residualRadius + stationarity) * (1 + epsilon)
    var (largest, ratio) = (1.0, 0.0)
    for index in 0..<workspace.faceCount {
      let block = workspace.blockStart[index]..<workspace.blockStart[index + 1]
      largest = max(largest, norm(workspace.coordinates, block) / workspace.shares[index])
      ratio = max(ratio, norm(coordinates.bounds, block) * radius / workspace.shares[index])
    }
    guard ratio < 0.5 else { return false }
    setErrors(largest / (1 - ratio) * radius * (1 + epsilon))
    return true
  }

  // MARK: - Parts

  /// Finds the correction `x = S^½ (λ I + S^½ Γ S^½)⁻¹ S^½ v`, improved once, for the changes `v_l` that bring the
  /// `|g_l|` of alive units to `λ`, less what rounding may add. Sets `moved = Γ x`.
  private func correct() -> Bool {
    let lambda = workspace.ridge
    var slack = 0.0
    for index in 0..<workspace.faceCount where workspace.shares[index] > 0 {
      var square = 0.0
      for i in workspace.blockStart[index]..<workspace.blockStart[index + 1] {
        let upper = abs(workspace.gradients[i]) + gradientErrors[i]
        square += upper * upper
      }
      slack = max(slack, square.squareRoot() - workspace.norms[index])
    }
    let target = lambda * (1 - 32 * 0x1p-53) - 2 * slack
    guard target > 0.5 * lambda else { return false }
    for index in 0..<workspace.faceCount {
      let isAlive = workspace.shares[index] > 0 && workspace.norms[index] > 0
      let factor = isAlive ? target / workspace.norms[index] - 1 : 0
      for i in workspace.blockStart[index]..<workspace.blockStart[index + 1] {
        wanted[i] = factor * workspace.gradients[i]
        correction[i] = 0
        moved[i] = 0
      }
    }
    for _ in 0..<2 {
      let count = workspace.columnCount
      let right = workspace.rightSides
      for i in 0..<count { right[i] = workspace.roots[i] * (wanted[i] - moved[i]) }
      workspace.forwardSubstitute(right)
      workspace.backSubstitute(right)
      for i in 0..<count { correction[i] += workspace.roots[i] * right[i] }
      for i in 0..<count {
        var sum = 0.0
        for j in 0..<count { sum += workspace.gram[i * workspace.maximumColumns + j] * correction[j] }
        moved[i] = sum
      }
    }
    return true
  }

  /// At least the greatest `|A_lᵀ (r + A x)|`.
  private func largestGradient() -> Double {
    var size = 0.0
    for i in 0..<workspace.columnCount { size += scales[i] * abs(correction[i]) }
    var largest = 0.0
    for index in 0..<workspace.faceCount {
      var square = 0.0
      for i in workspace.blockStart[index]..<workspace.blockStart[index + 1] {
        let value = abs(workspace.gradients[i] + moved[i]) + gradientErrors[i] + epsilon * scales[i] * size
        square += value * value
      }
      // Written so that a NaN stays.
      if !(square <= largest) { largest = square }
    }
    return largest.squareRoot() * (1 + epsilon)
  }

  /// At least `Σ s_l (λ² − |g_l|²)/λ`.
  private func slackness() -> Double {
    let lambda = workspace.ridge
    var sum = 0.0
    for index in 0..<workspace.faceCount {
      let length = workspace.norms[index]
      var error = epsilon * (lambda * lambda + length * length)
      for i in workspace.blockStart[index]..<workspace.blockStart[index + 1] {
        error += (2 * abs(workspace.gradients[i]) + gradientErrors[i]) * gradientErrors[i]
      }
      sum += workspace.shares[index] / lambda * ((lambda - length) * (lambda + length) + error)
    }
    return sum
  }

  /// At least `β`, with twice the rounding errors of `d_l`.
  private func stationarityDefect() -> Double {
    let lambda = workspace.ridge
    var sum = 0.0
    for index in 0..<workspace.faceCount where workspace.shares[index] > 0 {
      let factor = workspace.shares[index] / lambda
      var square = 0.0
      for i in workspace.blockStart[index]..<workspace.blockStart[index + 1] {
        let (gradient, coordinate) = (workspace.gradients[i], workspace.coordinates[i])
        let defect =
          abs(factor * gradient - coordinate) + 2 * factor * gradientErrors[i]
          + 8 * 0x1p-53 * (factor * abs(gradient) + abs(coordinate))
        square += defect * defect
      }
      sum += (square / factor).squareRoot()
    }
    return sum
  }
}
