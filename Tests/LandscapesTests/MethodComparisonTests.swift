import Algebra
import FlintEngine
import LandscapeModel
import Landscapes
import Strata
import TestSupport
import Testing

/// The two methods share the division into faces and the theory of dead units, but nothing that finds or decides
/// a critical point.
@Suite("Both methods list the same components")
struct MethodComparisonTests {
  /// All but those with many rows and units.
  @Test(arguments: TrustedExample.names.filter { !$0.hasPrefix("anscombe") && $0 != "repeated_n6_L2" })
  func agreeOnTrustedExamples(_ name: String) throws {
    try expectAgreement(TrustedExample.load(name).problem(), name)
  }

  @Test func agreeOnDependentFaces() throws {
    // Antipodal faces with a common residual: a family that is no simplex.
    for units in [2, 3] {
      let problem = try makeProblem(
        x: [["2", "1"], ["-1", "-2"]], y: ["3", "3"], units: units, ridge: "1/2")
      try expectAgreement(problem, "\(units) units")
    }
  }

  @Test(arguments: 1...6)
  func agreeOnRandomProblems(_ seed: Int) throws {
    var random = RandomProblems(seed: UInt64(seed), rows: 1...4)
    let problem = try random.next(atMost: 150)
    try expectAgreement(problem.problem(), problem.description)
  }

  @Test(.tags(.long), .onlyInLongRuns, arguments: 7...126)
  func agreeOnManyRandomProblems(_ seed: Int) throws {
    var random = RandomProblems(seed: UInt64(seed), rows: 1...6)
    let problem = try random.next(atMost: 600)
    try expectAgreement(problem.problem(), problem.description)
  }

  @Test(arguments: 1...8)
  func agreeOnLinearTerms(_ seed: Int) throws {
    var random = RandomProblems(seed: UInt64(seed), rows: 1...4)
    let problem = try random.nextWithLinearTerms(atMost: 80)
    try expectAgreement(problem.problem(), problem.description)
  }

  @Test(.tags(.long), .onlyInLongRuns, arguments: 9...68)
  func agreeOnLinearTermsInManyProblems(_ seed: Int) throws {
    var random = RandomProblems(seed: UInt64(seed), rows: 1...5)
    let problem = try random.nextWithLinearTerms(atMost: 200)
    try expectAgreement(problem.problem(), problem.description)
  }

  private func expectAgreement(_ problem: Problem<FlintEngine>, _ what: String) throws {
    let convex = try Enumeration(problem).run()
    let algebraic = try AlgebraicEnumeration(TrainingProblem(problem)).run()
    let comparison = MethodComparison(convex, algebraic)
    #expect(comparison.contradictions.isEmpty, "\(what)")
    #expect(algebraic.complete, "\(what)")
    // Both lists are complete: nothing may be on one of them alone.
    #expect(convex.complete && comparison.compatible == 0, "\(what)")
    #expect(comparison.agreements == algebraic.components.count, "\(what)")
    #expect(comparison.agreements == convex.components.count, "\(what)")
  }
}
