/// Small dense linear algebra with doubles, or with balls: what it computes with balls encloses the results for all
/// matrices in them.
enum LinearAlgebra<Scalar: LossScalar> {
  /// Gaussian elimination with partial pivoting.
  ///
  /// - Returns: the solution, whose balls are not finite where the matrix may be singular, and the determinant.
  static func solve(_ matrix: [[Scalar]], _ right: [Scalar]) -> (solution: [Scalar], determinant: Scalar) {
    var (rows, right) = (matrix, right)
    let size = rows.count
    var determinant = matrix[0][0].integer(1)
    for column in 0..<size {
      let pivot =
        (column..<size).max { abs(rows[$0][column].estimate) < abs(rows[$1][column].estimate) } ?? column
      if pivot != column {
        rows.swapAt(pivot, column)
        right.swapAt(pivot, column)
        determinant = determinant.integer(0) - determinant
      }
      determinant = determinant * rows[column][column]
      for row in (column + 1)..<max(size, column + 1) {
        let factor = rows[row][column] / rows[column][column]
        for index in (column + 1)..<size {
          rows[row][index] = rows[row][index] - factor * rows[column][index]
        }
        right[row] = right[row] - factor * right[column]
      }
    }
    for row in (0..<size).reversed() {
      for index in (row + 1)..<max(size, row + 1) {
        right[row] = right[row] - rows[row][index] * right[index]
      }
      right[row] = right[row] / rows[row][row]
    }
    return (right, determinant)
  }

  static func determinant(_ matrix: [[Scalar]]) -> Scalar {
    guard matrix.count > 1 else { return matrix[0][0] }
    // The last column is not needed: eliminate with a right side of zeros.
    return solve(matrix, matrix.map { $0[0].integer(0) }).determinant
  }

  /// The number of negative eigenvalues of a symmetric matrix by Sylvester's law, with the pivots of Bunch and
  /// Parlett (SIAM J. Numer. Anal. 8, 1971); `nil` where a sign is not known.
  static func negativeCount(_ matrix: [[Scalar]]) -> Int? {
    var rows = matrix
    var count = 0
    while !rows.isEmpty {
      let all = rows.indices
      let diagonal = all.max { abs(rows[$0][$0].estimate) < abs(rows[$1][$1].estimate) } ?? 0
      var (first, second, greatest) = (0, 0, 0.0)
      for row in all {
        for column in 0..<row where abs(rows[row][column].estimate) > greatest {
          (first, second, greatest) = (row, column, abs(rows[row][column].estimate))
        }
      }
      if abs(rows[diagonal][diagonal].estimate) >= 0.64 * greatest {
        guard let sign = rows[diagonal][diagonal].sign else { return nil }
        if sign < 0 { count += 1 }
        rows = complement(rows, [diagonal])
      } else {
        let determinant =
          rows[first][first] * rows[second][second] - rows[first][second] * rows[first][second]
        // One eigenvalue of each sign.
        guard determinant.sign == -1 else { return nil }
        count += 1
        rows = complement(rows, [first, second])
      }
    }
    return count
  }

  /// The Schur complement of a diagonal block of size 1 or 2.
  private static func complement(_ rows: [[Scalar]], _ block: [Int]) -> [[Scalar]] {
    let rest = rows.indices.filter { !block.contains($0) }
    let corner = block.map { row in block.map { rows[row][$0] } }
    let solutions = rest.map { row in solve(corner, block.map { rows[row][$0] }).solution }
    return rest.map { row in
      zip(rest, solutions).map { column, solution in
        zip(block, solution).reduce(rows[row][column]) { $0 - rows[row][$1.0] * $1.1 }
      }
    }
  }
}
