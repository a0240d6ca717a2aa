#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Scratch memory and the small dense linear algebra of one thread: minimises, in doubles, the smooth convex
/// function `G(s) = yᵀ (I + Σ_l s_l K_l / λ)⁻¹ y + λ Σ_l s_l` over `s ≥ 0` for one stratum.
///
/// In coordinates: with the Gram matrix `Γ` of the stratum's columns and `S = diag(s)` (each `s_l` repeated
/// `k_l` times) the residual at `s` has `g = Aᵀ r = b − Γ c`, `c = S g / λ`, and `g` solves
/// `(λ I + S^½ Γ S^½) x = S^½ b`, `c = S^½ x`. `∂G/∂s_l = λ − |g_l|²/λ`. No verdict depends on how good the
/// minimiser is: `SafeBall` judges whatever `c` comes out.
final class GroupLassoWorkspace {
  /// The greatest numbers of faces and columns for which there is room.
  let maximumFaces: Int
  let maximumColumns: Int

  // The problem, set by the caller.
  var faceCount = 0
  var columnCount = 0
  let blockStart: UnsafeMutablePointer<Int>
  /// `Γ`, row major with stride `maximumColumns`.
  let gram: UnsafeMutablePointer<Double>
  let products: UnsafeMutablePointer<Double>
  var ridge = 1.0
  var targetSquare = 0.0

  // The point.
  let shares: UnsafeMutablePointer<Double>
  let coordinates: UnsafeMutablePointer<Double>
  let gradients: UnsafeMutablePointer<Double>
  /// `|g_l|`.
  let norms: UnsafeMutablePointer<Double>
  private(set) var objective = Double.infinity

  private let roots: UnsafeMutablePointer<Double>
  private let factor: UnsafeMutablePointer<Double>
  private let rightSides: UnsafeMutablePointer<Double>
  private let hessian: UnsafeMutablePointer<Double>
  private let step: UnsafeMutablePointer<Double>
  private let start: UnsafeMutablePointer<Double>
  /// `∂G/∂s_l`.
  private let slopes: UnsafeMutablePointer<Double>

  init(maximumFaces: Int, maximumColumns: Int) {
    self.maximumFaces = maximumFaces
    self.maximumColumns = maximumColumns
    let (m, k) = (max(maximumFaces, 1), max(maximumColumns, 1))
    blockStart = .allocate(capacity: m + 1)
    gram = .allocate(capacity: k * k)
    products = .allocate(capacity: k)
    shares = .allocate(capacity: m)
    coordinates = .allocate(capacity: k)
    gradients = .allocate(capacity: k)
    norms = .allocate(capacity: m)
    roots = .allocate(capacity: k)
    factor = .allocate(capacity: k * k)
    rightSides = .allocate(capacity: k * (m + 1))
    hessian = .allocate(capacity: m * m)
    step = .allocate(capacity: m)
    start = .allocate(capacity: m)
    slopes = .allocate(capacity: m)
    blockStart[0] = 0
  }

  deinit {
    blockStart.deallocate()
    for pointer in [
      gram, products, shares, coordinates, gradients, norms, roots, factor, rightSides, hessian, step, start,
      slopes,
    ] {
      pointer.deallocate()
    }
  }

  /// Sets `coordinates`, `gradients`, `norms` and `objective` for the current `shares`.
  func evaluate() {
    let (k, stride) = (columnCount, maximumColumns)
    for face in 0..<faceCount {
      let root = shares[face].squareRoot()
      for column in blockStart[face]..<blockStart[face + 1] { roots[column] = root }
    }
    for i in 0..<k {
      for j in 0...i { factor[i * stride + j] = roots[i] * gram[i * stride + j] * roots[j] }
      factor[i * stride + i] += ridge
      rightSides[i] = roots[i] * products[i]
    }
    factorise()
    forwardSubstitute(rightSides)
    backSubstitute(rightSides)
    for i in 0..<k { coordinates[i] = roots[i] * rightSides[i] }
    updateGradients()
  }

  /// Sets `gradients`, `norms` and `objective` for the current `coordinates`.
  func updateGradients() {
    let (k, stride) = (columnCount, maximumColumns)
    var fitted = 0.0
    for i in 0..<k {
      var sum = products[i]
      let row = gram + i * stride
      for j in 0..<k { sum -= row[j] * coordinates[j] }
      gradients[i] = sum
      fitted += products[i] * coordinates[i]
    }
    var total = 0.0
    for face in 0..<faceCount {
      var square = 0.0
      for i in blockStart[face]..<blockStart[face + 1] { square += gradients[i] * gradients[i] }
      norms[face] = square.squareRoot()
      total += shares[face]
    }
    objective = targetSquare - fitted + ridge * total
  }

  /// One safeguarded projected Newton step from an evaluated point.
  ///
  /// The first trial is the step in which `1/|g_l|` is taken to be linear in `s`, as in trust-region methods
  /// (Moré and Sorensen 1983, doi:10.1137/0904038): excellent far from the minimum, but no descent direction in
  /// general. The second is Newton's for `G`, shortened until `G` falls.
  ///
  /// - Returns: false if no step can be taken: nothing is free to move, or the objective cannot be lowered
  ///   any more.
  func improve() -> Bool {
    guard prepareHessian() else { return false }
    let before = objective
    for face in 0..<faceCount {
      start[face] = shares[face]
      slopes[face] = ridge - norms[face] * norms[face] / ridge
      step[face] = isFixed(face) ? 0 : norms[face] * norms[face] * (norms[face] - ridge)
    }
    solveFactorised(hessian, step, size: faceCount)
    if attempt(length: 1, before: before) { return true }
    for face in 0..<faceCount {
      step[face] = start[face] > 0 || slopes[face] < 0 ? -0.5 * ridge * ridge * slopes[face] : 0
    }
    solveFactorised(hessian, step, size: faceCount)
    var length = 1.0
    for _ in 0..<40 {
      if attempt(length: length, before: before) { return true }
      length *= 0.3
    }
    for face in 0..<faceCount { shares[face] = start[face] }
    evaluate()
    return false
  }

  /// Moves along the step, cut off at zero; true if the objective falls enough. Once the expected fall is lost
  /// in rounding, full steps are taken on trust.
  private func attempt(length: Double, before: Double) -> Bool {
    var expected = 0.0
    for face in 0..<faceCount {
      shares[face] = max(0, start[face] + length * step[face])
      expected += slopes[face] * (shares[face] - start[face])
    }
    guard expected < 0 else { return false }
    evaluate()
    let rounding = 1e-14 * (targetSquare + abs(before))
    return objective <= before + 1e-3 * expected || (-expected < rounding && objective <= before + rounding)
  }

  /// A share at zero that the objective does not want to raise.
  private func isFixed(_ face: Int) -> Bool { shares[face] <= 0 && norms[face] <= ridge }

  /// Factorises `g_lᵀ N_lm g_m`, `N = (I + Γ S/λ)⁻¹ Γ`, on the shares that are free to move; `2/λ²` times it is
  /// the Hessian of `G`. False if none is free.
  private func prepareHessian() -> Bool {
    let (k, m, stride) = (columnCount, faceCount, maximumColumns)
    // Column l of `image` is Γ g_l, with g_l in its block; then L⁻¹ S^½ Γ g_l.
    var free = 0
    for face in 0..<m {
      if !isFixed(face) { free += 1 }
    }
    guard free > 0 else { return false }
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
    }
    for face in 0..<m {
      let image = images + face * stride
      for i in 0..<k { image[i] *= roots[i] }
      forwardSubstitute(image)
    }
    for face in 0..<m {
      for other in 0...face {
        var sum = 0.0
        for i in 0..<k { sum += images[face * stride + i] * images[other * stride + i] }
        hessian[face * m + other] -= sum
      }
    }
    for face in 0..<m where isFixed(face) {
      for other in 0..<face { hessian[face * m + other] = 0 }
      for later in (face + 1)..<max(face + 1, m) { hessian[later * m + face] = 0 }
      hessian[face * m + face] = 1
    }
    factoriseRaised(hessian, size: m)
    return true
  }

  /// Cholesky factorisation in place. Dependent `K_l r` make the matrix singular; a raised pivot still gives a
  /// descent direction.
  private func factoriseRaised(_ matrix: UnsafeMutablePointer<Double>, size m: Int) {
    for i in 0..<m {
      let diagonal = matrix[i * m + i]
      for j in 0...i {
        var sum = matrix[i * m + j]
        for l in 0..<j { sum -= matrix[i * m + l] * matrix[j * m + l] }
        if j < i {
          matrix[i * m + j] = sum / matrix[j * m + j]
        } else {
          matrix[i * m + i] = max(sum, 1e-9 * diagonal, .leastNormalMagnitude).squareRoot()
        }
      }
    }
  }

  private func solveFactorised(
    _ matrix: UnsafeMutablePointer<Double>, _ right: UnsafeMutablePointer<Double>, size m: Int
  ) {
    for i in 0..<m {
      var sum = right[i]
      for j in 0..<i { sum -= matrix[i * m + j] * right[j] }
      right[i] = sum / matrix[i * m + i]
    }
    for i in stride(from: m - 1, through: 0, by: -1) {
      var sum = right[i]
      for j in (i + 1)..<max(i + 1, m) { sum -= matrix[j * m + i] * right[j] }
      right[i] = sum / matrix[i * m + i]
    }
  }

  private func factorise() {
    let (k, stride) = (columnCount, maximumColumns)
    for i in 0..<k {
      let row = factor + i * stride
      for j in 0...i {
        let other = factor + j * stride
        var sum = row[j]
        for l in 0..<j { sum -= row[l] * other[l] }
        // The diagonal is stored inverted. It is at least √λ up to rounding.
        row[j] = j < i ? sum * other[j] : 1 / sum.squareRoot()
      }
    }
  }

  private func forwardSubstitute(_ vector: UnsafeMutablePointer<Double>) {
    let stride = maximumColumns
    for i in 0..<columnCount {
      var sum = vector[i]
      for j in 0..<i { sum -= factor[i * stride + j] * vector[j] }
      vector[i] = sum * factor[i * stride + i]
    }
  }

  private func backSubstitute(_ vector: UnsafeMutablePointer<Double>) {
    let stride = maximumColumns
    for i in Swift.stride(from: columnCount - 1, through: 0, by: -1) {
      var sum = vector[i]
      for j in (i + 1)..<max(i + 1, columnCount) { sum -= factor[j * stride + i] * vector[j] }
      vector[i] = sum * factor[i * stride + i]
    }
  }
}
