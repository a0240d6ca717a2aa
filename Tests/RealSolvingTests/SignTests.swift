import Algebra
import FlintEngine
import RealSolving
import Testing

@Suite struct SignTests {
  @Test func signsAreExact() throws {
    let solutions = try solveFinite(system("x^2-2,y^2-3"))
    #expect(solutions.solutions.count == 4)
    for solution in solutions.solutions {
      let zero = try system("x^2*y^2-6,x*y^2-3*x").polynomials
      for polynomial in zero { #expect(try solutions.sign(of: polynomial, at: solution) == 0) }
      // 7 x² y² − 42 + 10^−200 is not zero.
      let tiny = try system("10^200*(7*x^2*y^2-42)+1").polynomials[0]
      #expect(try solutions.sign(of: tiny, at: solution) == 1)
      let x = try solutions.sign(of: system("x").polynomials[0], at: solution)
      #expect(x == solution.box[0].lower.signum())
      #expect(try solutions.sign(of: system("-x").polynomials[0], at: solution) == -x)
    }
  }

  @Test func zeroAtSomeSolutionsOnly() throws {
    let solutions = try solveFinite(system("(x-1)*(x^2-5),y-x^3"))
    let polynomial = try system("y-5*x").polynomials[0]
    #expect(
      try solutions.solutions.map { try solutions.sign(of: polynomial, at: $0) }.sorted() == [-1, 0, 0])
  }
}
