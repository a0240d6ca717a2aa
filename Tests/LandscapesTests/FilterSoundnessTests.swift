import Algebra
import FlintEngine
import Foundation
import LandscapeModel
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
    try compareAll(2000..<2300, strata: 6000)
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func resultIsTheSameWithoutFilterForMoreData() throws {
    try compareAll(2300..<2330, strata: 6000, rows: 8...40)
  }

  private func compareAll(_ seeds: Range<Int>, strata: Int, rows: ClosedRange<Int> = 1...7) throws {
    var (total, rejected) = (0, 0)
    for seed in seeds {
      let result = try compare(seed: seed, strata: strata, rows: rows)
      total += result.strata.total
      rejected += result.strata.decided.pruned + result.strata.decided.filter
    }
    print("\(total) strata, \(rejected) rejected by the filter")
  }

  private func compare(
    seed: Int, strata: Int, rows: ClosedRange<Int> = 1...7
  ) throws -> EnumerationResult {
    var problems = RandomProblems(seed: UInt64(seed), rows: rows)
    let problem = try problems.next(atMost: strata)
    let filtered = try problem.enumerated()
    let unfiltered = try problem.enumerated(usesFilter: false)
    #expect(unfiltered.strata.decided.filter == 0)
    var same = unfiltered
    same.strata.decided = filtered.strata.decided
    #expect(try same.json() == filtered.json(), "seed \(seed): \(problem)")
    #expect(filtered.complete, "seed \(seed), \(filtered.undecided): \(problem)")
    #expect(filtered.strata.decided.total == filtered.strata.total)
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
