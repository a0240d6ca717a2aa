/// The descent of `G`: projected Newton steps.
extension GroupLassoWorkspace {
  /// One safeguarded step from an evaluated point, after a leap if one is due. Three kinds of steps are tried in turn:
  /// 1. the step in which `1/|g_l|` is taken to be linear in `s`, as in trust-region methods (Moré and Sorensen
  ///    1983, doi:10.1137/0904038): excellent far from the minimum, but no descent direction in general;
  /// 2. Newton's step for `G` on the shares that are free to move, up to where the first of them vanishes (the
  ///    active-set method; Nocedal and Wright, *Numerical Optimization*, 2006, section 16.5);
  /// 3. the gradient, scaled by the diagonal and cut off at zero, which always descends if it is short.
  ///
  /// - Returns: false if no step can be taken: nothing is free to move, or the objective cannot be lowered
  ///   any more.
  package func improve() -> Bool {
    if leap() { return true }
    let before = objective
    var hasFree = false
    for face in 0..<faceCount {
      start[face] = shares[face]
      slopes[face] = ridge - norms[face] * norms[face] / ridge
      isFree[face] = shares[face] > 0 || norms[face] > ridge
      if isFree[face] { hasFree = true }
    }
    guard hasFree else { return false }
    computeHessian()
    for face in 0..<faceCount {
      step[face] = isFree[face] ? norms[face] * norms[face] * (norms[face] - ridge) : 0
    }
    solveOnFree()
    if attempt(length: 1, before: before) { return true }
    // |g_l| > 8 λ
    if (0..<faceCount).contains(where: { start[$0] > 0 && slopes[$0] < -63 * ridge }) {
      restart()
      rebalance()
      return true
    }
    let longest = prepareNewtonStep()
    for shortening in [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001]
    where attempt(length: shortening * longest, before: before) {
      return true
    }
    for face in 0..<faceCount {
      let curvature = max(hessian[face * faceCount + face], .leastNormalMagnitude)
      step[face] = -0.5 * ridge * ridge * slopes[face] / curvature
    }
    var length = 1.0
    for _ in 0..<40 {
      if attempt(length: length, before: before) { return true }
      length *= 0.3
    }
    restart()
    return false
  }

  /// Goes back to where `improve()` began.
  private func restart() {
    for face in 0..<faceCount { shares[face] = start[face] }
    evaluate()
  }

  /// From this multiple of the ridge on, the length of a unit's gradient tells nothing about where it comes to rest:
  /// `G` bends at shares of the order of the ridge.
  private static var farMultiple: Double { 1000 }

  /// Where the ridge is small against the gradients of some units, gives those at zero the share of a step of steepest
  /// descent of the squared error, and then all units the share `|c_l|`, twice; see `rebalance()`.
  ///
  /// - Returns: false, and does nothing, if no unit is so far from rest.
  private func leap() -> Bool {
    guard (0..<faceCount).contains(where: { norms[$0] > Self.farMultiple * ridge }) else { return false }
    var isNew = false
    for face in 0..<faceCount where shares[face] == 0 && norms[face] > Self.farMultiple * ridge {
      var image = 0.0
      for i in blockStart[face]..<blockStart[face + 1] {
        for j in blockStart[face]..<blockStart[face + 1] {
          image += gradients[i] * gram[i * maximumColumns + j] * gradients[j]
        }
      }
      let share = norms[face] * (norms[face] * norms[face] / image)
      guard share.isFinite else { continue }
      shares[face] = share
      isNew = true
    }
    if isNew { evaluate() }
    rebalance()
    rebalance()
    return true
  }

  /// Gives all units the share `|c_l| = s_l |g_l| / λ`, which is the best one for the coordinates as they are; in turn
  /// with `evaluate()`, the best coordinates for the shares, this is alternating minimisation and always descends.
  private func rebalance() {
    for face in 0..<faceCount { shares[face] *= norms[face] / ridge }
    evaluate()
  }

  /// Moves along the step, cut off at zero; true if the objective falls enough. Once the expected fall is lost
  /// in rounding, steps are taken on trust.
  private func attempt(length: Double, before: Double) -> Bool {
    var expected = 0.0
    for face in 0..<faceCount {
      // A share that vanishes must not stay behind as a tiny number.
      let moved = start[face] + length * step[face]
      shares[face] = moved > 1e-14 * start[face] ? moved : 0
      expected += slopes[face] * (shares[face] - start[face])
    }
    guard expected < 0 else { return false }
    evaluate()
    let rounding = 1e-14 * (targetSquare + abs(before))
    return objective <= before + 1e-3 * expected || (-expected < rounding && objective <= before + rounding)
  }

  /// Newton's step on the free shares, without those at zero that it would make negative.
  ///
  /// - Returns: the length, at most 1, up to which no share becomes negative.
  private func prepareNewtonStep() -> Double {
    var isDone = false
    while !isDone {
      for face in 0..<faceCount { step[face] = isFree[face] ? -0.5 * ridge * ridge * slopes[face] : 0 }
      solveOnFree()
      isDone = true
      for face in 0..<faceCount where isFree[face] && start[face] <= 0 && step[face] < 0 {
        isFree[face] = false
        isDone = false
      }
    }
    var length = 1.0
    for face in 0..<faceCount where start[face] + step[face] < 0 {
      length = min(length, -start[face] / step[face])
    }
    return length
  }

  /// `g_lᵀ N_lm g_m`, `N = (I + Γ S/λ)⁻¹ Γ`; `2/λ²` times it is the Hessian of `G`.
  private func computeHessian() {
    let (k, m, stride) = (columnCount, faceCount, maximumColumns)
    // Column l of `images` is Γ g_l, with g_l in its block; then L⁻¹ S^½ Γ g_l.
    let images = rightSides
    for face in 0..<m {
      let image = images + face * stride
      let block = blockStart[face]..<blockStart[face + 1]
      for i in 0..<k {
        var sum = 0.0
        for j in block { sum += gram[i * stride + j] * gradients[j] }
        image[i] = sum
      }
      for other in 0...face {
        var sum = 0.0
        for i in blockStart[other]..<blockStart[other + 1] { sum += gradients[i] * image[i] }
        hessian[face * m + other] = sum
      }
      for i in 0..<k { image[i] *= roots[i] }
      forwardSubstitute(image)
    }
    for face in 0..<m {
      for other in 0...face {
        var sum = 0.0
        for i in 0..<k { sum += images[face * stride + i] * images[other * stride + i] }
        hessian[face * m + other] -= sum
        hessian[other * m + face] = hessian[face * m + other]
      }
    }
  }

  /// Solves with the Hessian restricted to the free shares, in place in `step`; the other steps stay. By
  /// Cholesky: dependent `K_l r` make the matrix singular, a raised pivot still gives a descent direction.
  private func solveOnFree() {
    let m = faceCount
    for i in 0..<m where isFree[i] {
      let diagonal = hessian[i * m + i]
      var right = step[i]
      for j in 0...i where isFree[j] {
        var sum = hessian[i * m + j]
        for l in 0..<j where isFree[l] { sum -= reduced[i * m + l] * reduced[j * m + l] }
        if j < i {
          reduced[i * m + j] = sum / reduced[j * m + j]
          right -= reduced[i * m + j] * step[j]
        } else {
          reduced[i * m + i] = max(sum, 1e-9 * diagonal, .leastNormalMagnitude).squareRoot()
        }
      }
      step[i] = right / reduced[i * m + i]
    }
    for i in stride(from: m - 1, through: 0, by: -1) where isFree[i] {
      var sum = step[i]
      for j in (i + 1)..<max(i + 1, m) where isFree[j] { sum -= reduced[j * m + i] * step[j] }
      step[i] = sum / reduced[i * m + i]
    }
  }
}
