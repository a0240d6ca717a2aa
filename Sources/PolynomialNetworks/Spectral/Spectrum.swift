import Algebra
import RealSolving

/// The different eigenvalues of `T S`, for a symmetric T and a positive definite S; all are real.
struct Spectrum<Engine: AlgebraEngine>: Sendable {
  typealias Rational = Engine.Rational
  typealias Number = RealAlgebraicNumber<Engine>

  /// Descending.
  let values: [Number]
  /// How often each occurs.
  let multiplicities: [Int]
  /// A positive integer that makes every eigenvalue an algebraic integer.
  let denominator: Engine.Integer
  /// The characteristic polynomial, primitive.
  let characteristic: Engine.UnivariatePolynomial

  init(_ matrix: Engine.RationalMatrix, control: Control) throws {
    let polynomial = try Self.characteristicPolynomial(matrix)
    characteristic = polynomial
    denominator = polynomial.coefficients[polynomial.degree].magnitude
    var values: [Number] = []
    var multiplicities: [Int] = []
    let factors = try polynomial.factored().factors
    for number in try Number.realRoots(of: polynomial, control: control).reversed() {
      guard let factor = factors.first(where: { $0.polynomial == number.minimalPolynomial }) else {
        preconditionFailure("every root belongs to a factor")
      }
      values.append(number)
      multiplicities.append(factor.multiplicity)
    }
    self.values = values
    self.multiplicities = multiplicities
  }

  /// `det(x I − A)` made primitive (Faddeev, LeVerrier).
  static func characteristicPolynomial(
    _ matrix: Engine.RationalMatrix
  ) throws -> Engine.UnivariatePolynomial {
    let n = matrix.rows
    var coefficients = [Rational](repeating: 0, count: n) + [1]
    var current = Engine.RationalMatrix.identity(n)
    for k in 1...n {
      var product = try matrix.multiplied(by: current)
      let trace = (0..<n).reduce(Rational(0)) { $0 + product[$1, $1] }
      let coefficient = try -trace.divided(by: Rational(k))
      coefficients[n - k] = coefficient
      for i in 0..<n { product[i, i] += coefficient }
      current = product
    }
    var common = Engine.Integer(1)
    for value in coefficients {
      let divisor = common.greatestCommonDivisor(with: value.denominator)
      common = try common * value.denominator.dividedExactly(by: divisor)
    }
    return Engine.UnivariatePolynomial(
      coefficients: try coefficients.map { try $0.numerator * common.dividedExactly(by: $0.denominator) }
    ).primitivePart
  }

  /// All eigenvalues, if they are rational.
  var rationalValues: [Rational]? {
    let exact = values.filter(\.interval.isExact)
    return exact.count == values.count ? exact.map(\.interval.lower) : nil
  }

  /// Balls around the eigenvalues with about so many bits.
  func balls(precision: Int, control: Control) throws -> [Engine.Ball] {
    let width = try Rational(2).power(-precision)
    return try values.map {
      let interval = try $0.refined(width: width, control: control).interval
      return Engine.Ball(lower: interval.lower, upper: interval.upper, precision: precision)
    }
  }

  /// An integer bound for the absolute values of all eigenvalues, at least 1.
  var bound: Rational {
    values.reduce(Rational(1)) { bound, value in
      let size = max(value.interval.lower.magnitude, value.interval.upper.magnitude)
      return max(bound, Rational(size.floor() + 1))
    }
  }
}
