import Algebra
import ConvexMethod
import FlintEngine
import Strata
import Testing

/// The exact stage, on supports that need a Gröbner basis.
@Suite("Exact decisions")
struct ExactDecisionTests {
  /// A problem, as text, in which balls of any precision leave something open, and how many components it has.
  struct Tie: Sendable {
    var x: [[String]]
    var y: [String]
    var units: Int
    var slope = "0"
    var ridge: String
    var bias = true
    var components: Int

    func problem() throws -> SmallProblem {
      try SmallProblem(x: x, y: y, units: units, slope: slope, ridge: ridge, bias: bias)
    }
  }

  /// Each is open for another reason.
  @Test(arguments: [
    // A hidden weight on the boundary of a face.
    Tie(
      x: [["-1", "1"], ["1", "0"], ["0", "0"]], y: ["3", "3", "-1"], units: 2, ridge: "1/4", bias: false,
      components: 4),
    Tie(
      x: [["-2"], ["-1"], ["1"], ["2"]], y: ["1", "1", "-1", "-1"], units: 2, slope: "-1", ridge: "1/10",
      components: 3),
    Tie(
      x: [["0"], ["2"], ["2"], ["-1"], ["0"]], y: ["2", "3", "1", "3", "3"], units: 3, slope: "-2",
      ridge: "1/4", components: 18),
    // A one-sided derivative that is zero.
    Tie(
      x: [["2"], ["0"], ["1"], ["0"], ["-1"]], y: ["0", "-1", "3", "1", "2"], units: 3, slope: "1/2",
      ridge: "1/4", components: 22),
  ])
  func tieIsDecided(_ tie: Tie) throws {
    let problem = try tie.problem()
    let result = try problem.enumerated()
    #expect(result.complete, "\(result.undecided)")
    #expect(result.strata.decided.exact > 0)
    #expect(result.components.count == tie.components)
    let loss = SquaredLoss(try problem.problem())
    for component in result.components {
      let complaints = ComponentChecks(listed: ListedComponent(component, loss), loss: loss).complaints
      #expect(complaints.isEmpty, "component \(component.id): \(complaints)")
    }
  }

  /// Without any assumption the exact residual is the certified one.
  @Test(arguments: 0..<6)
  func residualIsTheCertifiedOne(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var problems = RandomProblems(seed: UInt64(seed) + 50, rows: 2...4)
    var compared = 0
    while compared < 3 {
      let problem = try problems.next(atMost: 400).problem()
      let division = try Division(problem, control: Control())
      guard division.faces.count >= 2, problem.weightDimension <= 2 else { continue }
      let indices = Array(division.faces.indices.shuffled(using: &generator).prefix(2)).sorted()
      let system = try StratumSystem(division, faces: indices.map { division.faces[$0] })
      guard let outcome = SupportSearch(system: system, precision: 384).find(from: [1, 1]),
        outcome.ties.isEmpty, !outcome.point.support.isEmpty
      else { continue }
      let support = try AlgebraicSupport(system, outcome.point, control: Control())
      let block = try #require(try support.block(assuming: []))
      for row in 0..<problem.rowCount {
        let exact = try block.field.ball(block.residual[row], precision: 600)
        let certified = outcome.point.residual.value(at: row)
        #expect(exact.overlaps(certified))
        let (lower, upper) = try (certified - exact).bounds()
        #expect((upper - lower).doubleValue < 1e-40)
      }
      // An equation that holds leads to the same point, one that does not to none.
      let gradient = ResidualEquation<FlintEngine>.attains(system.faces[outcome.point.support[0]])
      #expect(try support.block(assuming: [gradient]) != nil)
      let form = (0..<problem.rowCount).map { FlintEngine.Rational($0 == 0 ? 1 : 0) }
      if outcome.point.residual.value(at: 0).sign != .unknown {
        #expect(try support.block(assuming: [.vanishes(form)]) == nil)
      }
      compared += 1
    }
  }
}
