import Algebra
import FlintEngine
import Foundation
import Landscapes
import TestSupport
import Testing

/// The filter only saves time: without it, every stratum is decided in ball arithmetic, with the same result.
@Suite("Filter soundness")
struct FilterSoundnessTests {
  @Test(arguments: 0..<30)
  func resultIsTheSameWithoutFilter(seed: Int) throws {
    _ = try compare(seed: seed, strata: 200)
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func resultIsTheSameWithoutFilterInManyProblems() throws {
    var (strata, rejected, undecided, problems) = (0, 0, 0, 0)
    for seed in 2000..<2300 {
      let result: EnumerationResult
      do {
        result = try compare(seed: seed, strata: 6000)
      } catch {
        Issue.record(error, "seed \(seed)")
        continue
      }
      strata += result.strata.total
      rejected += result.strata.decided.filter
      undecided += result.strata.undecided
      problems += result.undecided.isEmpty ? 0 : 1
    }
    print(
      "\(strata) strata, \(rejected) rejected by the filter, \(undecided) undecided (in \(problems) problems)"
    )
  }

  private func compare(seed: Int, strata: Int) throws -> EnumerationResult {
    var problems = RandomProblems(seed: UInt64(seed))
    let problem = try problems.next(atMost: strata)
    let filtered = try problem.enumerated()
    let unfiltered = try problem.enumerated(usesFilter: false)
    #expect(unfiltered.strata.decided.filter == 0)
    var same = unfiltered
    same.strata.decided = filtered.strata.decided
    #expect(try same.json() == filtered.json(), "seed \(seed): \(problem)")
    let decided = filtered.strata.decided
    #expect(
      decided.filter + decided.ball + decided.exact + filtered.strata.undecided == filtered.strata.total)
    return filtered
  }
}

extension EnumerationResult {
  /// The bytes that are written.
  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}
