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

  @Test(arguments: 0..<16)
  func resultWithLinearTermsIsTheSameWithoutFilter(seed: Int) throws {
    var problems = RandomProblems(seed: UInt64(seed))
    let problem = try problems.nextWithLinearTerms(atMost: 150)
    _ = try compare(problem, "seed \(seed)")
    var smaller = problem
    smaller.ridge = try FlintEngine.Rational(exactly: "1/100000")
    _ = try compare(smaller, "seed \(seed), small ridge")
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func resultIsTheSameWithoutFilterInManyProblems() throws {
    try compareAll(2000..<2300, strata: 6000)
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func resultIsTheSameWithoutFilterForMoreData() throws {
    try compareAll(2300..<2330, strata: 6000, rows: 8...40)
  }

  /// At small ridges the verdicts come from bounds of their own, and must not be vacuous: most strata are rejected by
  /// the filter, not by ball arithmetic.
  @Test func resultIsTheSameWithoutFilterAtSmallRidges() throws {
    let ridges: [FlintEngine.Rational] = try ["1/100", "1/10000", "1/1000000", "1/1000000000"].map {
      try FlintEngine.Rational(exactly: $0)
    }
    var (total, filtered) = (0, 0)
    for seed in 3000..<3020 {
      let result = try compare(seed: seed, strata: 150, rows: 3...7) { $0.ridge = ridges[seed % 4] }
      total += result.strata.total
      filtered += result.strata.decided.filter + result.strata.decided.pruned
    }
    #expect(total > 500)
    #expect(Double(filtered) > 0.8 * Double(total), "\(filtered) of \(total)")
  }

  @Test(.tags(.long), .onlyInLongRuns, arguments: ["1/1000", "1/100000", "1/10000000", "1/10000000000"])
  func resultIsTheSameWithoutFilterInManyProblemsAtSmallRidges(ridge: String) throws {
    let ridge = try FlintEngine.Rational(exactly: ridge)
    for seed in 3100..<3180 {
      _ = try compare(seed: seed, strata: 1500, rows: 2...10) { $0.ridge = ridge }
    }
  }

  /// Columns in other units: their rounding errors are of other sizes.
  @Test(arguments: [["100000000"], ["1/100000000"], ["100000000", "1"], ["1", "1/100000000"]])
  func resultIsTheSameWithoutFilterForBadlyScaledColumns(scales: [String]) throws {
    let thousandth = try FlintEngine.Rational(exactly: "1/1000")
    let factors = try scales.map { try FlintEngine.Rational(exactly: $0) }
    var (total, filtered) = (0, 0)
    for seed in 3200..<3206 {
      let result = try compare(seed: seed, strata: 120, rows: 3...6) { problem in
        problem.x = problem.x.map { row in row.indices.map { row[$0] * factors[$0 % factors.count] } }
        problem.ridge = seed % 2 == 0 ? problem.ridge : problem.ridge * thousandth
      }
      total += result.strata.total
      filtered += result.strata.decided.filter + result.strata.decided.pruned
    }
    #expect(3 * filtered > total, "\(filtered) of \(total)")
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
    seed: Int, strata: Int, rows: ClosedRange<Int> = 1...7, _ change: (inout SmallProblem) -> Void = { _ in }
  ) throws -> EnumerationResult {
    var problems = RandomProblems(seed: UInt64(seed), rows: rows)
    var problem = try problems.next(atMost: strata)
    change(&problem)
    return try compare(problem, "seed \(seed)")
  }

  private func compare(_ problem: SmallProblem, _ what: String) throws -> EnumerationResult {
    let filtered = try problem.enumerated()
    let unfiltered = try problem.enumerated(usesFilter: false)
    #expect(unfiltered.strata.decided.filter == 0)
    var same = unfiltered
    same.strata.decided = filtered.strata.decided
    #expect(try same.json() == filtered.json(), "\(what): \(problem)")
    #expect(filtered.complete, "\(what), \(filtered.undecided): \(problem)")
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
