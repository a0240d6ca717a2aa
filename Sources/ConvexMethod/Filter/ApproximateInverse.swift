/// The inverse of a matrix in doubles, by elimination with partial pivoting; `nil` if it is (nearly) singular.
package func approximateInverse(_ matrix: [Double], size: Int) -> [Double]? {
  var (matrix, inverse) = (matrix, [Double](repeating: 0, count: size * size))
  let isRegular = matrix.withUnsafeMutableBufferPointer { matrix in
    inverse.withUnsafeMutableBufferPointer { inverse in
      guard let matrix = matrix.baseAddress, let inverse = inverse.baseAddress else { return true }
      return invertApproximately(matrix, into: inverse, size: size, stride: size)
    }
  }
  return isRegular ? inverse : nil
}

/// The same without new memory.
///
/// - Parameters:
///   - matrix: row major; destroyed.
///   - stride: from row to row, of both matrices.
/// - Returns: false if the matrix is (nearly) singular.
func invertApproximately(
  _ matrix: UnsafeMutablePointer<Double>, into inverse: UnsafeMutablePointer<Double>, size: Int, stride: Int
) -> Bool {
  for row in 0..<size {
    for column in 0..<size { inverse[row * stride + column] = row == column ? 1 : 0 }
  }
  for column in 0..<size {
    var best = column
    for row in column..<size
    where matrix[row * stride + column].magnitude > matrix[best * stride + column].magnitude {
      best = row
    }
    let pivot = matrix[best * stride + column]
    guard pivot.isFinite, pivot.magnitude > .leastNormalMagnitude else { return false }
    let (own, other) = (column * stride, best * stride)
    if best != column {
      for k in 0..<size {
        (matrix[other + k], matrix[own + k]) = (matrix[own + k], matrix[other + k])
        (inverse[other + k], inverse[own + k]) = (inverse[own + k], inverse[other + k])
      }
    }
    for k in column..<size { matrix[own + k] /= pivot }
    for k in 0..<size { inverse[own + k] /= pivot }
    for row in 0..<size where row != column {
      let factor = matrix[row * stride + column]
      guard factor != 0 else { continue }
      for k in column..<size { matrix[row * stride + k] -= factor * matrix[own + k] }
      for k in 0..<size { inverse[row * stride + k] -= factor * inverse[own + k] }
    }
  }
  return true
}
