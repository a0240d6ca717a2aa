import Algebra
import Strata
import Testing

/// The numbering of the sets of at most `L` faces.
@Suite("Stratum index")
struct StratumIndexTests {
  /// All sets by size, then lexicographically.
  private func allSets(_ count: Int, _ maximumSize: Int) -> [[Int]] {
    (0..<(1 << count)).map { mask in (0..<count).filter { mask >> $0 & 1 == 1 } }
      .filter { $0.count <= maximumSize }
      .sorted { $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count < $1.count }
  }

  @Test(arguments: 0..<8, 0..<9)
  func numbersAllSetsInOrder(count: Int, maximumSize: Int) throws {
    let index = try #require(StratumIndex(count: count, maximumSize: maximumSize))
    let expected = allSets(count, maximumSize)
    #expect(index.total == expected.count)
    #expect((0..<index.total).map { index[$0] } == expected)
    guard maximumSize >= 1 else { return }
    let estimate = StratumIndex.approximateTotal(count: Double(count), maximumSize: maximumSize)
    #expect(estimate == Double(index.total))
  }

  @Test(arguments: [(0, 2), (1, 1), (4, 1), (5, 2), (5, 3), (6, 6), (7, 4)])
  func runsVisitEveryRange(count: Int, maximumSize: Int) throws {
    let index = try #require(StratumIndex(count: count, maximumSize: maximumSize))
    let expected = allSets(count, maximumSize)
    for lower in 0...index.total {
      for upper in lower...index.total {
        var visited: [[Int]] = []
        var prefixes: [[Int]] = []
        index.forEachRun(in: lower..<upper) { prefix, lasts in
          guard let lasts else {
            visited.append([])
            return
          }
          prefixes.append(prefix)
          visited += lasts.map { prefix + [$0] }
        }
        #expect(visited == Array(expected[lower..<upper]))
        // Runs are as long as they can be: no prefix comes twice.
        #expect(Set(prefixes).count == prefixes.count)
      }
    }
  }

  @Test func binomialsFollowPascal() {
    var row: [Int?] = [1]
    for n in 0...70 {
      for k in 0...n { #expect(StratumIndex.binomial(n, k) == row[k], "\(n) over \(k)") }
      #expect(StratumIndex.binomial(n, n + 1) == 0)
      #expect(StratumIndex.binomial(n, -1) == 0)
      let padded = [0] + row + [0]
      row = zip(padded, padded.dropFirst()).map { left, right in
        guard let left, let right else { return nil }
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? nil : sum
      }
    }
  }

  @Test func tooManySetsAreRefused() throws {
    #expect(StratumIndex(count: 64, maximumSize: 64) == nil)
    #expect(StratumIndex(count: 62, maximumSize: 62)?.total == 1 << 62)
    // 2⁶³ does not fit, 2⁶³ − 1 (without the full set) does.
    #expect(StratumIndex(count: 63, maximumSize: 63) == nil)
    #expect(StratumIndex(count: 63, maximumSize: 62)?.total == Int.max)
    #expect(StratumIndex(count: 1_000_000, maximumSize: 4) == nil)
    #expect(StratumIndex(count: 1_000_000, maximumSize: 3) != nil)
    #expect(StratumIndex(count: Int.max, maximumSize: 1) == nil)
    let estimate = StratumIndex.approximateTotal(count: 1000, maximumSize: 10)
    #expect(estimate > 2.6e23 && estimate < 2.7e23)
  }

  /// Unranking a set gives back the set that was ranked in the combinatorial number system.
  @Test func largeNumbersAreUnranked() throws {
    let (count, size) = (300, 5)
    let index = try #require(StratumIndex(count: count, maximumSize: size))
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      var set: Set<Int> = []
      while set.count < size { set.insert(Int.random(in: 0..<count, using: &generator)) }
      let sorted = set.sorted()
      // Sets of the same size that come later: those of the mirrored set, counted by binomials.
      let later = sorted.enumerated().reduce(0) { sum, entry in
        sum + (StratumIndex.binomial(count - 1 - entry.element, size - entry.offset) ?? 0)
      }
      #expect(index[index.total - 1 - later] == sorted)
    }
  }
}
