import Algebra
import Testing

extension AlgebraConformance {
  static func univariate(_ coefficients: [Int]) -> Univariate {
    Univariate(coefficients: coefficients.map { Integer($0) })
  }

  static func product(_ factors: some Sequence<Univariate>) -> Univariate {
    factors.reduce(univariate([1]), *)
  }

  /// Ring laws, degrees, derivatives, values, equality and text.
  public static func checkUnivariatePolynomials() throws {
    var random = RandomValues<Engine>(seed: 61)
    for _ in 0..<100 {
      let (a, b) = (random.univariate(degree: 8), random.univariate(degree: 5, size: .max / 4))
      let c = random.univariate(degree: 4)
      #expect(a + b == b + a)
      #expect((a + b) + c == a + (b + c))
      #expect(a * b == b * a)
      #expect((a * b) * c == a * (b * c))
      #expect(a * (b + c) == a * b + a * c)
      #expect(a - b == a + -b)
      #expect((a - a).isZero)
      #expect((a * b).degree == (a.isZero || b.isZero ? -1 : a.degree + b.degree))
      #expect((a * b).derivative == a.derivative * b + a * b.derivative)
      #expect(a.coefficients.count == a.degree + 1 && a.coefficients.last != 0)
      #expect(Univariate(coefficients: a.coefficients + [0, 0]) == a)
      #expect(((a + b) - b).hashValue == a.hashValue)
      let point = try random.rational()
      let value = a.coefficients.reversed().reduce(Rational(0)) { $0 * point + Rational($1) }
      #expect(try a.evaluated(at: point) == value)
    }
    // Long and unbalanced factors, with zeros inside, against single coefficients.
    for size in [1, 1000, Int.max / 4] {
      let (a, b) = (random.univariate(degree: 60, size: size), random.univariate(degree: 15, size: 1))
      let (left, right) = (a.coefficients, b.coefficients)
      let product = (a * b).coefficients
      for index in product.indices {
        let pairs = left.indices.filter { right.indices.contains(index - $0) }
        #expect(product[index] == pairs.reduce(0) { $0 + left[$1] * right[index - $1] })
      }
    }
    #expect(univariate([]).degree == -1 && univariate([0]).isZero && univariate([7]).degree == 0)
    #expect(univariate([3, 0, -1, 2]).description == "2*x^3 - x^2 + 3")
    #expect(univariate([0, -1]).description == "-x" && univariate([]).description == "0")
    let power = univariate(Array(repeating: 0, count: 1000) + [1])
    #expect(isTooLarge { try power.evaluated(at: Rational(2).power(1 << 24)) })
  }

  /// Exact division, greatest common divisors and squarefree parts.
  public static func checkUnivariateDivision() throws {
    var random = RandomValues<Engine>(seed: 62)
    for _ in 0..<60 {
      let (a, b, c) = (
        random.univariate(degree: 6), random.univariate(degree: 6), random.univariate(degree: 4)
      )
      if !b.isZero { #expect(try (a * b).dividedExactly(by: b) == a) }
      let divisor = (a * c).greatestCommonDivisor(with: b * c)
      if a.isZero && b.isZero || c.isZero {
        #expect(divisor.isZero)
      } else {
        #expect(divisor.primitivePart == divisor && (divisor.coefficients.last ?? 0) > 0)
        #expect(try divisor.dividedExactly(by: c.primitivePart).degree >= 0)
        #expect(try isDivisible(a * c, by: divisor) && isDivisible(b * c, by: divisor))
        // What is left has no common factor: its resultant, a determinant, is not zero.
        let (rest, other) = (
          try (a * c).primitivePart.dividedExactly(by: divisor),
          try (b * c).primitivePart.dividedExactly(by: divisor)
        )
        if !a.isZero, !b.isZero { #expect(try sylvesterMatrix(rest, other).determinant() != 0) }
      }
      if !a.isZero {
        #expect((a * a * c).squarefreePart == (a * c).squarefreePart)
        let part = (a * a).squarefreePart
        #expect(try isDivisible(a, by: part))
        if part.degree > 0 { #expect(try sylvesterMatrix(part, part.derivative).determinant() != 0) }
      }
    }
    for _ in 0..<40 {
      let (a, b) = (random.univariate(degree: 8), random.univariate(degree: 4))
      guard let lead = b.coefficients.last else { continue }
      let (remainder, scale) = try a.pseudoRemainder(dividingBy: b)
      let multiple = a * Univariate(coefficients: [scale]) - remainder
      #expect(remainder.degree < b.degree)
      #expect(try isDivisible(multiple, by: b.primitivePart))
      #expect(try (0...9).contains { try lead.power($0) == scale })
    }
    #expect(throws: AlgebraError.divisionByZero) {
      try univariate([1]).pseudoRemainder(dividingBy: univariate([]))
    }
    #expect(univariate([]).squarefreePart.isZero && univariate([]).primitivePart.isZero)
    #expect(univariate([-6]).squarefreePart == univariate([1]))
    #expect(univariate([-6, 0, -9]).primitivePart == univariate([2, 0, 3]))
    #expect(univariate([]).greatestCommonDivisor(with: univariate([-4, -2])) == univariate([2, 1]))
    #expect(throws: AlgebraError.divisionByZero) { try univariate([1]).dividedExactly(by: univariate([])) }
    #expect(throws: AlgebraError.inexactDivision) {
      try univariate([1, 1]).dividedExactly(by: univariate([2]))
    }
    #expect(throws: AlgebraError.inexactDivision) {
      try univariate([1, 1]).dividedExactly(by: univariate([0, 1]))
    }
  }

  private static func isDivisible(_ polynomial: Univariate, by divisor: Univariate) throws -> Bool {
    let part = polynomial.primitivePart
    return try part.isZero || part.dividedExactly(by: divisor) * divisor == part
  }

  private static func sylvesterMatrix(_ left: Univariate, _ right: Univariate) throws -> Matrix {
    let size = left.degree + right.degree
    var matrix = Matrix.zero(rows: size, columns: size)
    for row in 0..<right.degree {
      for (index, value) in left.coefficients.enumerated() { matrix[row, row + index] = Rational(value) }
    }
    for row in 0..<left.degree {
      for (index, value) in right.coefficients.enumerated() {
        matrix[right.degree + row, row + index] = Rational(value)
      }
    }
    return matrix
  }

  /// Products of known irreducible polynomials are taken apart again.
  public static func checkUnivariateFactorisation() throws {
    // Linear ones, cyclotomic ones, and some that Eisenstein's criterion or a prime shows to be irreducible;
    // the last but one splits modulo every prime.
    let irreducible = [
      [0, 1], [1, 1], [-1, 1], [-7, 2], [1, 0, 1], [-2, 0, 1], [1, 1, 1], [-1, -1, 0, 1], [3, 0, 0, 2],
      [1, 1, 1, 1, 1], [1, 0, 0, 0, 1], [-2, 0, 0, 0, 0, 0, 0, 1],
    ].map(univariate)
    var random = RandomValues<Engine>(seed: 63)
    for _ in 0..<40 {
      var multiplicities: [Univariate: Int] = [:]
      for _ in 0..<random.int(0...4) {
        multiplicities[irreducible[random.int(0...irreducible.count - 1)]] = random.int(1...3)
      }
      let unit = random.nonzeroInteger()
      let powers = multiplicities.flatMap { Array(repeating: $0.key, count: $0.value) }
      let factorisation = try (Univariate(coefficients: [unit]) * product(powers)).factored()
      #expect(factorisation.unit == unit)
      let found = factorisation.factors.map { ($0.polynomial, $0.multiplicity) }
      #expect(Dictionary(uniqueKeysWithValues: found) == multiplicities)
      let keys = factorisation.factors.map { Array($0.polynomial.coefficients.reversed()) }
      for (left, right) in zip(keys, keys.dropFirst()) {
        #expect(left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count)
      }
    }
    #expect(try univariate([-5]).factored().unit == -5)
    #expect(try univariate([-5]).factored().factors.isEmpty)
    #expect(isDomainError { try univariate([]).factored() })
    // x^105 − 1 has one factor for each divisor of 105.
    let cyclotomic = try univariate([-1] + Array(repeating: 0, count: 104) + [1]).factored()
    #expect(cyclotomic.factors.count == 8 && product(cyclotomic.factors.map(\.polynomial)).degree == 105)
  }
}
