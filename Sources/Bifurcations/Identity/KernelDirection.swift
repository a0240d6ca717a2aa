import Algebra

/// The direction in which a branch of a given symmetry leaves W = I at a simple crossing of the homotopy.
///
/// Where P v vᵀ + Q D is singular its kernel is D⁻¹v, so that the direction does not depend on the parameter.
struct KernelDirection<Ball: RealBall> {
  /// How many of the units are in the first block; 0 for the crossing of (k), which keeps all symmetries.
  let firstBlock: Int
  /// Row by row, not normalised; the first diagonal entry is positive.
  let matrix: [[Ball]]
  private let t: Ball
  private let precision: Int

  private var k: Int { matrix.count }

  init(units k: Int, firstBlock j: Int, precision: Int) {
    func number(_ value: Int) -> Ball { Ball(Ball.Rational(value), precision: precision) }
    let (one, two) = (number(1), number(2))
    let t = two / Ball.pi(precision: precision)
    func entry(_ row: Int, _ column: Int) -> Ball {
      guard j > 0 else { return one / (row == column ? one + number(k - 1) * t : one + t) }
      func level(_ index: Int) -> Ball { index < j ? one / number(j) : -one / number(k - j) }
      let (first, second) = (level(row), level(column))
      guard row != column else { return first / (one - t) }
      return (first + second) / (two * (one + t)) - (first - second) / (two * (one - t))
    }
    matrix = (0..<k).map { row in (0..<k).map { entry(row, $0) } }
    firstBlock = j
    self.precision = precision
    self.t = t
  }

  private func number(_ value: Int) -> Ball { Ball(Ball.Rational(value), precision: precision) }

  private func dot(_ left: [Ball], _ right: [Ball]) -> Ball {
    zip(left, right).reduce(number(0)) { $0 + $1.0 * $1.1 }
  }

  private func sum(_ terms: some Sequence<Ball>) -> Ball { terms.reduce(number(0), +) }

  private var squaredNorm: Ball { sum(matrix.map { dot($0, $0) }) }

  /// The value of the homotopy's parameter at which the direction is in the kernel: S = vᵀ D⁻¹ v solves
  /// P S + Q = 0.
  var criticalValue: Ball {
    let one = number(1)
    let inverse: Ball =
      if firstBlock == 0 {
        one / (one + number(k - 1) * t) + number(k - 1) / (one + t)
      } else {
        (number(k) + number(2) * t) / (one - t * t)
      }
    return number(2) * inverse / (inverse - one)
  }

  /// The derivative of the vanishing eigenvalue with respect to the homotopy's parameter.
  var eigenvalueSlope: Ball {
    let columns = (0..<k).map { column in sum(matrix.map { $0[column] }) }
    let trace = sum(matrix.indices.map { matrix[$0][$0] })
    let diagonal = sum(matrix.indices.map { matrix[$0][$0] * matrix[$0][$0] })
    let square = sum(
      matrix.indices.flatMap { row in matrix.indices.map { matrix[row][$0] * matrix[$0][row] } })
    let norm = squaredNorm
    let remainder = norm + t * (trace * trace + square - number(2) * diagonal)
    return (remainder - dot(columns, columns)) / (number(4) * norm)
  }

  /// The limits of L(I + sV)/|s|³ from above and from below, for the normalised direction V at its critical value.
  ///
  /// The loss is C² but not C³ at W = I: w_i and e_i are parallel there, and contribute |s|³. All other pairs are
  /// orthogonal, and sin θ − θ cos θ is a power series around a right angle.
  var cubics: (above: Ball, below: Ball) {
    let (two, half) = (number(2), number(1) / number(2))
    let parallel = matrix.indices.map { matrix[$0][$0] }
    let orthogonal = matrix.indices.map { row in
      sum(matrix.indices.filter { $0 != row }.map { matrix[row][$0] * matrix[row][$0] })
    }
    var analytic = sum(matrix.indices.map { number(k) * half * parallel[$0] * orthogonal[$0] })
    for i in matrix.indices {
      for j in matrix.indices where j > i {
        // The inner product of the rows of I + sV begins with first·s + second·s².
        let (first, second) = (matrix[i][j] + matrix[j][i], dot(matrix[i], matrix[j]))
        analytic =
          analytic + half * (orthogonal[i] - orthogonal[j]) * (parallel[j] - parallel[i])
          + first * second - first * first * (parallel[i] + parallel[j]) * half
      }
    }
    let kink = sum(orthogonal.map { $0 * $0.squareRoot(clampingAtZero: true) })
    let norm = squaredNorm
    let scale =
      criticalValue / (two * Ball.pi(precision: precision) * norm * norm.squareRoot(clampingAtZero: true))
    let third = number(1) / number(3)
    return (scale * (analytic - third * kink), -scale * (analytic + third * kink))
  }
}
