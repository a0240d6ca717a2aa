import Algebra

/// Determinants of small matrices of polynomials.
enum Determinant {
  /// By expansion along rows, for few rows.
  static func of<P: RationalPolynomial>(_ matrix: [[P]], ring: P.Ring) throws -> P where P.Ring.Element == P {
    var known: [[Int]: P] = [:]
    func minor(_ columns: [Int]) throws -> P {
      if columns.isEmpty { return ring.constant(1) }
      if let value = known[columns] { return value }
      let row = matrix.count - columns.count
      var sum = ring.zero
      for (place, column) in columns.enumerated() where !matrix[row][column].isZero {
        var others = columns
        others.remove(at: place)
        let term = try matrix[row][column].multiplied(by: minor(others))
        sum = try place % 2 == 0 ? sum.adding(term) : sum.subtracting(term)
      }
      known[columns] = sum
      return sum
    }
    return try minor(Array(matrix.indices))
  }

  /// The minors with all columns of a matrix with at least as many rows, by expansion along columns.
  static func maximalMinors<P: RationalPolynomial>(
    _ matrix: [[P]], ring: P.Ring, control: Control
  ) throws -> [P] where P.Ring.Element == P {
    var minors: [[Int]: P] = [[]: ring.constant(1)]
    for column in matrix.first?.indices ?? 0..<0 {
      try control.check()
      var next: [[Int]: P] = [:]
      for (rows, value) in minors where !value.isZero {
        for row in matrix.indices where !rows.contains(row) && !matrix[row][column].isZero {
          let larger = (rows + [row]).sorted()
          let term = try value.multiplied(by: matrix[row][column])
          let isNegative = rows.filter { $0 > row }.count % 2 == 1
          next[larger] = try (next[larger] ?? ring.zero).adding(isNegative ? term.negated : term)
        }
      }
      minors = next
    }
    return minors.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  /// By elimination without fractions (Bareiss), for more rows.
  static func eliminating<P: RationalPolynomial>(
    _ matrix: [[P]], ring: P.Ring, control: Control
  ) throws -> P where P.Ring.Element == P {
    var rows = matrix
    var previous = ring.constant(1)
    var isNegative = false
    for k in rows.indices.dropLast() {
      try control.check()
      // Short pivots keep intermediate results short.
      let candidates = (k..<rows.count).filter { !rows[$0][k].isZero }
      guard let pivot = candidates.min(by: { rows[$0][k].termCount < rows[$1][k].termCount }) else {
        return ring.zero
      }
      if pivot != k {
        rows.swapAt(pivot, k)
        isNegative.toggle()
      }
      for i in (k + 1)..<rows.count {
        for j in (k + 1)..<rows.count {
          let value = try rows[k][k].multiplied(by: rows[i][j])
            .subtracting(rows[i][k].multiplied(by: rows[k][j]))
          rows[i][j] = try value.dividedExactly(by: previous)
        }
      }
      previous = rows[k][k]
    }
    guard let result = rows.last?.last else { return ring.constant(1) }
    return isNegative ? result.negated : result
  }
}
