import Algebra
import Testing

extension AlgebraConformance {
  private static func contains(_ balls: BallMatrix, _ exact: Matrix) throws -> Bool {
    guard balls.rows == exact.rows, balls.columns == exact.columns else { return false }
    for row in 0..<exact.rows {
      for column in 0..<exact.columns {
        let (lower, upper) = try balls[row, column].bounds()
        guard lower <= exact[row, column], exact[row, column] <= upper else { return false }
      }
    }
    return true
  }

  /// Matrices of balls contain the exact results.
  public static func checkBallMatrices() throws {
    var random = RandomValues<Engine>(seed: 51)
    for round in 0..<40 {
      let precision = [30, 64, 128, 200][round % 4]
      let (m, n, p) = (random.int(0...5), random.int(0...5), random.int(0...5))
      let (a, b) = (try random.matrix(rows: m, columns: n), try random.matrix(rows: n, columns: p))
      let (c, factor) = (try random.matrix(rows: m, columns: n), try random.smallRational())
      let (x, y) = (BallMatrix(a, precision: precision), BallMatrix(b, precision: 53))
      let (z, scale) = (BallMatrix(c, precision: 100), Ball(factor, precision: 90))
      #expect(x.precision == precision && x.rows == m && x.columns == n)
      #expect(try contains(x, a))
      #expect(try contains(x * y, a.multiplied(by: b)) && (x * y).precision == max(precision, 53))
      #expect(try contains(x + z, a.adding(c)) && contains(x - z, a.subtracting(c)))
      #expect(try contains(x.scaled(by: scale), a.scaled(by: factor)))
      #expect(try contains(x.transposed, a.transposed))
      #expect(try contains(.identity(n, precision: 64), .identity(n)))
      #expect(try contains(.zero(rows: m, columns: n, precision: 64), .zero(rows: m, columns: n)))
      let entries = (0..<m).flatMap { row in (0..<n).map { x[row, $0] } }
      #expect(try contains(BallMatrix(rows: m, columns: n, entries: entries), a))
      let norm = try x.squaredNorm().bounds()
      let exactNorm = a.entries.reduce(0) { $0 + $1 * $1 }
      #expect(norm.lower <= exactNorm && exactNorm <= norm.upper)
      for row in 0..<m {
        for column in 0..<n {
          let middle = try x.midpoint[row, column].bounds()
          #expect(middle.lower == middle.upper)
        }
      }
      try checkBlock(&random, a, x, factor, scale)
      try checkSolve(&random, size: n, precision: precision)
    }
    let original = BallMatrix.identity(2, precision: 64)
    var changed = original
    changed[0, 1] = Ball(5, precision: 80)
    #expect(original[0, 1].sign == .zero && changed[0, 1].sign == .positive && changed.precision == 80)
    changed = original
    changed.addBlock(original, scaledBy: Ball(2, precision: 64), row: 0, column: 0)
    #expect(original[0, 0].approximation == 1 && changed[0, 0].approximation == 3)
  }

  private static func checkBlock(
    _ random: inout RandomValues<Engine>, _ block: Matrix, _ balls: BallMatrix, _ factor: Rational,
    _ scale: Ball
  ) throws {
    var target = try random.matrix(rows: block.rows + 2, columns: block.columns + 3)
    var enclosure = BallMatrix(target, precision: 70)
    enclosure.addBlock(balls, scaledBy: scale, row: 1, column: 2)
    for row in 0..<block.rows {
      for column in 0..<block.columns { target[row + 1, column + 2] += factor * block[row, column] }
    }
    #expect(try contains(enclosure, target))
  }

  private static func checkSolve(
    _ random: inout RandomValues<Engine>, size: Int, precision: Int
  ) throws {
    let (a, b) = (try random.matrix(rows: size, columns: size), try random.matrix(rows: size, columns: 2))
    let enclosure = BallMatrix(a, precision: precision).solve(BallMatrix(b, precision: precision))
    if try a.determinant() == 0 {
      #expect(enclosure == nil)
    } else if let enclosure {
      #expect(try contains(enclosure, a.solve(b)))
    } else {
      // With such entries, 128 bits are enough.
      #expect(precision < 128)
    }
    // A ball that reaches a singular matrix.
    guard size > 0 else { return }
    var balls = BallMatrix.identity(size, precision: 64)
    balls[size - 1, size - 1] = Ball(lower: 0, upper: 1, precision: 64)
    #expect(balls.solve(.identity(size, precision: 64)) == nil)
  }
}
