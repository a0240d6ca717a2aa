import Algebra
import Ideals

/// How many eigenvalues of a symmetric matrix are negative, zero and positive.
package struct Inertia: Hashable, Sendable {
  package var negative: Int
  package var zero: Int
  package var positive: Int

  package init(negative: Int, zero: Int, positive: Int) {
    self.negative = negative
    self.zero = zero
    self.positive = positive
  }
}

/// A symmetric matrix of polynomials.
package struct SymmetricMatrix<Engine: AlgebraEngine>: Sendable {
  package typealias Polynomial = Engine.Polynomial
  package typealias Ball = Engine.Ball

  package let entries: [[Polynomial]]
  package let notation: PolynomialNotation<Engine>

  package init(entries: [[Polynomial]], notation: PolynomialNotation<Engine>) {
    self.entries = entries
    self.notation = notation
  }

  package var size: Int { entries.count }

  /// The inertia at a point, exact: all eigenvalues are real, so that the signs of the coefficients of the
  /// characteristic polynomial tell them (Descartes). Balls decide what is not zero.
  package func inertia(at point: AlgebraicPoint<Engine>, _ control: Control) throws -> Inertia {
    let precision = 320
    let coordinates = try point.coordinates(precision: precision)
    let balls = entries.map { $0.map { $0.enclosure(at: coordinates, precision: precision) } }
    let one = Ball(1.0, precision: precision)
    let sums = Self.elementarySums(
      balls, one: one, zero: Ball(0.0, precision: precision), add: { $0 + $1 }, multiply: { $0 * $1 },
      divide: { $0 / Ball(Engine.Rational($1), precision: precision) })
    var signs: [Int] = []
    for (order, sum) in sums.enumerated() {
      switch sum.sign {
      case .positive: signs.append(1)
      case .negative: signs.append(-1)
      case .zero: signs.append(0)
      case .unknown:
        let polynomial = try principalMinorSum(order: order)
        signs.append(try point.sign(of: polynomial, in: notation, control))
      }
    }
    // det(tI − H) = Σ (−1)^k e_k t^(N−k).
    let zero = signs.reversed().prefix { $0 == 0 }.count
    let alternating = signs.enumerated().map { $0 % 2 == 0 ? $1 : -$1 }.filter { $0 != 0 }
    let positive = zip(alternating, alternating.dropFirst()).count { $0 != $1 }
    return Inertia(negative: size - zero - positive, zero: zero, positive: positive)
  }

  /// `e_0, …, e_N` of the eigenvalues (Faddeev, LeVerrier).
  package static func elementarySums<Scalar>(
    _ matrix: [[Scalar]], one: Scalar, zero: Scalar, add: (Scalar, Scalar) -> Scalar,
    multiply: (Scalar, Scalar) -> Scalar, divide: (Scalar, Int) -> Scalar
  ) -> [Scalar] {
    let n = matrix.count
    var sums = [one]
    // M_k = H M_{k−1} + c_{n−k+1} I, c_{n−k} = −tr(H M_k) / k; e_k = (−1)^k c_{n−k}.
    var current = (0..<n).map { i in (0..<n).map { $0 == i ? one : zero } }
    for k in 1...max(1, n) where n > 0 {
      let product = (0..<n).map { i in
        (0..<n).map { j in (0..<n).reduce(zero) { add($0, multiply(matrix[i][$1], current[$1][j])) } }
      }
      let trace = (0..<n).reduce(zero) { add($0, product[$1][$1]) }
      let coefficient = divide(trace, -k)
      sums.append(k % 2 == 0 ? coefficient : divide(coefficient, -1))
      current = (0..<n).map { i in
        (0..<n).map { $0 == i ? add(product[i][$0], coefficient) : product[i][$0] }
      }
    }
    return sums
  }

  /// The sum of the principal minors of this order.
  package func principalMinorSum(order: Int) throws -> Polynomial {
    let minors = MinorTable(entries, ring: notation.ring)
    return try Self.subsets(of: size, count: order).reduce(notation.ring.zero) {
      try $0.adding(minors.minor(rows: $1, columns: $1))
    }
  }

  /// All subsets of 0..<n with so many elements, ascending.
  package static func subsets(of n: Int, count: Int) -> [[Int]] {
    if count == 0 { return [[]] }
    guard n >= count else { return [] }
    return subsets(of: n - 1, count: count) + subsets(of: n - 1, count: count - 1).map { $0 + [n - 1] }
  }
}
