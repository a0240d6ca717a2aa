import Algebra
import ConvexMethod

/// The optimality conditions of a support as equations in the unit vectors `v_l = q_l/κ` and the shares `s_l`:
///
///     κ v_l + Σ_m s_m C_lm v_m = d_l,    ½ (|v_l|² − 1) = 0.
///
/// They are polynomials of degree two, regular where the `K_l r` are independent, whatever the signs of the shares.
struct BranchEquations: Sendable {
  /// The number of faces, and `D`.
  let count: Int
  let dimension: Int
  /// `C_lm`, for each pair row major.
  let blocks: [DoubleDouble]
  /// `d_l`.
  let products: [DoubleDouble]

  /// The number of unknowns: all `v_l`, then all `s_l`.
  var size: Int { count * (dimension + 1) }

  init<Engine: AlgebraEngine>(_ system: StratumSystem<Engine>, support: [Int]) {
    count = support.count
    dimension = system.dimension
    blocks = support.flatMap { l in
      support.flatMap { m in system.blocks[l][m].entries.map { DoubleDouble($0) } }
    }
    products = support.flatMap { system.products[$0].entries.map { DoubleDouble($0) } }
  }

  /// An entry of `C_lm`, rounded.
  func block(_ l: Int, _ m: Int, _ row: Int, _ column: Int) -> Double {
    blocks[((l * count + m) * dimension + row) * dimension + column].high
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

  /// The part of degree two, with absolute values: `Σ_m |C_lm| a_m a_m'` with the shares and the vectors of `a`, and
  /// `½ |a_l|²`.
  func quadraticBound(_ a: [Double]) -> [Double] {
    var values = [Double](repeating: 0, count: size)
    let shares = count * dimension
    for l in 0..<count {
      for row in 0..<dimension {
        var sum = 0.0
        for m in 0..<count {
          for column in 0..<dimension {
            sum += block(l, m, row, column).magnitude * a[shares + m] * a[m * dimension + column]
          }
        }
        values[l * dimension + row] = sum
        values[shares + l] += a[l * dimension + row] * a[l * dimension + row] / 2
      }
    }
    return values
  }
}
