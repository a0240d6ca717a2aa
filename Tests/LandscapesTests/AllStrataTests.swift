import Algebra
import FlintEngine
import LandscapeModel
import TestSupport
import Testing

/// Every single stratum is decided a second time, by brute force in doubles.
@Suite("All strata by brute force")
struct AllStrataTests {
  @Test(arguments: 0..<6)
  func strataAreDecidedAlike(seed: Int) throws {
    let counts = try compare(seed: UInt64(seed), strata: 120)
    #expect(counts.clear > 0)
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func strataAreDecidedAlikeInManyProblems() throws { try compareAll(3000..<3400, strata: 500) }

  @Test(.tags(.long), .onlyInLongRuns)
  func strataAreDecidedAlikeForMoreData() throws { try compareAll(3400..<3440, strata: 3000, rows: 8...24) }

  private func compareAll(_ seeds: Range<UInt64>, strata: Int, rows: ClosedRange<Int> = 1...7) throws {
    var (clear, minima, unclear) = (0, 0, 0)
    for seed in seeds {
      let counts = try compare(seed: seed, strata: strata, rows: rows)
      clear += counts.clear
      minima += counts.minima
      unclear += counts.unclear
    }
    print("\(clear) strata compared, \(minima) of them with a local minimum; \(unclear) too close to call")
    #expect(unclear < clear / 10)
  }

  private func compare(
    seed: UInt64, strata: Int, rows: ClosedRange<Int> = 1...7
  ) throws -> (clear: Int, minima: Int, unclear: Int) {
    var problems = RandomProblems(seed: seed, rows: rows)
    var problem = try problems.next(atMost: strata)
    // The linear activation has one pattern-free stratum.
    while problem.slope == 1 { problem = try problems.next(atMost: strata) }
    let result = try problem.enumerated()
    #expect(result.complete, "\(result.undecided)")
    let search = SurrogateSearch(SquaredLoss(try problem.problem()), seed: seed)
    #expect(search.patterns.count == result.strata.facesPerUnit, "faces, seed \(seed): \(problem)")
    var (clear, minima, unclear) = (0, 0, 0)
    for set in subsets(search.patterns.count, atMost: problem.units) {
      let patterns = Set(set.map { search.text($0) })
      let isListed = result.components.contains { component in
        let alive = component.units.filter { $0.outputSign != 0 }.map(\.pattern.description)
        return Set(alive) == patterns || (component.globalForEveryWidth && isPart(patterns, of: component))
      }
      switch search.verdict(set) {
      case .localMinimum:
        minima += 1
        clear += 1
        #expect(isListed, "missing: \(patterns), seed \(seed): \(problem)")
      case .none:
        clear += 1
        #expect(!isListed, "wrong: \(patterns), seed \(seed): \(problem)")
      case .unclear: unclear += 1
      }
    }
    return (clear, minima, unclear)
  }

  /// Whether some convex combination of vertices of the component's polytope has these faces alive.
  private func isPart(_ patterns: Set<String>, of component: LandscapeComponent) -> Bool {
    let alive = component.units.filter { $0.outputSign != 0 }.map(\.pattern.description)
    let supports = (component.vertices ?? []).map { vertex in
      Set(zip(alive, vertex).filter { $1.upper > "0" }.map(\.0))
    }.filter { $0.isSubset(of: patterns) }
    return supports.reduce(Set()) { $0.union($1) } == patterns && !patterns.isEmpty
  }

  private func subsets(_ count: Int, atMost size: Int) -> [[Int]] {
    var all: [[Int]] = []
    func extend(_ set: [Int], from: Int) {
      if !set.isEmpty { all.append(set) }
      guard set.count < size else { return }
      for next in from..<max(from, count) { extend(set + [next], from: next + 1) }
    }
    extend([], from: 0)
    return all
  }
}
