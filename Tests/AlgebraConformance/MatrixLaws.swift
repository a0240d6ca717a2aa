import Algebra
import Testing

extension AlgebraConformance {
  /// Ring laws of matrices, value semantics, and shapes that do not fit.
  public static func checkMatrices() throws {
    var random = RandomValues<Engine>(seed: 31)
    for _ in 0..<30 {
      let (m, n, p, q) = (random.int(0...4), random.int(0...4), random.int(0...4), random.int(0...4))
      let (a, b) = (try random.matrix(rows: m, columns: n), try random.matrix(rows: n, columns: p))
      let (c, d) = (try random.matrix(rows: p, columns: q), try random.matrix(rows: n, columns: p))
      let factor = try random.rational()
      let product = try a.multiplied(by: b)
      #expect(product.rows == m && product.columns == p)
      for row in 0..<m {
        for column in 0..<p {
          #expect(product[row, column] == (0..<n).reduce(Rational(0)) { $0 + a[row, $1] * b[$1, column] })
        }
      }
      #expect(try product.multiplied(by: c) == a.multiplied(by: b.multiplied(by: c)))
      #expect(try a.multiplied(by: b.adding(d)) == product.adding(a.multiplied(by: d)))
      #expect(try b.adding(d).subtracting(d) == b)
      #expect(product.transposed == (try b.transposed.multiplied(by: a.transposed)))
      #expect(a.transposed.transposed == a)
      #expect(try a.scaled(by: factor).multiplied(by: b) == product.scaled(by: factor))
      #expect(try Matrix.identity(m).multiplied(by: a) == a)
      #expect(try a.subtracting(a).isZero)
      #expect(try a.subtracting(a) == .zero(rows: m, columns: n))
      #expect(try Matrix(rows: m, columns: n, entries: a.entries) == a)
      #expect(try b.adding(d).subtracting(d).hashValue == b.hashValue)
      #expect(a.selectingRows((0..<m).reversed()).selectingRows((0..<m).reversed()) == a)
    }
    let original = Matrix.identity(2)
    var changed = original
    changed[0, 1] = 5
    #expect(original == .identity(2))
    #expect(changed.entries == [1, 5, 0, 1])
    #expect(changed != original)
    // Zeros of different shapes are different.
    #expect(Matrix.zero(rows: 0, columns: 2) != .zero(rows: 2, columns: 0))

    let (wide, tall) = (Matrix.zero(rows: 2, columns: 3), Matrix.zero(rows: 3, columns: 2))
    #expect(isShapeMismatch { try wide.adding(tall) })
    #expect(isShapeMismatch { try wide.subtracting(tall) })
    #expect(isShapeMismatch { try wide.multiplied(by: wide) })
    #expect(isShapeMismatch { try wide.determinant() })
    #expect(isShapeMismatch { try wide.solve(.identity(2)) })
    #expect(isShapeMismatch { try Matrix.identity(3).solve(.identity(2)) })
    #expect(isShapeMismatch { try wide.inverse() })
    #expect(isShapeMismatch { try Matrix(rows: 2, columns: 2, entries: [1, 2, 3]) })
    #expect(isShapeMismatch { try Matrix(rows: -1, columns: 0, entries: []) })
    #expect(isShapeMismatch { try Matrix(rows: .max, columns: 4, entries: []) })
  }

  /// Elimination, determinants, linear systems, kernels and projections.
  public static func checkElimination() throws {
    var random = RandomValues<Engine>(seed: 32)
    for round in 0..<40 {
      let (m, n) = (random.int(0...5), random.int(0...5))
      // Products have less than full rank in half of the rounds.
      let inner = round % 2 == 0 ? random.int(0...2) : 5
      let a = try random.matrix(rows: m, columns: inner).multiplied(
        by: random.matrix(rows: inner, columns: n))
      let (form, pivots) = a.reducedRowEchelonForm()
      try expectReduced(form, pivots)
      #expect(a.rank == pivots.count)
      #expect(a.transposed.rank == a.rank)
      // The same row space: stacking the form below does not raise the rank.
      let stacked = try Matrix(rows: 2 * m, columns: n, entries: a.entries + form.entries)
      #expect(stacked.rank == a.rank)

      let kernel = a.kernelBasis()
      #expect(kernel.rows == n && kernel.columns == n - a.rank && kernel.rank == kernel.columns)
      #expect(try a.multiplied(by: kernel).isZero)
      let projection = a.projectionOntoKernel()
      #expect(projection == projection.transposed)
      #expect(try projection.multiplied(by: projection) == projection)
      #expect(try projection.multiplied(by: kernel) == kernel)
      #expect(try a.multiplied(by: projection).isZero)

      let square = try random.matrix(rows: n, columns: n)
      let determinant = try square.determinant()
      #expect(determinant == leibnizDeterminant(square))
      let right = try random.matrix(rows: n, columns: m)
      if determinant == 0 {
        #expect(throws: AlgebraError.singularMatrix) { try square.solve(right) }
      } else {
        #expect(try square.multiplied(by: square.solve(right)) == right)
        #expect(try square.multiplied(by: square.inverse()) == .identity(n))
      }
    }
    #expect(try Matrix.zero(rows: 0, columns: 0).determinant() == 1)
    #expect(try Matrix.identity(0).inverse() == .identity(0))
    let singular = try Matrix(rows: 2, columns: 2, entries: [1, 2, 2, 4])
    #expect(throws: AlgebraError.singularMatrix) { try singular.inverse() }
    #expect(throws: AlgebraError.singularMatrix) { try singular.solve(.zero(rows: 2, columns: 0)) }
    try checkHilbertMatrix(size: 30)
  }

  /// The inverse of the Hilbert matrix has integer entries, with the sum n².
  private static func checkHilbertMatrix(size: Int) throws {
    let entries = try (0..<(size * size)).map {
      try Rational(numerator: 1, denominator: Integer($0 / size + $0 % size + 1))
    }
    let inverse = try Matrix(rows: size, columns: size, entries: entries).inverse()
    #expect(inverse.entries.allSatisfy { $0.isInteger })
    #expect(inverse.entries.reduce(0, +) == Rational(size * size))
  }

  private static func expectReduced(_ form: Matrix, _ pivots: [Int]) throws {
    #expect(pivots == pivots.sorted() && Set(pivots).count == pivots.count)
    for row in 0..<form.rows {
      let lead = (0..<form.columns).first { form[row, $0] != 0 }
      #expect(lead == (row < pivots.count ? pivots[row] : nil))
    }
    for (index, pivot) in pivots.enumerated() {
      for row in 0..<form.rows { #expect(form[row, pivot] == (row == index ? 1 : 0)) }
    }
  }

  /// By the formula over permutations, expanded along the first row.
  private static func leibnizDeterminant(_ matrix: Matrix) -> Rational {
    func expand(_ row: Int, _ columns: [Int]) -> Rational {
      guard row < matrix.rows else { return 1 }
      var sum: Rational = 0
      for (index, column) in columns.enumerated() {
        var rest = columns
        rest.remove(at: index)
        let term = matrix[row, column] * expand(row + 1, rest)
        sum = index % 2 == 0 ? sum + term : sum - term
      }
      return sum
    }
    return expand(0, Array(0..<matrix.columns))
  }
}
