import Algebra

extension SwiftEngine.RationalMatrix {
  public func reducedRowEchelonForm() -> (matrix: Self, pivots: [Int]) {
    var form = FractionFreeForm(IntegerRows(self).rows, columns: columns)
    form.eliminate(pivotColumns: columns)
    form.reduceUpwards()
    var list = [Rational](repeating: 0, count: rows * columns)
    for (row, pivot) in form.pivots.enumerated() {
      let lead = form.rows[row][pivot]
      for column in pivot..<columns where !form.rows[row][column].isZero {
        list[row * columns + column] = Rational(reducing: form.rows[row][column], lead)
      }
    }
    return (Self(shape: rows, columns, list), form.pivots)
  }

  public func determinant() throws -> SwiftEngine.Rational {
    try requireSquare()
    guard rows > 0 else { return 1 }
    let integers = IntegerRows(self)
    var form = FractionFreeForm(integers.rows, columns: columns)
    form.eliminate(pivotColumns: columns)
    guard form.pivots.count == rows else { return 0 }
    let value = form.rows[rows - 1][columns - 1]
    return Rational(
      reducing: form.swapsAreOdd ? -value : value, integers.denominators.reduce(1) { $0 * $1 })
  }

  public func solve(_ right: Self) throws -> Self {
    try requireSquare()
    try requireRows(of: right, equal: rows)
    let width = columns + right.columns
    var joint: [Rational] = []
    joint.reserveCapacity(rows * width)
    for row in 0..<rows {
      joint += entries[row * columns..<(row + 1) * columns]
      joint += right.entries[row * right.columns..<(row + 1) * right.columns]
    }
    var form = FractionFreeForm(IntegerRows(Self(shape: rows, width, joint)).rows, columns: width)
    form.eliminate(pivotColumns: columns)
    guard form.pivots.count == rows else { throw AlgebraError.singularMatrix }
    form.reduceUpwards()
    var list: [Rational] = []
    list.reserveCapacity(rows * right.columns)
    for row in 0..<rows {
      for column in columns..<width {
        list.append(Rational(reducing: form.rows[row][column], form.rows[row][row]))
      }
    }
    return Self(shape: rows, right.columns, list)
  }
}

/// Gaussian elimination over the integers in which all divisions are exact (Bareiss, Math. Comp. 22, 1968,
/// doi:10.1090/S0025-5718-1968-0226829-0).
private struct FractionFreeForm {
  private(set) var rows: [[SwiftEngine.Integer]]
  private(set) var pivots: [Int] = []
  private(set) var swapsAreOdd = false
  private let columns: Int

  init(_ rows: [[SwiftEngine.Integer]], columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  /// Brings the rows into echelon form, with pivots in the first columns only.
  mutating func eliminate(pivotColumns: Int) {
    var divisor: SwiftEngine.Integer = 1
    for column in 0..<pivotColumns {
      let top = pivots.count
      guard top < rows.count else { break }
      // The shortest pivot makes the shortest products.
      let best = (top..<rows.count).filter { !rows[$0][column].isZero }
        .min { rows[$0][column].bitLength < rows[$1][column].bitLength }
      guard let pivotRow = best else { continue }
      if pivotRow != top {
        rows.swapAt(pivotRow, top)
        swapsAreOdd.toggle()
      }
      let pivot = rows[top][column]
      for row in (top + 1)..<max(rows.count, top + 1) {
        let factor = rows[row][column]
        for index in (column + 1)..<max(columns, column + 1) {
          let difference = pivot * rows[row][index] - factor * rows[top][index]
          rows[row][index] = divisor == 1 ? difference : difference.divided(by: divisor).quotient
        }
        rows[row][column] = 0
      }
      divisor = pivot
      pivots.append(column)
    }
  }

  /// Clears the columns above the pivots and divides each row by its content.
  mutating func reduceUpwards() {
    for top in pivots.indices.reversed() {
      divideByContent(top)
      let column = pivots[top]
      for row in 0..<top where !rows[row][column].isZero {
        let divisor = rows[top][column].greatestCommonDivisor(with: rows[row][column])
        let factor = rows[row][column].divided(by: divisor).quotient
        let scale = rows[top][column].divided(by: divisor).quotient
        for index in pivots[row]..<columns {
          rows[row][index] =
            index < column
            ? rows[row][index] * scale : rows[row][index] * scale - rows[top][index] * factor
        }
        divideByContent(row)
      }
    }
  }

  private mutating func divideByContent(_ row: Int) {
    let content = SwiftEngine.Integer.greatestCommonDivisor(of: rows[row])
    guard content > 1 else { return }
    for index in rows[row].indices { rows[row][index] = rows[row][index].divided(by: content).quotient }
  }
}
