import Algebra
import AlgebraicMethod
import FlintEngine
import Ideals
import LandscapeModel
import RealSolving
import Testing

@testable import Landscapes

@Suite("Parts of the algebraic method")
struct AlgebraicPartsTests {
  typealias Rational = FlintEngine.Rational

  @Test func strictInequalitiesAgreeWithAGrid() throws {
    var generator = SeededGenerator(seed: 3)
    var (solved, unsolvable) = (0, 0)
    for _ in 0..<300 {
      let count = Int.random(in: 1...5, using: &generator)
      let system = (0..<count).map { _ in
        (
          constant: Rational(Int.random(in: -3...3, using: &generator)),
          coefficients: (0..<2).map { _ in Rational(Int.random(in: -2...2, using: &generator)) }
        )
      }
      func holds(_ point: [Rational]) -> Bool {
        system.allSatisfy { zip($0.coefficients, point).reduce($0.constant) { $0 + $1.0 * $1.1 } > 0 }
      }
      if let point = try StrictInequalities.solution(system, unknowns: 2) {
        #expect(holds(point))
        solved += 1
      } else {
        let steps = try (-40...40).map { try Rational($0).divided(by: 4) }
        #expect(!steps.contains { x in steps.contains { holds([x, $0]) } })
        unsolvable += 1
      }
    }
    #expect(solved > 50 && unsolvable > 50)
  }

  @Test(arguments: [
    // t² = 2: (1 + t)², 1 + t, t, 2 = t², 3.
    ([-2, 0, 1], [3, 2], false), ([-2, 0, 1], [1, 1], true), ([-2, 0, 1], [0, 1], true),
    ([-2, 0, 1], [2], false), ([-2, 0, 1], [3], true),
    // t³ = 2: (1 + t)², 1 + t, −(1 + t)².
    ([-2, 0, 0, 1], [1, 2, 1], false), ([-2, 0, 0, 1], [1, 1], true), ([-2, 0, 0, 1], [-1, -2, -1], true),
  ])
  func residuesExcludeSquares(_ field: [Int], _ element: [Int], _ isExcluded: Bool) {
    let result = ResidueSquares.excludesSquare(
      element.map { WideInteger($0) }, field: field.map { WideInteger($0) })
    #expect(result == isExcluded)
  }

  /// At x = ±√2 the entry x² − 2 is an exact zero.
  @Test func inertiaSeesExactZeros() throws {
    let notation = try PolynomialNotation<FlintEngine>(variables: ["x"])
    let ring = notation.ring
    let x = ring.variable(0)
    let zero = try x.multiplied(by: x).subtracting(ring.constant(2))
    let ideal = try Ideal<FlintEngine>(generators: [notation.value(zero)], variables: ["x"])
    let found = try FiniteSolutions(of: ideal)
    // Eigenvalues x and 0, hidden by a change of basis.
    let sum = try x.adding(zero)
    let matrix = SymmetricMatrix<FlintEngine>(
      entries: [[sum, sum.negated], [sum.negated, sum]], notation: notation)
    let inertia = try found.solutions.map {
      try matrix.inertia(at: AlgebraicPoint($0, of: found), Control())
    }
    #expect(
      inertia == [Inertia(negative: 1, zero: 1, positive: 0), Inertia(negative: 0, zero: 1, positive: 1)])
  }

  @Test func comparisonSeesWhatDiffers() throws {
    let problem = try TrustedExample.load("n5_L1").problem()
    let result = try Enumeration(problem).run()
    func contradictions(_ change: (inout EnumerationResult) -> Void) throws -> Int {
      var other = result
      change(&other)
      return MethodComparison(result, other).contradictions.count
    }
    #expect(try contradictions { _ in } == 0)
    #expect(try contradictions { $0.components.removeLast() } == 1)
    #expect(try contradictions { $0.components.append($0.components[0]) } == 1)
    #expect(try contradictions { $0.components[0].dimension += 1 } == 2)
    #expect(try contradictions { $0.components[0].units[0].outputSign *= -1 } == 2)
    #expect(
      try contradictions {
        $0.components[0].point.a[0] = DecimalEnclosure(lower: "7", upper: "8")
      } == 1)
    // A missing component where something is undecided is no contradiction.
    let undecided = Undecided.stratum([result.components[0].units[0].pattern], reason: "a test")
    #expect(
      try contradictions {
        $0.components.removeFirst()
        $0.undecided = [undecided]
      } == 0)
  }
}
