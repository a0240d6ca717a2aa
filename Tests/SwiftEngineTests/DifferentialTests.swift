import FlintEngine
import SwiftEngine
import TestSupport
import Testing

@Suite("Both engines compute the same")
struct DifferentialTests {
  private func compare(_ seeds: Range<UInt64>) throws {
    for seed in seeds {
      var (swift, flint) = (Workload<SwiftEngine>(seed: seed), Workload<FlintEngine>(seed: seed))
      let (found, expected) = (try swift.results(), try flint.results())
      #expect(found.count > 40 && found.count == expected.count)
      for (one, other) in zip(found, expected) where one != other {
        Issue.record("seed \(seed): \(one) differs from FLINT's \(other)")
      }
    }
  }

  @Test func someCases() throws { try compare(0..<24) }

  @Test(.tags(.long), .onlyInLongRuns) func manyCases() throws { try compare(1000..<2200) }
}
