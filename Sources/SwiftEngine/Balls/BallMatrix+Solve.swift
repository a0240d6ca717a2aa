import Algebra

extension SwiftEngine.BallMatrix {
  /// Gaussian elimination with partial pivoting, after preconditioning by an approximate inverse where the
  /// balls alone would grow too fast (Rump, Acta Numerica 19, 2010, doi:10.1017/S096249291000005X).
  public func solve(_ right: Self) -> Self? {
    precondition(rows == columns && right.rows == rows, "a linear system whose shapes do not fit")
    let precision = max(precision, right.precision)
    let (matrix, right) = (withPrecision(precision), right.withPrecision(precision))
    // With an approximate inverse C, the system (C A) X = C B has a matrix near the identity.
    if rows > 4, let inverse = matrix.midpoint.eliminated(.identity(rows, precision: precision))?.midpoint {
      return (inverse * matrix).eliminated(inverse * right)
    }
    return matrix.eliminated(right)
  }

  private func withPrecision(_ precision: Int) -> Self {
    var copy = self
    for row in 0..<rows {
      for column in 0..<columns { copy[row, column] = self[row, column].withPrecision(precision) }
    }
    return copy
  }

  /// The solutions by Gaussian elimination; `nil` where a column's entries all contain zero.
  private func eliminated(_ right: Self) -> Self? {
    var (matrix, solution) = (self, right)
    for column in 0..<columns {
      // The greatest of those that do not contain zero.
      let candidates = (column..<rows).filter {
        let sign = matrix[$0, column].sign
        return sign == .positive || sign == .negative
      }
      let best = candidates.max {
        matrix[$0, column].middle.compareMagnitude(matrix[$1, column].middle) < 0
      }
      guard let pivot = best else { return nil }
      if pivot != column {
        matrix.swapRows(pivot, column)
        solution.swapRows(pivot, column)
      }
      let divisor = matrix[column, column]
      for row in (column + 1)..<max(rows, column + 1) {
        let entry = matrix[row, column]
        if entry.sign == .zero { continue }
        let factor = entry / divisor
        for index in (column + 1)..<max(columns, column + 1) {
          matrix[row, index] = matrix[row, index] - factor * matrix[column, index]
        }
        for index in 0..<right.columns {
          solution[row, index] = solution[row, index] - factor * solution[column, index]
        }
      }
    }
    for index in 0..<right.columns {
      for row in (0..<rows).reversed() {
        var value = solution[row, index]
        for column in (row + 1)..<max(columns, row + 1) {
          value = value - matrix[row, column] * solution[column, index]
        }
        solution[row, index] = value / matrix[row, row]
      }
    }
    return solution
  }

  private mutating func swapRows(_ first: Int, _ second: Int) {
    for column in 0..<columns {
      (self[first, column], self[second, column]) = (self[second, column], self[first, column])
    }
  }
}
