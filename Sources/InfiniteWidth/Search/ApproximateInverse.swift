/// The inverse of a matrix in doubles, by elimination with partial pivoting; `nil` if it is (nearly) singular.
func approximateInverse(_ matrix: [Double], size: Int) -> [Double]? {
  var left = matrix
  var right = [Double](repeating: 0, count: size * size)
  for index in 0..<size { right[index * size + index] = 1 }
  var isRegular = true
  left.withUnsafeMutableBufferPointer { left in
    right.withUnsafeMutableBufferPointer { right in
      for column in 0..<size {
        var best = column
        for row in column..<size
        where left[row * size + column].magnitude > left[best * size + column].magnitude {
          best = row
        }
        let pivot = left[best * size + column]
        guard pivot.isFinite, pivot.magnitude > .leastNormalMagnitude else {
          isRegular = false
          return
        }
        if best != column {
          for k in 0..<size {
            (left[best * size + k], left[column * size + k]) = (
              left[column * size + k], left[best * size + k]
            )
            (right[best * size + k], right[column * size + k]) =
              (right[column * size + k], right[best * size + k])
          }
        }
        for k in 0..<size {
          left[column * size + k] /= pivot
          right[column * size + k] /= pivot
        }
        for row in 0..<size where row != column {
          let factor = left[row * size + column]
          guard factor != 0 else { continue }
          for k in 0..<size {
            left[row * size + k] -= factor * left[column * size + k]
            right[row * size + k] -= factor * right[column * size + k]
          }
        }
      }
    }
  }
  return isRegular ? right : nil
}
