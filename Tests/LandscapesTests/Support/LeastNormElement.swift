/// The element of least norm of the convex hull of finitely many vectors (Wolfe 1976,
/// doi:10.1007/BF01580381).
final class LeastNormElement {
  private let count: Int
  private let capacity: Int
  private let gram: NumberBuffer
  private let factor: NumberBuffer
  private let affine: NumberBuffer
  /// The element that was found.
  let result: NumberBuffer

  /// - Parameters:
  ///   - count: the length of the vectors.
  ///   - capacity: the greatest number of vectors.
  init(count: Int, capacity: Int) {
    self.count = count
    self.capacity = capacity
    gram = NumberBuffer(count: capacity * capacity)
    factor = NumberBuffer(count: (count + 2) * (count + 2))
    affine = NumberBuffer(count: count + 2)
    result = NumberBuffer(count: count)
  }

  /// Finds the element for the first `size` rows of `vectors`; returns its norm.
  func find(_ vectors: UnsafePointer<Double>, size: Int) -> Double {
    precondition(size >= 1 && size <= capacity)
    var largest = 0.0
    for i in 0..<size {
      for j in 0...i {
        let product = innerProduct(vectors + i * count, vectors + j * count, count)
        gram.pointer[i * capacity + j] = product
        gram.pointer[j * capacity + i] = product
      }
      largest = max(largest, gram.pointer[i * capacity + i])
    }
    let first = (0..<size).min { gram.pointer[$0 * (capacity + 1)] < gram.pointer[$1 * (capacity + 1)] }
    var corral = [first ?? 0]
    var weights = [1.0]
    for _ in 0..<20 * size {
      let products = (0..<size).map { row in
        corral.indices.reduce(0.0) { $0 + weights[$1] * gram.pointer[row * capacity + corral[$1]] }
      }
      let square = corral.indices.reduce(0.0) { $0 + weights[$1] * products[corral[$1]] }
      guard let next = products.indices.min(by: { products[$0] < products[$1] }),
        products[next] < square - 1e-13 * largest, !corral.contains(next), corral.count <= count
      else { break }
      corral.append(next)
      weights.append(0)
      while corral.count > 1 {
        guard solveAffine(corral) else {
          // Affinely dependent up to rounding: give the newcomer up.
          corral.removeLast()
          weights.removeLast()
          break
        }
        var (length, leaving) = (1.0, -1)
        for index in corral.indices where affine.pointer[index] <= 1e-14 {
          let ratio = weights[index] > 0 ? weights[index] / (weights[index] - affine.pointer[index]) : 0
          if ratio <= length { (length, leaving) = (ratio, index) }
        }
        for index in corral.indices {
          weights[index] += length * (affine.pointer[index] - weights[index])
        }
        guard leaving >= 0 else { break }
        corral.remove(at: leaving)
        weights.remove(at: leaving)
      }
    }
    for i in 0..<count {
      result.pointer[i] = corral.indices.reduce(0.0) { $0 + weights[$1] * vectors[corral[$1] * count + i] }
    }
    return innerProduct(result.pointer, result.pointer, count).squareRoot()
  }

  /// The coefficients of the least-norm element of the affine hull, left in `affine`.
  private func solveAffine(_ corral: [Int]) -> Bool {
    let size = corral.count
    let trace = corral.reduce(0.0) { $0 + gram.pointer[$1 * (capacity + 1)] }
    let shift = max(trace / Double(size), .leastNormalMagnitude)
    // Cholesky factorisation of G + shift · 1 1ᵀ.
    for i in 0..<size {
      for j in 0...i {
        var sum = gram.pointer[corral[i] * capacity + corral[j]] + shift
        for k in 0..<j { sum -= factor.pointer[i * size + k] * factor.pointer[j * size + k] }
        if i == j {
          guard sum > 1e-15 * shift else { return false }
          factor.pointer[i * size + i] = sum.squareRoot()
        } else {
          factor.pointer[i * size + j] = sum / factor.pointer[j * size + j]
        }
      }
    }
    for i in 0..<size {
      var sum = 1.0
      for k in 0..<i { sum -= factor.pointer[i * size + k] * affine.pointer[k] }
      affine.pointer[i] = sum / factor.pointer[i * size + i]
    }
    for i in (0..<size).reversed() {
      var sum = affine.pointer[i]
      for k in (i + 1)..<max(i + 1, size) { sum -= factor.pointer[k * size + i] * affine.pointer[k] }
      affine.pointer[i] = sum / factor.pointer[i * size + i]
    }
    let total = (0..<size).reduce(0.0) { $0 + affine.pointer[$1] }
    for i in 0..<size { affine.pointer[i] /= total }
    return true
  }
}
