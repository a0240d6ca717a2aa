import Algebra
import Testing

extension AlgebraConformance {
  /// Exact division, and division with remainder against the algorithm of the textbooks.
  public static func checkPolynomialDivision() throws {
    var random = RandomValues<Engine>(seed: 91)
    for round in 0..<60 {
      let ring = try ring(random.int(1...3), ringOrders[round % 3])
      let a = try random.polynomial(in: ring, terms: 6, degree: 3)
      let b = try random.nonzeroPolynomial(in: ring, terms: 4, degree: 2)
      #expect(try a.multiplied(by: b).dividedExactly(by: b) == a)
      if b.totalDegree > 0 {
        let disturbed = try a.multiplied(by: b).adding(ring.constant(1))
        #expect(throws: AlgebraError.inexactDivision) { try disturbed.dividedExactly(by: b) }
      }
      let divisors = try (0..<random.int(0...3)).map { _ in
        try random.nonzeroPolynomial(in: ring, terms: 3, degree: 2)
      }
      let (quotients, remainder) = try a.quotientsAndRemainder(dividingBy: divisors)
      let expected = try textbookDivision(a, by: divisors)
      #expect(quotients == expected.quotients && remainder == expected.remainder)
      let sum = try zip(quotients, divisors).reduce(remainder) { try $0.adding($1.0.multiplied(by: $1.1)) }
      #expect(sum == a)
    }
    let ring = try ring(2)
    let x = ring.variable(0)
    #expect(throws: AlgebraError.divisionByZero) { try x.dividedExactly(by: ring.zero) }
    #expect(throws: AlgebraError.divisionByZero) { try ring.zero.dividedExactly(by: ring.zero) }
    #expect(throws: AlgebraError.divisionByZero) { try x.quotientsAndRemainder(dividingBy: [x, ring.zero]) }
    #expect(try ring.zero.dividedExactly(by: x).isZero)
    #expect(try ring.zero.quotientsAndRemainder(dividingBy: [x]).quotients == [ring.zero])
  }

  /// Cox, Little and O'Shea, Ideals, Varieties, and Algorithms, section 2.3.
  private static func textbookDivision(
    _ dividend: Polynomial, by divisors: [Polynomial]
  ) throws -> (quotients: [Polynomial], remainder: Polynomial) {
    let ring = dividend.ring
    var (rest, remainder) = (dividend, ring.zero)
    var quotients = divisors.map { _ in ring.zero }
    while let lead = rest.leadingTerm {
      let index = divisors.firstIndex { divisor in
        zip(lead.exponents, divisor.leadingTerm?.exponents ?? []).allSatisfy { $0 >= $1 }
      }
      if let index, let divisorLead = divisors[index].leadingTerm {
        let factor = try ring.polynomial(terms: [
          PolynomialTerm(
            exponents: zip(lead.exponents, divisorLead.exponents).map { $0 - $1 },
            coefficient: lead.coefficient.divided(by: divisorLead.coefficient))
        ])
        quotients[index] = try quotients[index].adding(factor)
        rest = try rest.subtracting(factor.multiplied(by: divisors[index]))
      } else {
        let term = try ring.polynomial(terms: [lead])
        remainder = try remainder.adding(term)
        rest = try rest.subtracting(term)
      }
    }
    return (quotients, remainder)
  }

  /// Greatest common divisors are monic, divide, and leave nothing in common.
  public static func checkPolynomialDivisors() throws {
    var random = RandomValues<Engine>(seed: 92)
    for round in 0..<40 {
      let ring = try ring(random.int(1...3), ringOrders[round % 3])
      let (a, b, c) = (
        try random.polynomial(in: ring, terms: 4, degree: 2),
        try random.polynomial(in: ring, terms: 4, degree: 2),
        try random.nonzeroPolynomial(in: ring, terms: 3, degree: 2)
      )
      let divisor = try a.multiplied(by: c).greatestCommonDivisor(with: b.multiplied(by: c))
      guard !divisor.isZero else {
        #expect(a.isZero && b.isZero)
        continue
      }
      #expect(divisor.leadingTerm?.coefficient == 1)
      #expect(try divisor.dividedExactly(by: c).totalDegree >= 0)
      let (left, right) = (
        try a.multiplied(by: c).dividedExactly(by: divisor),
        try b.multiplied(by: c).dividedExactly(by: divisor)
      )
      #expect(try left.greatestCommonDivisor(with: right) == ring.constant(1))
    }
    let ring = try ring(2)
    let x = ring.variable(0)
    #expect(try ring.zero.greatestCommonDivisor(with: ring.zero).isZero)
    #expect(try ring.zero.greatestCommonDivisor(with: x.scaled(by: -3)) == x)
    #expect(try ring.constant(4).greatestCommonDivisor(with: ring.constant(6)) == ring.constant(1))
  }

  /// Products of known irreducible polynomials are taken apart again.
  public static func checkPolynomialFactorisation() throws {
    var random = RandomValues<Engine>(seed: 93)
    for round in 0..<30 {
      let ring = try ring(3, ringOrders[round % 3])
      let irreducible = try irreducibles(in: ring)
      var multiplicities: [Polynomial: Int] = [:]
      for _ in 0..<random.int(0...3) {
        multiplicities[irreducible[random.int(0...irreducible.count - 1)]] = random.int(1...3)
      }
      let unit = try random.nonzeroRational()
      var product = ring.constant(unit)
      for (factor, multiplicity) in multiplicities {
        product = try product.multiplied(by: factor.power(multiplicity))
      }
      let factorisation = try product.factored()
      #expect(factorisation.unit == unit)
      let found = factorisation.factors.map { ($0.polynomial, $0.multiplicity) }
      #expect(Dictionary(uniqueKeysWithValues: found) == multiplicities)
      for (left, right) in zip(factorisation.factors, factorisation.factors.dropFirst()) {
        let (a, b) = (left.polynomial, right.polynomial)
        #expect((a.totalDegree, a.termCount, a.description) < (b.totalDegree, b.termCount, b.description))
      }

      let squarefree = try product.squarefreeFactored()
      #expect(squarefree.unit == unit)
      var merged: [Int: Polynomial] = [:]
      for (factor, multiplicity) in multiplicities {
        merged[multiplicity] = try merged[multiplicity]?.multiplied(by: factor) ?? factor
      }
      #expect(squarefree.factors.map(\.multiplicity) == merged.keys.sorted())
      for factor in squarefree.factors { #expect(merged[factor.multiplicity] == factor.polynomial) }
    }
    let ring = try ring(2)
    #expect(isDomainError { try ring.zero.factored() })
    #expect(isDomainError { try ring.zero.squarefreeFactored() })
    #expect(try ring.constant(-3).factored() == PolynomialFactorisation(unit: -3, factors: []))
    #expect(try ring.constant(-3).squarefreeFactored() == PolynomialFactorisation(unit: -3, factors: []))
  }

  /// Primitive, with positive leading coefficients in every order of the ring.
  private static func irreducibles(in ring: Ring) throws -> [Polynomial] {
    let (x, y, z) = (ring.variable(0), ring.variable(1), ring.variable(2))
    let one = ring.constant(1)
    return [
      x, z, try x.adding(one), try x.subtracting(y), try x.power(2).adding(y.power(2)),
      try x.power(2).subtracting(one.scaled(by: 2)), try x.multiplied(by: y).adding(z),
      try x.power(2).adding(y.power(2)).adding(z.power(2)).subtracting(one),
      try x.power(3).adding(x.multiplied(by: y)).adding(one),
    ].map(\.primitivePart)
  }
}
