import Algebra
import FlintEngine
import RealSolving
import Testing

/// Polynomials that are known to be hard for root isolation, as systems in one variable.
@Suite struct ClusterTests {
  @Test func wilkinson() throws {
    let product = (1...20).map { "(x-\($0))" }.joined(separator: "*")
    let solutions = try solveFinite(system(product, in: "x"))
    #expect(solutions.solutions.map(\.box[0].lower) == (1...20).map { E.Rational($0) })
  }

  @Test func mignotte() throws {
    let solutions = try solveFinite(system("x^31-2*(1000*x-1)^2", in: "x"), options: SolveOptions(digits: 60))
    #expect(solutions.solutions.count == 3)
    let near = try rational("1/1000")
    let close = solutions.solutions.filter { solution in
      let distance = solution.box[0].lower - near
      return distance.magnitude < (try? rational("1e-40")) ?? 0
    }
    try #require(close.count == 2)
    #expect(close[0].box[0].upper < close[1].box[0].lower)
  }

  @Test func closePairAndZero() throws {
    let pair = "(x^2-2)*(2^500*(x^2-2)+1)*x^2"
    let solutions = try solveFinite(system(pair, in: "x"), options: SolveOptions(digits: 20))
    #expect(solutions.solutions.map(\.multiplicity) == [1, 1, 2, 1, 1])
    for (left, right) in zip(solutions.solutions, solutions.solutions.dropFirst()) {
      #expect(left.root.upper <= right.root.lower)
    }
  }
}
