import Algebra
import FlintEngine
import Testing

@Suite("Polynomials as text")
struct PolynomialTextTests {
  private func text(_ terms: [([Int], String)]) throws -> String {
    let list = try terms.map { exponents, coefficient in
      PolynomialTerm(exponents: exponents, coefficient: try FlintEngine.Rational(exactly: coefficient))
    }
    return PolynomialText.write(terms: list, variables: ["x", "y_1"])
  }

  @Test func examples() throws {
    #expect(try text([]) == "0")
    #expect(try text([([0, 0], "-1")]) == "-1")
    #expect(try text([([1, 0], "1")]) == "x")
    #expect(try text([([1, 0], "-1"), ([0, 0], "1")]) == "-x + 1")
    #expect(
      try text([([2, 1], "1/2"), ([0, 3], "-3"), ([0, 0], "-2/3")]) == "1/2*x^2*y_1 - 3*y_1^3 - 2/3")
  }
}
