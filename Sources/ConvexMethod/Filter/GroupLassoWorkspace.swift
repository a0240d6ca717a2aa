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
package final class GroupLassoWorkspace {
  /// The greatest numbers of faces and columns for which there is room.
  package let maximumFaces: Int
  package let maximumColumns: Int

  // The problem, set by the caller.
  package var faceCount = 0
  package var columnCount = 0
  package let blockStart: UnsafeMutablePointer<Int>
  /// `Γ`, row major with stride `maximumColumns`.
  package let gram: UnsafeMutablePointer<Double>
  package let products: UnsafeMutablePointer<Double>
  package var ridge = 1.0
  package var targetSquare = 0.0

  // The point. The rest of the storage belongs to `improve()`.
  package let shares: UnsafeMutablePointer<Double>
  package let coordinates: UnsafeMutablePointer<Double>
  package let gradients: UnsafeMutablePointer<Double>
  /// `|g_l|`.
  package let norms: UnsafeMutablePointer<Double>
  package private(set) var objective = Double.infinity

  package let roots: UnsafeMutablePointer<Double>
  private let factor: UnsafeMutablePointer<Double>
  package let rightSides: UnsafeMutablePointer<Double>
  package let hessian: UnsafeMutablePointer<Double>
  package let reduced: UnsafeMutablePointer<Double>
  package let step: UnsafeMutablePointer<Double>
  package let start: UnsafeMutablePointer<Double>
  /// `∂G/∂s_l`.
  package let slopes: UnsafeMutablePointer<Double>
  package let isFree: UnsafeMutablePointer<Bool>

  package init(maximumFaces: Int, maximumColumns: Int) {
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
    reduced = .allocate(capacity: m * m)
    isFree = .allocate(capacity: m)
    step = .allocate(capacity: m)
    start = .allocate(capacity: m)
    slopes = .allocate(capacity: m)
    blockStart[0] = 0
  }

  deinit {
    blockStart.deallocate()
    isFree.deallocate()
    for pointer in [
      gram, products, shares, coordinates, gradients, norms, roots, factor, rightSides, hessian, reduced,
      step, start,
      slopes,
    ] {
      pointer.deallocate()
    }
  }

  /// Sets `coordinates`, `gradients`, `norms` and `objective` for the current `shares`.
  package func evaluate() {
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
  package func updateGradients() {
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

  package func forwardSubstitute(_ vector: UnsafeMutablePointer<Double>) {
    let stride = maximumColumns
    for i in 0..<columnCount {
      var sum = vector[i]
      for j in 0..<i { sum -= factor[i * stride + j] * vector[j] }
      vector[i] = sum * factor[i * stride + i]
    }
  }

  func backSubstitute(_ vector: UnsafeMutablePointer<Double>) {
    let stride = maximumColumns
    for i in Swift.stride(from: columnCount - 1, through: 0, by: -1) {
      var sum = vector[i]
      for j in (i + 1)..<max(i + 1, columnCount) { sum -= factor[j * stride + i] * vector[j] }
      vector[i] = sum * factor[i * stride + i]
    }
  }
}
