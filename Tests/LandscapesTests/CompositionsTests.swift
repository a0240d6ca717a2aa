import Strata
import Testing

/// The ways to share the units among faces.
@Suite("Compositions")
struct CompositionsTests {
  @Test(arguments: 0..<8, 0..<6)
  func allOrderedSumsAreListedOnce(total: Int, parts: Int) {
    let list = UnitSharing.compositions(of: total, into: parts)
    #expect(Set(list).count == list.count)
    #expect(list.allSatisfy { $0.count == parts && $0.allSatisfy { $0 >= 1 } && $0.reduce(0, +) == total })
    // All tuples of numbers from 1 to the total, filtered.
    var tuples: [[Int]] = [[]]
    for _ in 0..<parts { tuples = tuples.flatMap { tuple in (0..<total).map { tuple + [$0 + 1] } } }
    #expect(Set(list) == Set(tuples.filter { $0.reduce(0, +) == total }))
  }
}
