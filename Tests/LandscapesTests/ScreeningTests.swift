import Algebra
import ConvexMethod
import FlintEngine
import LandscapeModel
import Strata
import TestSupport
import Testing

@testable import Landscapes

/// Strata that are proved away in groups: the components are those that are found without it.
@Suite("Screening")
struct ScreeningTests {
  /// Against the ball arithmetic that decides every stratum by itself, and against the filter alone.
  @Test(arguments: 0..<25)
  func componentsAreTheSameWithoutScreening(seed: Int) throws {
    var problems = RandomProblems(seed: UInt64(7000 + seed), rows: 2...6)
    try expectSame(problems.next(atMost: 250), balls: true)
  }

  /// Ridges at which most strata are covered, in chains of sets that take over each other's rows.
  @Test(arguments: 0..<6)
  func componentsAreTheSameForManyUnits(seed: Int) throws {
    var problems = RandomProblems(seed: UInt64(7100 + seed), rows: 3...5)
    var problem = try problems.next(atMost: 100)
    problem.units = 5
    problem.ridge = [1, 2, 4][seed % 3]
    try expectSame(problem, balls: false)
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func componentsAreTheSameInManyProblems() throws {
    for seed in 8000..<8200 {
      var problems = RandomProblems(seed: UInt64(seed), rows: 2...12)
      try expectSame(problems.next(atMost: 5000), balls: true)
    }
  }

  @Test(.tags(.long), .onlyInLongRuns, arguments: [(40, 1, 3), (12, 2, 2)])
  func componentsAreTheSameForMoreData(rows: Int, inputs: Int, units: Int) throws {
    var generator = SeededGenerator(seed: UInt64(rows))
    func decimal(_ range: ClosedRange<Int>) -> FlintEngine.Rational {
      FlintEngine.Rational(Int.random(in: range, using: &generator))
    }
    let problem = SmallProblem(
      x: (0..<rows).map { _ in (0..<inputs).map { _ in decimal(-1000...1000) } },
      y: (0..<rows).map { _ in decimal(-1500...1500) }, units: units, ridge: 100_000)
    try expectSame(problem, balls: false)
  }

  private func expectSame(_ problem: SmallProblem, balls: Bool) throws {
    let screened = try run(problem, EnumerationOptions())
    let unscreened = try run(problem, EnumerationOptions(prunes: false))
    #expect(unscreened.strata.decided.pruned == 0)
    #expect(screened.components == unscreened.components, "\(problem)")
    #expect(screened.undecided == unscreened.undecided)
    #expect(screened.complete == unscreened.complete)
    #expect(screened.strata.decided.total + screened.strata.undecided == screened.strata.total)
    guard balls else { return }
    let certified = try run(problem, EnumerationOptions(usesFilter: false))
    #expect(screened.components == certified.components, "\(problem)")
  }

  private func run(_ problem: SmallProblem, _ options: EnumerationOptions) throws -> EnumerationResult {
    try Enumeration(problem.problem(), options: options, control: Control(threads: 2)).run()
  }

  /// Screening does something, and what it says of a set of faces is what ball arithmetic says of its stratum.
  @Test func coveredStrataAreRejectedByBalls() throws {
    let problem = try SmallProblem(
      x: [["-2"], ["-1"], ["0"], ["2"]], y: ["1", "-1/2", "3/2", "2"], units: 3, ridge: "1/2")
    let enumeration = try problem.enumeration()
    let division = enumeration.division
    let table = try ScreeningTable(
      tables: enumeration.tables, maximumFaces: 3, control: Control(), prepareThread: {})
    var covered = 0
    let strata = try #require(StratumIndex(count: division.faces.count, maximumSize: 3))
    var bits = [UInt64](repeating: 0, count: (division.faces.count + 63) / 64)
    try strata.forEachRun(in: 0..<strata.total) { prefix, lasts in
      guard let lasts else { return }
      let isMarked = bits.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.map { table.mark(prefix: prefix, lasts, into: $0) } ?? false
      }
      #expect(isMarked == !prefix.isEmpty)
      guard isMarked else { return }
      for last in lasts where bits[last >> 6] >> UInt64(last & 63) & 1 == 1 {
        covered += 1
        let decision = try enumeration.certifier.decide(
          (prefix + [last]).map { division.faces[$0] }, start: [Double](repeating: 1, count: prefix.count + 1)
        )
        guard case .rejected = decision else {
          Issue.record("\(prefix) and \(last) are covered, but \(decision)")
          return
        }
      }
    }
    #expect(covered > strata.total / 10)
  }

  @Test(arguments: [(1, 1), (5, 3), (8, 4), (6, 6)])
  func ranksAreThoseOfTheStrata(count: Int, size: Int) throws {
    let ranking = SetRanking(count: count, maximumSize: size, mostSets: 1000)
    let strata = try #require(StratumIndex(count: count, maximumSize: size))
    for number in 1..<strata.total {
      let set = strata[number]
      #expect(ranking.rank(of: set) == number - strata.start(ofSize: set.count))
    }
    #expect(ranking.sets(ofSize: size) == strata.total - strata.start(ofSize: size))
    #expect(SetRanking(count: 8, maximumSize: 4, mostSets: 30).sets(ofSize: 3) == nil)
  }
}
