import Algebra
import FlintEngine
@testable import GroebnerBases
import Testing

@Suite("Around the basis")
struct IdealTests {
  typealias Rational = FlintEngine.Rational

  private func rational(_ polynomial: SparsePolynomial<WideInteger>) -> SparsePolynomial<Rational> {
    polynomial.mapCoefficients { Rational(FlintEngine.Integer($0)) }
  }

  @Test("Hilbert series count standard monomials", arguments: 0..<30)
  func hilbertSeries(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let n = 3
    let generators = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      (0..<n).map { _ in UInt32.random(in: 0...3, using: &random) }
    }
    let series = try HilbertSeries(monomialIdeal: generators, variableCount: n)
    // Expand numerator / (1 − t)^n and compare with counting, degree by degree.
    var expansion = series.numerator + [Int](repeating: 0, count: max(0, 16 - series.numerator.count))
    for _ in 0..<n { for d in 1..<expansion.count { expansion[d] += expansion[d - 1] } }
    for degree in 0..<12 {
      var count = 0
      for a in 0...degree {
        for b in 0...degree - a {
          let vector = [UInt32(a), UInt32(b), UInt32(degree - a - b)]
          let isStandard = !generators.contains { zip($0, vector).allSatisfy { $0 <= $1 } }
          count += isStandard ? 1 : 0
        }
      }
      #expect(expansion[degree] == count)
    }
    // The dimension is the greatest number of variables that no generator lives in.
    let subsets = (0..<1 << n).filter { subset in
      !generators.contains { vector in (0..<n).allSatisfy { vector[$0] == 0 || subset >> $0 & 1 == 1 } }
    }
    #expect(series.dimension == (subsets.map(\.nonzeroBitCount).max() ?? -1))
  }

  @Test("an astronomic degree is an error, not a crash")
  func hugeDegree() {
    for (n, exponent) in [(9, 1 << 8), (2, 1 << 30)] {
      let generators = (0..<n).map { i in (0..<n).map { UInt32($0 == i ? exponent : 0) } }
      #expect(throws: AlgebraError.self) { try HilbertSeries(monomialIdeal: generators, variableCount: n) }
    }
  }

  @Test("normal forms modulo a prime agree with division by the book", arguments: 0..<15)
  func normalForms(_ seed: Int) throws {
    var generator = IdealGenerator(seed: 300 + UInt64(seed))
    let ideal = generator.ideal(variables: 3)
    let prime = [2, 101, 2_147_483_647][seed % 3]
    let basis = try GroebnerBasis(of: ideal, variableCount: 3, characteristic: UInt32(prime))
    let ring = NaiveRing(prime: prime, variableCount: 3, order: .degreeReverseLexicographic)
    let divisors = basis.polynomials.map(ring.polynomial)
    let polynomials = (0..<5).map { _ in generator.polynomial(variables: 3, degree: 6, terms: 7, bound: 50) }
    let forms = try basis.normalForms(of: polynomials + ideal)
    for (polynomial, form) in zip(polynomials, forms) {
      #expect(ring.polynomial(form) == ring.remainder(ring.polynomial(polynomial), by: divisors))
    }
    let remainders = forms.dropFirst(5)
    #expect(!remainders.contains { !$0.isEmpty })
  }

  @Test("normal forms over Q agree with the engine's division")
  func rationalNormalForms() throws {
    let system = try Systems.load("cyclic5")
    let basis = try GroebnerBasis(of: system)
    var generator = IdealGenerator(seed: 77)
    let ring = try FlintEngine.PolynomialRing(variables: system.variables, order: .degreeReverseLexicographic)
    func convert(_ polynomial: SparsePolynomial<Rational>) throws -> FlintEngine.Polynomial {
      try ring.polynomial(
        terms: (0..<polynomial.termCount).map {
          PolynomialTerm(
            exponents: polynomial.exponents(ofTerm: $0).map(Int.init),
            coefficient: polynomial.coefficients[$0])
        })
    }
    let divisors = try basis.polynomials.map { try convert(rational($0)) }
    for _ in 0..<5 {
      let polynomial = rational(generator.polynomial(variables: 5, degree: 9, terms: 6, bound: 99))
      let form = try basis.normalForm(of: polynomial, engine: FlintEngine.self)
      let expected = try convert(polynomial).quotientsAndRemainder(dividingBy: divisors).remainder
      #expect(try convert(form) == expected)
    }
  }

  @Test("membership comes with cofactors that were checked")
  func membership() throws {
    let system = try Systems.parse("x,y,z", "x^2+y*z-2, y^2+x*z-3, x*y+z^2-5, x*y+z^2-5, 0")
    let test = try MembershipTest(
      generators: system.polynomials, variableCount: 3, engine: FlintEngine.self)
    // The ring's own arithmetic checks the identity once more.
    let ring = try FlintEngine.PolynomialRing(variables: system.variables, order: .degreeReverseLexicographic)
    func convert(_ polynomial: SparsePolynomial<Rational>) throws -> FlintEngine.Polynomial {
      try ring.polynomial(
        terms: (0..<polynomial.termCount).map {
          PolynomialTerm(
            exponents: polynomial.exponents(ofTerm: $0).map(Int.init),
            coefficient: polynomial.coefficients[$0])
        })
    }
    for element in try GroebnerBasis(of: system).polynomials {
      guard case .member(let cofactors) = try test.decide(rational(element)) else {
        Issue.record("an element of the basis is in the ideal")
        continue
      }
      #expect(cofactors.count == system.polynomials.count)
      var sum = ring.zero
      for (cofactor, generator) in zip(cofactors, system.polynomials) {
        sum = try sum.adding(convert(cofactor).multiplied(by: convert(rational(generator))))
      }
      #expect(try sum == convert(rational(element)))
    }
    let outside = rational(try Systems.parse("x,y,z", "x^3+1").polynomials[0])
    guard case .notMember(let remainder) = try test.decide(outside) else {
      Issue.record("x^3 + 1 is not in the ideal")
      return
    }
    #expect(!remainder.isEmpty)
  }

  @Test("elimination: the implicit equation of the twisted cubic and of a rational curve")
  func elimination() throws {
    let cubic = try Systems.parse("t,x,y,z", "x-t, y-t^2, z-t^3")
    let basis = try GroebnerBasis(of: cubic, order: .elimination(count: 1))
    let text = basis.elements(withoutFirst: 1).map { $0.text(variables: cubic.variables) }
    #expect(Set(text) == ["y^2-x*z", "x*y-z", "x^2-y"])
    let circle = try Systems.parse("t,x,y", "x*(1+t^2)-(1-t^2), y*(1+t^2)-2*t")
    let eliminated = try GroebnerBasis(of: circle, order: .elimination(count: 1)).elements(withoutFirst: 1)
    #expect(eliminated.map { $0.text(variables: circle.variables) } == ["x^2+y^2-1"])
    let lex = try GroebnerBasis(of: circle, order: .lexicographic).elements(withoutFirst: 1)
    #expect(lex == eliminated)
  }

  @Test("conversion to lex: both algorithms agree with F4 in that order", arguments: 0..<12)
  func conversion(_ seed: Int) throws {
    var generator = IdealGenerator(seed: 500 + UInt64(seed))
    // Zero-dimensional by construction; every other one without a shape.
    var ideal = (0..<3).map { i -> SparsePolynomial<WideInteger> in
      var polynomial = generator.polynomial(variables: 3, degree: 1, terms: seed % 2 == 0 ? 3 : 1, bound: 5)
      polynomial.append(exponents: (0..<3).map { $0 == i ? 2 : 0 }, coefficient: WideInteger(1))
      return polynomial
    }
    if seed % 3 == 0 { ideal.append(generator.polynomial(variables: 3, degree: 2, terms: 2, bound: 3)) }
    for prime: Int in [101, 2_147_483_647] {
      let start = try GroebnerBasis(of: ideal, variableCount: 3, characteristic: UInt32(prime))
      let ring = NaiveRing(prime: prime, variableCount: 3, order: .lexicographic)
      let expected = ring.reducedBasis(ideal.map(ring.polynomial))
      let converted = try start.lexicographicBasis()
      #expect(Set(converted.polynomials.map(ring.polynomial)) == expected)
      #expect(converted.leadingExponents.map { $0.map(Int.init) }.isAscending(.lexicographic))
    }
    let rational = try GroebnerBasis(of: ideal, variableCount: 3).lexicographicBasis()
    let prime = 1_000_000_007
    let ring = NaiveRing(prime: prime, variableCount: 3, order: .lexicographic)
    let reduced = rational.polynomials.map { element in
      let polynomial = ring.polynomial(element)
      let scale = ring.inverse(polynomial[ring.lead(polynomial)] ?? 1)
      return polynomial.mapValues { $0 * scale % prime }
    }
    #expect(Set(reduced) == ring.reducedBasis(ideal.map(ring.polynomial)))
  }

  @Test("positive dimension has no finite conversion")
  func positiveDimension() throws {
    let basis = try GroebnerBasis(of: try Systems.parse("x,y", "x*y"))
    #expect(throws: AlgebraError.self) { try basis.lexicographicBasis() }
  }

  @Test("a basis of a larger or of a smaller ideal cannot be proved")
  func failingProofs() throws {
    let small = try Systems.parse("x,y", "x^2-y, x*y")
    let large = try Systems.parse("x,y", "x^2-y, x*y, y")
    let basisOfLarge = try GroebnerBasis(of: large)
    let basisOfSmall = try GroebnerBasis(of: small)
    #expect(throws: GroebnerBasis.ProofFailed.self) {
      try basisOfLarge.proved(generators: small.polynomials, engine: FlintEngine.self)
    }
    #expect(throws: GroebnerBasis.ProofFailed.self) {
      try basisOfSmall.proved(generators: large.polynomials, engine: FlintEngine.self)
    }
    let unit = try GroebnerBasis(of: try Systems.parse("x,y", "1"))
    #expect(throws: GroebnerBasis.ProofFailed.self) {
      try unit.proved(generators: small.polynomials, engine: FlintEngine.self)
    }
    #expect(
      try basisOfSmall.proved(generators: small.polynomials, engine: FlintEngine.self).guarantee == .proved)
  }

  @Test(
    "proofs for other orders",
    arguments: [
      MonomialOrder.lexicographic, .degreeLexicographic, .elimination(count: 1), .weighted([3, 1, 2]),
    ])
  func proofsForOrders(_ order: MonomialOrder) throws {
    let system = try Systems.parse("x,y,z", "x^2+y*z-2, y^2+x*z-3, x*y+z^2-5")
    let basis = try GroebnerBasis(of: system, order: order)
    #expect(try basis.proved(generators: system.polynomials, engine: FlintEngine.self).guarantee == .proved)
  }
}

extension [[Int]] {
  fileprivate func isAscending(_ order: MonomialOrder) -> Bool {
    zip(self, dropFirst()).allSatisfy { order.compare($0, $1) < 0 }
  }
}
