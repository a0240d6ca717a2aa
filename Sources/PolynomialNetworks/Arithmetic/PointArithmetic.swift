import Algebra
import LandscapeModel

/// Numbers in which the coordinates of one critical point are given, with signs as far as they are known.
protocol PointArithmetic {
  associatedtype Rational: ExactRational
  associatedtype Scalar

  func constant(_ value: Rational) -> Scalar
  func sum(_ left: Scalar, _ right: Scalar) -> Scalar
  func difference(_ left: Scalar, _ right: Scalar) -> Scalar
  func product(_ left: Scalar, _ right: Scalar) -> Scalar
  /// - Parameter right: of known sign, not zero.
  func quotient(_ left: Scalar, _ right: Scalar) throws -> Scalar
  /// −1, 0 or 1; `nil` if it is not known.
  func sign(_ value: Scalar) throws -> Int?
  /// About how large a number is, to choose pivots by; no result depends on it.
  func size(_ value: Scalar) -> Double
}

/// Exact rational numbers.
struct RationalArithmetic<Rational: ExactRational>: PointArithmetic {
  func constant(_ value: Rational) -> Rational { value }
  func sum(_ left: Rational, _ right: Rational) -> Rational { left + right }
  func difference(_ left: Rational, _ right: Rational) -> Rational { left - right }
  func product(_ left: Rational, _ right: Rational) -> Rational { left * right }
  func quotient(_ left: Rational, _ right: Rational) throws -> Rational { try left.divided(by: right) }
  func sign(_ value: Rational) -> Int? { value.signum() }
  func size(_ value: Rational) -> Double { abs(value.doubleValue) }
}

/// Balls of one precision.
struct BallArithmetic<Ball: RealBall>: PointArithmetic {
  let precision: Int

  func constant(_ value: Ball.Rational) -> Ball { Ball(value, precision: precision) }
  func sum(_ left: Ball, _ right: Ball) -> Ball { left + right }
  func difference(_ left: Ball, _ right: Ball) -> Ball { left - right }
  func product(_ left: Ball, _ right: Ball) -> Ball { left * right }
  func quotient(_ left: Ball, _ right: Ball) throws -> Ball { left / right }

  func sign(_ value: Ball) -> Int? {
    switch value.sign {
    case .positive: 1
    case .negative: -1
    case .zero: 0
    case .unknown: nil
    }
  }

  func size(_ value: Ball) -> Double { abs(value.approximation) }
}

extension PointArithmetic {
  typealias Matrix = [[Scalar]]

  var zero: Scalar { constant(0) }

  func product(_ left: Matrix, _ right: Matrix) -> Matrix {
    let zero = zero
    return left.map { row in
      (right.first ?? []).indices.map { column in
        row.indices.reduce(zero) { sum($0, product(row[$1], right[$1][column])) }
      }
    }
  }

  func transpose(_ matrix: Matrix) -> Matrix {
    (matrix.first ?? []).indices.map { column in matrix.map { $0[column] } }
  }

  func matrix<M: ExactMatrix>(_ matrix: M) -> Matrix where M.Rational == Rational {
    (0..<matrix.rows).map { i in (0..<matrix.columns).map { constant(matrix[i, $0]) } }
  }

  /// The inverse of a matrix; `nil` if no pivot of known sign is left.
  func inverse(_ matrix: Matrix) throws -> Matrix? {
    let n = matrix.count
    let (one, zero) = (constant(1), zero)
    var rows = matrix.enumerated().map { i, row in row + (0..<n).map { $0 == i ? one : zero } }
    for column in 0..<n {
      let candidates = try (column..<n).filter { row in try sign(rows[row][column]).map { $0 != 0 } ?? false }
      guard let pivot = candidates.max(by: { size(rows[$0][column]) < size(rows[$1][column]) }) else {
        return nil
      }
      rows.swapAt(column, pivot)
      let lead = rows[column][column]
      rows[column] = try rows[column].map { try quotient($0, lead) }
      for row in 0..<n where row != column {
        let factor = rows[row][column]
        rows[row] = zip(rows[row], rows[column]).map { difference($0, product(factor, $1)) }
      }
    }
    return rows.map { Array($0[n...]) }
  }

  /// The inertia of a symmetric matrix by congruences (Sylvester); `nil` if a sign is not known.
  func inertia(_ matrix: Matrix) throws -> TeacherResult.Signature? {
    var rest = matrix
    var signature = TeacherResult.Signature(positive: 0, negative: 0, zero: 0)
    while !rest.isEmpty {
      var signs = try rest.indices.map { try sign(rest[$0][$0]) }
      if !signs.contains(where: { $0 == 1 || $0 == -1 }) {
        // No diagonal pivot: e_i + e_j makes one of an entry off the diagonal.
        var best: (i: Int, j: Int)?
        for i in rest.indices {
          for j in 0..<i {
            guard let sign = try sign(rest[i][j]), sign != 0 else { continue }
            if best.map({ size(rest[i][j]) > size(rest[$0.i][$0.j]) }) ?? true { best = (i, j) }
          }
        }
        guard let (i, j) = best else {
          let isZero = try rest.allSatisfy { try $0.allSatisfy { try sign($0) == 0 } }
          guard isZero else { return nil }
          signature.zero += rest.count
          return signature
        }
        for k in rest.indices { rest[i][k] = sum(rest[i][k], rest[j][k]) }
        for k in rest.indices { rest[k][i] = sum(rest[k][i], rest[k][j]) }
        signs = try rest.indices.map { try sign(rest[$0][$0]) }
      }
      let known = rest.indices.filter { signs[$0] == 1 || signs[$0] == -1 }
      guard let pivot = known.max(by: { size(rest[$0][$0]) < size(rest[$1][$1]) }) else { return nil }
      if signs[pivot] == 1 { signature.positive += 1 } else { signature.negative += 1 }
      let row = rest[pivot]
      let others = rest.indices.filter { $0 != pivot }
      rest = try others.map { i in
        let factor = try quotient(row[i], row[pivot])
        return others.map { difference(rest[i][$0], product(factor, row[$0])) }
      }
    }
    return signature
  }
}
