import Algebra
import FlintEngine
import RealSolving
import Testing

@Suite struct RealAlgebraicNumberTests {
  typealias Number = RealAlgebraicNumber<E>

  private func roots(_ coefficients: [Int]) throws -> [Number] {
    try Number.realRoots(of: E.UnivariatePolynomial(coefficients: coefficients.map { E.Integer($0) }))
  }

  private func squareRoot(_ value: Int) throws -> Number { try roots([-value, 0, 1])[1] }

  @Test func sumsProductsQuotients() throws {
    let (two, three) = (try squareRoot(2), try squareRoot(3))
    let sum = try two.adding(three)
    #expect(sum.minimalPolynomial.coefficients == [1, 0, -10, 0, 1])
    #expect(sum.index == 3)
    #expect(try two.multiplied(by: three).compare(squareRoot(6)) == 0)
    #expect(try sum.subtracting(three).compare(two) == 0)
    #expect(try sum.divided(by: sum).compare(Number(1)) == 0)
    #expect(try two.subtracting(two).signum() == 0)
    #expect(try two.negated.adding(two).signum() == 0)
    #expect(try two.negated.signum() == -1)
    #expect(throws: AlgebraError.divisionByZero) { try Number(0).inverse() }
    #expect(try three.inverse().multiplied(by: three).compare(Number(1)) == 0)
  }

  @Test func comparisonAgreesWithApproximations() throws {
    var numbers: [Number] = []
    for list in [[-2, 0, 1], [-3, 1, 0, 1], [1, -3, 0, 1], [-1, 0, 0, 0, 0, 2], [5, -7], [0, -1, 0, 1]] {
      numbers += try roots(list)
    }
    for left in numbers {
      for right in numbers {
        let comparison = try left.compare(right)
        #expect(try right.compare(left) == -comparison)
        let width = try rational("1e-12")
        let (x, y) = (try left.refined(width: width), try right.refined(width: width))
        let difference = x.interval.lower.doubleValue - y.interval.lower.doubleValue
        if difference.magnitude > 1e-9 {
          #expect((difference > 0) == (comparison > 0))
        } else {
          #expect(comparison == 0)
        }
      }
    }
  }

  @Test func rootsOfReduciblePolynomialsAreSorted() throws {
    // (x² − 2)(x − 1)²(x + 3) x
    let polynomial =
      E.UnivariatePolynomial(coefficients: [-2, 0, 1]) * E.UnivariatePolynomial(coefficients: [1, -2, 1])
      * E.UnivariatePolynomial(coefficients: [0, 3, 1])
    let found = try Number.realRoots(of: polynomial)
    #expect(found.map(\.degree) == [1, 2, 1, 1, 2])
    #expect(found.map(\.interval.lower.doubleValue.sign) == [.minus, .minus, .plus, .plus, .plus])
  }
}
