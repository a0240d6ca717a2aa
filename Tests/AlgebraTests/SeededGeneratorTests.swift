import Algebra
import Testing

@Suite("The seeded generator")
struct SeededGeneratorTests {
  @Test("gives the numbers of the reference implementation")
  func reference() {
    var generator = SeededGenerator(seed: 1_234_567)
    let numbers = (0..<5).map { _ in generator.next() }
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(numbers == expected)
  }

  @Test("gives every task its own numbers, the same in every run")
  func tasks() {
    func numbers(_ seed: UInt64, _ task: UInt64) -> [UInt64] {
      var generator = SeededGenerator(seed: seed, task: task)
      return (0..<4).map { _ in generator.next() }
    }
    var seen: Set<[UInt64]> = []
    for seed in 0..<20 as Range<UInt64> {
      for task in 0..<20 as Range<UInt64> {
        #expect(numbers(seed, task) == numbers(seed, task))
        seen.insert(numbers(seed, task))
      }
    }
    #expect(seen.count == 400)
  }

  @Test("is not grossly uneven")
  func distribution() {
    var generator = SeededGenerator(seed: 3)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<10_000 { counts[Int.random(in: 0..<10, using: &generator)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 1000) < 150 })
  }
}
