import Algebra
import FlintEngine
import Landscapes
import TestSupport
import Testing

/// Descent from random starts, which knows nothing of the theory, ends on listed components only.
@Suite("Descent ends on listed components")
struct DescentTests {
  @Test(arguments: 0..<10)
  func endsAreListed(seed: Int) throws {
    var problems = RandomProblems(seed: UInt64(seed))
    let comparison = try DescentComparison(try problems.next(atMost: 1500), seed: UInt64(seed))
    comparison.run(starts: 40)
    #expect(comparison.complaints.isEmpty, "seed \(seed): \(comparison.problem)")
    #expect(comparison.matched >= 39)
  }

  @Test(arguments: 0..<8)
  func endsWithLinearTermsAreListed(seed: Int) throws {
    var problems = RandomProblems(seed: UInt64(seed))
    let comparison = try DescentComparison(
      try problems.nextWithLinearTerms(atMost: 1500), seed: UInt64(seed))
    comparison.run(starts: 40)
    #expect(comparison.complaints.isEmpty, "seed \(seed): \(comparison.problem)")
    #expect(comparison.matched >= 39)
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func endsAreListedInManyProblems() throws {
    try expectListedEnds(seeds: 1000..<1600) { try $0.next(atMost: 60_000) }
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func endsWithLinearTermsAreListedInManyProblems() throws {
    try expectListedEnds(seeds: 3000..<3300) { try $0.nextWithLinearTerms(atMost: 60_000) }
  }

  private func expectListedEnds(
    seeds: Range<Int>, _ draw: (inout RandomProblems) throws -> SmallProblem
  ) throws {
    var (ends, matched, creeping, components, found, revived) = (0, 0, 0, 0, 0, 0)
    for seed in seeds {
      var problems = RandomProblems(seed: UInt64(seed))
      let comparison = try DescentComparison(draw(&problems), seed: UInt64(seed))
      comparison.run(starts: 60)
      #expect(comparison.complaints.isEmpty, "seed \(seed): \(comparison.problem)")
      ends += 60
      matched += comparison.matched
      creeping += comparison.creeping
      components += comparison.listed.count
      found += comparison.foundCount
      revived += comparison.revivedCount
      #expect(comparison.result.complete, "seed \(seed), \(comparison.result.undecided)")
    }
    print(
      "\(ends) end points: \(matched) on listed components, \(creeping) creeping;",
      "\(found) of \(components) components found; dead units moved \(revived) times")
    #expect(creeping <= ends / 100)
  }
}
