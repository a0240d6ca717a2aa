import AlgebraConformance
import SwiftEngine
import TestSupport
import Testing

@Suite("The engine in Swift obeys the laws of an engine")
struct ConformanceTests {
  typealias Laws = AlgebraConformance<SwiftEngine>

  @Test func engine() throws { try Laws.checkEngine() }
  @Test func integers() throws { try Laws.checkIntegers() }
  @Test func integerConversions() throws { try Laws.checkIntegerConversions() }
  @Test func integerDivision() throws { try Laws.checkIntegerDivision() }
  @Test func rationals() throws { try Laws.checkRationals() }
  @Test func rationalApproximations() throws { try Laws.checkRationalApproximations() }
  @Test func matrices() throws { try Laws.checkMatrices() }
  @Test func elimination() throws { try Laws.checkElimination() }
  @Test func ballEnclosures() throws { try Laws.checkBallEnclosures() }
  @Test func specialBalls() throws { try Laws.checkSpecialBalls() }
  @Test func angles() throws { try Laws.checkAngles() }
  @Test func ballMatrices() throws { try Laws.checkBallMatrices() }
  @Test func univariatePolynomials() throws { try Laws.checkUnivariatePolynomials() }
  @Test func univariateDivision() throws { try Laws.checkUnivariateDivision() }
  @Test func univariateFactorisation() throws { try Laws.checkUnivariateFactorisation() }
  @Test func residueParametrisation() { Laws.checkResidueParametrisation() }
  @Test func rootIsolation() throws { try Laws.checkRootIsolation() }
  @Test func difficultRoots() throws { try Laws.checkDifficultRoots(degree: 14) }
  @Test(.tags(.long), .onlyInLongRuns) func difficultRootsOfHighDegree() throws {
    try Laws.checkDifficultRoots()
  }
  @Test func polynomials() throws { try Laws.checkPolynomials() }
  @Test func monomialOrders() throws { try Laws.checkMonomialOrders() }
  @Test func polynomialEdges() throws { try Laws.checkPolynomialEdges() }
  @Test func polynomialLimits() throws { try Laws.checkPolynomialLimits() }
  @Test func substitution() throws { try Laws.checkSubstitution() }
  @Test func polynomialDivision() throws { try Laws.checkPolynomialDivision() }
  @Test func polynomialDivisors() throws { try Laws.checkPolynomialDivisors() }
  @Test func polynomialFactorisation() throws { try Laws.checkPolynomialFactorisation() }
}
