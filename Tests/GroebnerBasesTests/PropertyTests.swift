import Algebra
import FlintEngine
import GroebnerBases
import Testing

@Suite("Properties of bases of random ideals")
struct PropertyTests {
  static let orders: [MonomialOrder] = [
    .degreeReverseLexicographic, .lexicographic, .degreeLexicographic, .elimination(count: 1),
    .weighted([2, 1, 3]),
  ]

  @Test("equals the result of Buchberger's algorithm by the book", arguments: 0..<40)
  func againstBuchberger(_ seed: Int) throws {
    var generator = IdealGenerator(seed: UInt64(seed))
    let ideal = generator.ideal(variables: 3)
    let order = Self.orders[seed % Self.orders.count]
    for prime in [2, 3, 101, 2_147_483_647] {
      let ring = NaiveRing(prime: prime, variableCount: 3, order: order)
      let basis = try GroebnerBasis(
        of: ideal, variableCount: 3, characteristic: UInt32(prime), order: order)
      #expect(Set(basis.polynomials.map(ring.polynomial)) == ring.reducedBasis(ideal.map(ring.polynomial)))
    }
  }

  @Test("intersections are those of elimination by the book", arguments: 0..<30)
  func intersections(_ seed: Int) throws {
    var generator = IdealGenerator(seed: 5000 + UInt64(seed))
    let (left, right) = (generator.ideal(variables: 2), generator.ideal(variables: 2))
    // t I + (1 − t) J in the variables t, x, y.
    let extended =
      left.map { extend($0, by: [(1, 1)]) } + right.map { extend($0, by: [(0, 1), (1, -1)]) }
    for characteristic: UInt32 in [0, 101, 2_147_483_647] {
      let found = try GroebnerBasis(of: left, variableCount: 2, characteristic: characteristic)
        .intersection(GroebnerBasis(of: right, variableCount: 2, characteristic: characteristic))
      let eliminated = try GroebnerBasis(
        of: extended, variableCount: 3, characteristic: characteristic, order: .elimination(count: 1)
      ).eliminationIdeal(withoutFirst: 1)
      #expect(found.polynomials == eliminated.polynomials)
      #expect(found.order == .degreeReverseLexicographic && found.variableCount == 2)
      // It is the reduced basis of what it generates.
      let again = try GroebnerBasis(
        of: found.polynomials, variableCount: 2, characteristic: characteristic)
      #expect(again.polynomials == found.polynomials)
      guard characteristic == 101, seed % 6 == 0 else { continue }
      let ring = NaiveRing(prime: 101, variableCount: 3, order: .elimination(count: 1))
      let byTheBook = ring.reducedBasis(extended.map(ring.polynomial)).filter { element in
        element.keys.allSatisfy { $0[0] == 0 }
      }
      #expect(Set(found.polynomials.map { ring.polynomial(extend($0, by: [(0, 1)])) }) == byTheBook)
    }
  }

  /// The product with `Σ c t^e` with a new first variable t.
  private func extend(
    _ polynomial: SparsePolynomial<WideInteger>, by factor: [(exponent: UInt32, coefficient: Int)]
  ) -> SparsePolynomial<WideInteger> {
    var result = SparsePolynomial<WideInteger>(variableCount: polynomial.variableCount + 1)
    for (exponent, coefficient) in factor {
      for term in 0..<polynomial.termCount {
        let value = polynomial.coefficients[term]
        result.append(
          exponents: [exponent] + polynomial.exponents(ofTerm: term),
          coefficient: WideInteger(isNegative: value.isNegative != (coefficient < 0), words: value.words))
      }
    }
    return result
  }

  @Test("over Q: generators and S-polynomials reduce to zero", arguments: 0..<25)
  func overRationals(_ seed: Int) throws {
    var generator = IdealGenerator(seed: 1000 + UInt64(seed))
    let n = 2 + seed % 3
    let ideal = generator.ideal(variables: n)
    let basis = try GroebnerBasis(of: ideal, variableCount: n)
    for polynomial in ideal {
      let rational = polynomial.mapCoefficients { FlintEngine.Rational(FlintEngine.Integer($0)) }
      #expect(try basis.normalForm(of: rational, engine: FlintEngine.self).isEmpty)
    }
    // The proof checks S-polynomials exactly, and that the basis generates no more than the ideal.
    let proved = try basis.proved(generators: ideal, engine: FlintEngine.self)
    #expect(proved.guarantee == .proved)
    #expect(proved.polynomials == basis.polynomials)
  }

  @Test("over Q: the basis reduces to the one modulo a prime that is not special", arguments: 0..<20)
  func reducesModuloPrime(_ seed: Int) throws {
    var generator = IdealGenerator(seed: 2000 + UInt64(seed))
    let ideal = generator.ideal(variables: 4)
    let prime: UInt32 = 1_000_000_007
    let basis = try GroebnerBasis(of: ideal, variableCount: 4)
    let modular = try GroebnerBasis(of: ideal, variableCount: 4, characteristic: prime)
    let ring = NaiveRing(prime: Int(prime), variableCount: 4, order: .degreeReverseLexicographic)
    let reduced = basis.polynomials.map { element in
      let polynomial = ring.polynomial(element)
      let scale = ring.inverse(polynomial[ring.lead(polynomial)] ?? 1)
      return polynomial.mapValues { $0 * scale % Int(prime) }
    }
    #expect(reduced == modular.polynomials.map(ring.polynomial))
  }

  @Test(
    "neither the generators' order nor threads nor seed matter",
    arguments: ["cyclic5", "eco8", "relu_L2_0429"])
  func invariance(_ name: String) throws {
    let system = try Systems.load(name)
    let expected = try GroebnerBasis(of: system)
    var shuffled = system
    var random = SeededGenerator(seed: 7)
    shuffled.polynomials.shuffle(using: &random)
    shuffled.polynomials.append(shuffled.polynomials[0])
    shuffled.polynomials.append(SparsePolynomial(variableCount: system.variables.count))
    for control in [Control(threads: 3, seed: 99), Control(threads: 2, seed: 5)] {
      let basis = try GroebnerBasis(of: shuffled, control: control)
      #expect(basis.polynomials == expected.polynomials)
    }
  }

  @Test("no monomial is divisible by another element's leading one", arguments: ["cyclic5", "dgp_moeller"])
  func isReduced(_ name: String) throws {
    let basis = try GroebnerBasis(of: try Systems.load(name, characteristic: 101))
    let leads = basis.leadingExponents
    for (i, element) in basis.polynomials.enumerated() {
      for term in 0..<element.termCount {
        let vector = element.exponents(ofTerm: term)
        for (j, lead) in leads.enumerated() where i != j || term != 0 {
          #expect(!zip(lead, vector).allSatisfy { $0 <= $1 })
        }
      }
    }
  }
}
