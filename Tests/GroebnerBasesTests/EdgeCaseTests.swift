import Algebra
import FlintEngine
@testable import GroebnerBases
import Testing

@Suite("Edge cases")
struct EdgeCaseTests {
  private func basis(
    _ variables: String, _ polynomials: String, characteristic: UInt32 = 0,
    order: MonomialOrder = .degreeReverseLexicographic
  ) throws -> [String] {
    let system = try Systems.parse(variables, polynomials, characteristic: characteristic)
    return try GroebnerBasis(of: system, order: order).text(variables: system.variables)
  }

  @Test("zero ideal, unit ideal, constants", arguments: [0, 2, 101] as [UInt32])
  func trivial(_ characteristic: UInt32) throws {
    #expect(try basis("x,y", "", characteristic: characteristic) == [])
    #expect(try basis("x,y", "0,x-x", characteristic: characteristic) == [])
    #expect(try basis("x,y", "1", characteristic: characteristic) == ["1"])
    #expect(try basis("x,y", "x,x+1", characteristic: characteristic) == ["1"])
    #expect(try basis("x", "x^2*x^3", characteristic: characteristic) == ["x^5"])
    let zero = try GroebnerBasis(of: [], variableCount: 3, characteristic: characteristic)
    #expect(try zero.hilbertSeries().dimension == 3)
    #expect(!zero.isUnit)
    let unit = try GroebnerBasis(of: try Systems.parse("x,y", "x,x+1", characteristic: characteristic))
    #expect(unit.isUnit)
    #expect(try unit.hilbertSeries().dimension == -1)
    #expect(try unit.hilbertSeries().degree == 0)
    #expect(try basis("x,y", "x,x+1", characteristic: characteristic, order: .lexicographic) == ["1"])
    #expect(try basis("x,y", "0", characteristic: characteristic, order: .lexicographic) == [])
  }

  @Test("one variable: the greatest common divisor")
  func univariate() throws {
    #expect(try basis("x", "(x-1)^2*(x+2), (x-1)*(x+3)") == ["x-1"])
    #expect(try basis("x", "6*x^4-6, 4*x^6-4") == ["x^2-1"])
    #expect(try basis("x", "(x-1)^2*(x+2), (x-1)*(x+3)", characteristic: 5) == ["x+4"])
  }

  @Test("huge coefficients come back exactly")
  func hugeCoefficients() throws {
    let a = "123456789012345678901234567890123456789012345678901234567890"
    let b = "987654321098765432109876543210987654321"
    #expect(
      try basis("x,y", "\(a)*x-\(b)*y")
        == ["1371742100000000000013717421000000000000137174210*x-10973936900000000000109739369*y"])
    #expect(try basis("x", "\(b)*x-1") == ["\(b)*x-1"])
    // The witness of an element may miss small factors of denominators.
    #expect(try basis("x,y,z", "6*x+3*y+2*z-1, 10*x-15*y+z") == ["60*y+7*z-5", "40*x+11*z-5"])
  }

  @Test("repeated monomials in values add, also to zero")
  func repeatedMonomials() throws {
    let one = WideInteger(1)
    let twice = SparsePolynomial<WideInteger>(
      variableCount: 1, exponents: [1, 1, 0, 1], coefficients: [one, one, one, WideInteger(-2)])
    for characteristic: UInt32 in [0, 7] {
      #expect(try GroebnerBasis(of: [twice], variableCount: 1, characteristic: characteristic).isUnit)
    }
  }

  @Test("exponents beyond every packed width", arguments: [100, 200, 40_000, 70_000, 1 << 30])
  func wideExponents(_ exponent: Int) throws {
    for characteristic: UInt32 in [0, 101] {
      #expect(
        try basis("x,y", "x^\(exponent)-y, y-3", characteristic: characteristic)
          == ["y-3", "x^\(exponent)-3"].map { characteristic == 0 ? $0 : $0.replacingSigns() })
    }
    #expect(try basis("x,y,z", "x^\(exponent)-y^2, x*z") == ["x*z", "y^2*z", "x^\(exponent)-y^2"])
  }

  @Test("the same ideal with narrow and with wide exponents")
  func substitutedPowers() throws {
    let system = try Systems.parse("x,y,z", "x^2*y-z^2+1, y^2-x*z, z^3-x*y-2")
    let powers = try Systems.parse("x,y,z", "x^400*y^200-z^400+1, y^400-x^200*z^200, z^600-x^200*y^200-2")
    let narrow = try GroebnerBasis(of: system).polynomials
    let wide = try GroebnerBasis(of: powers).polynomials
    let stretched = narrow.map { element in
      SparsePolynomial(
        variableCount: 3, exponents: element.exponents.map { $0 * 200 }, coefficients: element.coefficients)
    }
    #expect(wide == stretched)
  }

  @Test("an exponent that no width can hold is an error, not a wrong result")
  func tooLarge() throws {
    let big = UInt32(1 << 31 - 1)
    let one = WideInteger(1)
    let first = SparsePolynomial<WideInteger>(
      variableCount: 2, exponents: [big, 0, 0, 1], coefficients: [one, one])
    let second = SparsePolynomial<WideInteger>(
      variableCount: 2, exponents: [big - 1, big, 0, 2], coefficients: [one, one])
    #expect(throws: AlgebraError.self) { try GroebnerBasis(of: [first, second], variableCount: 2) }
  }

  @Test("arguments that make no sense are errors")
  func badArguments() throws {
    let x = SparsePolynomial<WideInteger>(variableCount: 1, exponents: [1], coefficients: [WideInteger(1)])
    #expect(throws: AlgebraError.self) { try GroebnerBasis(of: [x], variableCount: 2) }
    #expect(throws: AlgebraError.self) { try GroebnerBasis(of: [], variableCount: 0) }
    for characteristic: UInt32 in [1, 4, 32001, 1 << 31, .max] {
      #expect(throws: AlgebraError.self) {
        try GroebnerBasis(of: [x], variableCount: 1, characteristic: characteristic)
      }
    }
    #expect(throws: AlgebraError.self) {
      try GroebnerBasis(of: [x], variableCount: 1, order: .elimination(count: 2))
    }
    #expect(throws: AlgebraError.self) { try GroebnerBasis(of: [x], variableCount: 1, order: .weighted([0])) }
    #expect(throws: AlgebraError.self) {
      try GroebnerBasis(of: [x], variableCount: 1, order: .weighted([1, 2]))
    }
  }

  @Test("a limit ends the computation and reports where it was")
  func interruption() throws {
    let system = try Systems.load("katsura6")
    let stopped = Control()
    stopped.cancellation.cancel(.time)
    #expect(throws: Interruption.self) { try GroebnerBasis(of: system, control: stopped) }

    var control = Control()
    let cancellation = control.cancellation
    control.log = { line in if line.hasPrefix("degree 4") { cancellation.cancel(.memory) } }
    let interruption = try #require(
      #expect(throws: Interruption.self) { try GroebnerBasis(of: system, control: control) })
    #expect(interruption.reason == .memory)
    let figures = try #require(interruption.progress?.figures)
    #expect(figures["degree", default: 0] >= 4)
    #expect(figures["elements", default: 0] > 0)
  }
}

extension String {
  /// `-3` as a residue modulo 101.
  fileprivate func replacingSigns() -> String { replacing("-3", with: "+98") }
}
