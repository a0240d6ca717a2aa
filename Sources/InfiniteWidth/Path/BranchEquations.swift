import Algebra
import ConvexMethod

/// The optimality conditions of a support as equations in the unit vectors `v_l = q_l/κ` and the shares `s_l`, in
/// doubles:
///
///     κ v_l + Σ_m s_m C_lm v_m = d_l,    ½ (|v_l|² − 1) = 0.
///
/// They are polynomials of degree two, regular where the `K_l r` are independent, whatever the signs of the shares.
struct BranchEquations: Sendable {
  /// The number of faces, and `D`.
  let count: Int
  let dimension: Int
  /// `C_lm`, for each pair row major, rounded.
  let blocks: [Double]
  /// `d_l`, rounded.
  let products: [Double]

  /// The number of unknowns: all `v_l`, then all `s_l`.
  var size: Int { count * (dimension + 1) }

  init<Engine: AlgebraEngine>(_ system: StratumSystem<Engine>, support: [Int]) {
    count = support.count
    dimension = system.dimension
    blocks = support.flatMap { l in
      support.flatMap { m in system.blocks[l][m].entries.map(\.doubleValue) }
    }
    products = support.flatMap { system.products[$0].entries.map(\.doubleValue) }
  }

  func block(_ l: Int, _ m: Int, _ row: Int, _ column: Int) -> Double {
    blocks[((l * count + m) * dimension + row) * dimension + column]
  }

  /// The left-hand sides at a point.
  func values(_ x: [Double], ridge: Double) -> [Double] {
    var values = [Double](repeating: 0, count: size)
    let shares = count * dimension
    for l in 0..<count {
      var square = -1.0
      for row in 0..<dimension {
        var sum = ridge * x[l * dimension + row] - products[l * dimension + row]
        for m in 0..<count {
          for column in 0..<dimension {
            sum += block(l, m, row, column) * x[shares + m] * x[m * dimension + column]
          }
        }
        values[l * dimension + row] = sum
        square += x[l * dimension + row] * x[l * dimension + row]
      }
      values[shares + l] = square / 2
    }
    return values
  }

  /// The derivatives by the unknowns, row major. They are linear: with a coefficient of a polynomial path in place of
  /// `x` this is the coefficient of the path's Jacobian, if `ridge` is that of `κ`.
  func jacobian(_ x: [Double], ridge: Double) -> [Double] {
    let size = self.size
    var matrix = [Double](repeating: 0, count: size * size)
    let shares = count * dimension
    for l in 0..<count {
      for row in 0..<dimension {
        let line = (l * dimension + row) * size
        matrix[line + l * dimension + row] += ridge
        for m in 0..<count {
          var sum = 0.0
          for column in 0..<dimension {
            let entry = block(l, m, row, column)
            matrix[line + m * dimension + column] += entry * x[shares + m]
            sum += entry * x[m * dimension + column]
          }
          matrix[line + shares + m] = sum
        }
        matrix[(shares + l) * size + l * dimension + row] = x[l * dimension + row]
      }
    }
    return matrix
  }

  /// The part of degree two, with absolute values: `Σ_m |C_lm| a_m b_m` with the shares of `a` and the vectors of `b`,
  /// and `½ ⟨a_l, b_l⟩`.
  func quadraticBound(_ a: [Double], _ b: [Double]) -> [Double] {
    var values = [Double](repeating: 0, count: size)
    let shares = count * dimension
    for l in 0..<count {
      for row in 0..<dimension {
        var sum = 0.0
        for m in 0..<count {
          for column in 0..<dimension {
            sum += block(l, m, row, column).magnitude * a[shares + m] * b[m * dimension + column]
          }
        }
        values[l * dimension + row] = sum
        values[shares + l] += a[l * dimension + row] * b[l * dimension + row] / 2
      }
    }
    return values
  }
}

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
