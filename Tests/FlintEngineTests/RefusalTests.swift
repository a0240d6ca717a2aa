import Algebra
import Testing

@testable import FlintEngine

/// What FLINT would end the process for; the refusals that all engines share are among the laws.
@Suite("What FLINT cannot do is refused")
struct RefusalTests {
  typealias Polynomial = FlintEngine.Polynomial

  private let ring: FlintEngine.PolynomialRing
  private let x: Polynomial
  private let y: Polynomial
  private let one: Polynomial

  init() throws {
    ring = try FlintEngine.PolynomialRing(variables: ["x", "y"], order: .degreeReverseLexicographic)
    (x, y, one) = (ring.variable(0), ring.variable(1), ring.constant(1))
  }

  private func isTooLarge<Result>(_ operation: () throws -> Result) -> Bool {
    do {
      _ = try operation()
      return false
    } catch AlgebraError.tooLarge {
      return true
    } catch {
      return false
    }
  }

  @Test("Sparse polynomials of huge degree, which FLINT would make dense")
  func hugeDegrees() throws {
    let great = try x.power(1 << 40)
    let binomial = try great.subtracting(one)
    let neighbour = try x.power(1 << 40 - 1).subtracting(one)
    #expect(isTooLarge { try binomial.greatestCommonDivisor(with: neighbour) })
    #expect(isTooLarge { try binomial.factored() })
    #expect(isTooLarge { try binomial.subtracting(x).factored() })
    #expect(isTooLarge { try binomial.subtracting(x).squarefreeFactored() })
    #expect(isTooLarge { try great.multiplied(by: y).subtracting(x).subtracting(one).squarefreeFactored() })
    #expect(isTooLarge { try binomial.dividedExactly(by: x.subtracting(one)) })
    #expect(isTooLarge { try great.quotientsAndRemainder(dividingBy: [x.subtracting(one)]) })
    #expect(isTooLarge { try great.quotientsAndRemainder(dividingBy: [x.subtracting(y)]) })
  }

  @Test("Huge degrees that do no harm")
  func harmlessDegrees() throws {
    let great = try x.power(1 << 40)
    let root = try x.power(1 << 39)
    let (binomial, factor) = (try great.subtracting(one), try root.subtracting(one))
    #expect(try binomial.greatestCommonDivisor(with: factor) == factor)
    #expect(try binomial.dividedExactly(by: factor) == root.adding(one))
    #expect(try binomial.dividedExactly(by: binomial) == one)
    #expect(try great.dividedExactly(by: root) == root)
    #expect(try great.greatestCommonDivisor(with: great.subtracting(root)) == root)
    let factors = try great.multiplied(by: y).factored().factors
    #expect(factors.map(\.multiplicity).sorted() == [1, 1 << 40])
    let (quotients, remainder) = try binomial.quotientsAndRemainder(dividingBy: [factor])
    #expect(try quotients == [root.adding(one)] && remainder.isZero)
    let product = try binomial.subtracting(x).multiplied(by: y.adding(one))
    #expect(try product.dividedExactly(by: y.adding(one)) == binomial.subtracting(x))
    let monomial = try great.adding(one).quotientsAndRemainder(dividingBy: [root])
    #expect(monomial.quotients == [root] && monomial.remainder == one)
  }

  @Test("Remainders whose exponents grow in the lexicographic order")
  func growingExponents() throws {
    let ring = try FlintEngine.PolynomialRing(variables: ["x", "y"], order: .lexicographic)
    let (x, y) = (ring.variable(0), ring.variable(1))
    let divisor = try x.subtracting(y.power(1 << 30))
    #expect(try x.power(1 << 5).quotientsAndRemainder(dividingBy: [divisor]).remainder == y.power(1 << 35))
    #expect(isTooLarge { try x.power(1 << 11).quotientsAndRemainder(dividingBy: [divisor]) })
  }

  @Test("Matrices without entries, but with too many rows")
  func hugeMatrices() throws {
    typealias Matrix = FlintEngine.RationalMatrix
    #expect(isTooLarge { try Matrix(rows: 1 << 40, columns: 0, entries: []) })
    #expect(isTooLarge { try Matrix(rows: 0, columns: .max, entries: []) })
    let (tall, wide) = (Matrix.zero(rows: 1 << 20, columns: 0), Matrix.zero(rows: 0, columns: 1 << 20))
    #expect(isTooLarge { try tall.multiplied(by: wide) })
    #expect(try wide.multiplied(by: tall) == .zero(rows: 0, columns: 0))
  }

  @Test("A library that does not fit its headers")
  func versions() throws {
    try FlintEngine.requireSame("FLINT", header: "2.9.0", library: "2.9.1")
    #expect(throws: AlgebraError.domain("compiled for FLINT 2.9.0, found FLINT 3.0.1")) {
      try FlintEngine.requireSame("FLINT", header: "2.9.0", library: "3.0.1")
    }
    #expect(FlintEngine.versions["flint"] != nil && FlintEngine.versions["gmp"] != nil)
    #expect(FlintEngine.name == "flint")
  }

  @Test("A run that was asked to stop")
  func cancellation() throws {
    let control = Control()
    control.cancellation.cancel(.interrupted)
    let polynomial = FlintEngine.UnivariatePolynomial(coefficients: [-2, 0, 1])
    #expect(throws: Interruption(.interrupted)) {
      try polynomial.isolatedRealRoots(width: nil, control: control)
    }
  }
}
