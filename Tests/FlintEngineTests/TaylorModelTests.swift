import Algebra
import AlgebraConformance
import Testing

@testable import FlintEngine

/// The proofs on which root isolation rests, with so few bits that the error bounds decide.
@Suite("Taylor models prove only what is true")
struct TaylorModelTests {
  typealias Integer = FlintEngine.Integer
  typealias Rational = FlintEngine.Rational
  typealias Polynomial = FlintEngine.UnivariatePolynomial

  /// How often each verdict was given.
  private struct Tally {
    var rootFree = 0
    var monotone = 0
    var tooCoarse = 0
  }

  private func roots(of polynomial: Polynomial, in cell: DyadicCell<FlintEngine>) throws -> Int {
    // The end points may be roots: count in a slightly larger interval whose ends are none.
    var (margin, lower, upper) = (
      try Rational(2).power(-20) * (cell.upper - cell.lower), cell.lower, cell.upper
    )
    while try polynomial.evaluated(at: lower) == 0 || polynomial.evaluated(at: upper) == 0 {
      (lower, upper) = (cell.lower + margin, cell.upper - margin)
      margin *= try Rational(numerator: 2, denominator: 3)
    }
    let sturm = SturmSequence<FlintEngine>(polynomial)
    return sturm.variations(at: lower) - sturm.variations(at: upper)
  }

  private func check(
    _ model: TaylorModel<FmpzVector>, of polynomial: Polynomial, on cell: DyadicCell<FlintEngine>, depth: Int,
    tally: inout Tally
  ) throws {
    switch model.verdict() {
    case .rootFree:
      tally.rootFree += 1
      #expect(try roots(of: polynomial, in: cell) == 0)
    case .monotone(let lower, let upper):
      tally.monotone += 1
      #expect(try roots(of: polynomial.derivative, in: cell) == 0, "\(polynomial)")
      if let lower { #expect(try polynomial.evaluated(at: cell.lower).signum() == lower) }
      if let upper { #expect(try polynomial.evaluated(at: cell.upper).signum() == upper) }
    case .tooCoarse: tally.tooCoarse += 1
    case .undecided: break
    }
    guard depth > 0 else { return }
    for isUpper in [true, false] {
      try check(
        model.half(upper: isUpper), of: polynomial, on: cell.half(upper: isUpper), depth: depth - 1,
        tally: &tally)
    }
  }

  @Test(arguments: [12, 15, 18, 22])
  func verdicts(bits: Int) throws {
    var generator = SeededGenerator(seed: UInt64(bits))
    var tally = Tally()
    for _ in 0..<100 {
      let roots = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
        Int.random(in: 16...40, using: &generator)
      }
      // Roots that are multiples of 1/16 between 1 and 5/2, some close together, and a disturbance.
      let product = roots.reduce(Polynomial(coefficients: [1])) { product, root in
        product * Polynomial(coefficients: [Integer(-root), 16])
      }
      let shift = Int.random(in: -1000...1000, using: &generator)
      let polynomial = product + Polynomial(coefficients: [Integer(shift), 1])
      let model = RootScales<FlintEngine>(polynomial).model(exponent: 0, dominantTerm: 0, bits: bits)
      guard polynomial.degree > 1, let model else { continue }
      let cell = DyadicCell<FlintEngine>(index: 1, exponent: 0)
      try check(
        model.half(upper: true).half(upper: true).reduced(toBits: bits), of: polynomial, on: cell, depth: 6,
        tally: &tally)
    }
    #expect(tally.rootFree > 100 && tally.monotone > 5 && tally.tooCoarse > 100, "\(tally)")
  }
}
