import Algebra
@testable import GroebnerBases
import Testing

@Suite("Packed monomials")
struct LayoutTests {
  static let orders: [MonomialOrder] = [
    .degreeReverseLexicographic, .lexicographic, .degreeLexicographic, .elimination(count: 2),
    .elimination(count: 0), .elimination(count: 9), .weighted([3, 1, 2, 5, 1, 1, 7, 2, 1]),
  ]

  private func pack(_ vector: [UInt32], _ layout: MonomialLayout) -> [UInt64]? {
    var packed = [UInt64](repeating: 0, count: layout.words)
    return layout.pack(vector, into: &packed) ? packed : nil
  }

  @Test("operations agree with their definitions", arguments: orders, MonomialLayout.ExponentWidth.allCases)
  func operations(_ order: MonomialOrder, _ width: MonomialLayout.ExponentWidth) throws {
    let n = 9
    let layout = MonomialLayout(order: order, variableCount: n, width: width)
    var random = SeededGenerator(seed: 3)
    for _ in 0..<300 {
      let bound = UInt32(Bool.random(using: &random) ? 2 : 12)
      let a = (0..<n).map { _ in UInt32.random(in: 0...bound, using: &random) }
      var b = (0..<n).map { _ in UInt32.random(in: 0...bound, using: &random) }
      if Bool.random(using: &random) { b = zip(a, b).map { $0 + ($1 & 1) } }
      let (x, y) = (try #require(pack(a, layout)), try #require(pack(b, layout)))
      var unpacked = [UInt32](repeating: 0, count: n)
      layout.unpack(x, into: &unpacked)
      #expect(unpacked == a)
      #expect(layout.degree(x) == Int(a.reduce(0, +)))
      let comparison = order.compare(a.map(Int.init), b.map(Int.init))
      #expect(layout.isGreater(x, y) == (comparison > 0))
      #expect(layout.areEqual(x, y) == (comparison == 0))
      #expect(layout.divides(x, y) == zip(a, b).allSatisfy { $0 <= $1 })
      #expect(layout.areCoprime(x, y) == zip(a, b).allSatisfy { $0 == 0 || $1 == 0 })
      var multiple = [UInt64](repeating: 0, count: layout.words)
      #expect(layout.leastCommonMultiple(x, y, into: &multiple))
      #expect(multiple == pack(zip(a, b).map { max($0, $1) }, layout))
      let product = zip(x, y).map { $0 &+ $1 }
      #expect(product == pack(zip(a, b).map { $0 + $1 }, layout))
    }
  }

  @Test("what does not fit is noticed")
  func overflow() throws {
    let layout = MonomialLayout(order: .degreeReverseLexicographic, variableCount: 3, width: .narrow)
    #expect(pack([127, 127, 127], layout) != nil)
    #expect(pack([128, 0, 0], layout) == nil)
    let table = MonomialTable(layout: layout)
    let (a, b) = (try #require(pack([100, 3, 0], layout)), try #require(pack([28, 0, 1], layout)))
    var number: UInt32 = 0
    #expect(!table.insertProducts(of: a, count: 1, with: b, numbers: &number))
    let c = try #require(pack([27, 0, 1], layout))
    table.removeAll()
    #expect(table.insertProducts(of: a, count: 1, with: c, numbers: &number))
    let heavy = MonomialLayout(order: .weighted([20_000, 1]), variableCount: 2, width: .narrow)
    #expect(pack([2, 0], heavy) == nil)
  }

  @Test("homogenising and tagged layouts compare as they should")
  func extendedLayouts() throws {
    let layout = MonomialLayout(order: .lexicographic, variableCount: 3, width: .narrow, homogenising: true)
    let vectors: [[UInt32]] = [
      [0, 0, 2], [0, 1, 1], [0, 2, 0], [1, 0, 1], [1, 1, 0], [2, 0, 0], [0, 0, 3],
    ]
    for (i, left) in vectors.enumerated() {
      for (j, right) in vectors.enumerated() {
        let (x, y) = (try #require(pack(left, layout)), try #require(pack(right, layout)))
        #expect(layout.isGreater(x, y) == (i > j))
      }
    }
    let tagged = MonomialLayout(
      order: .degreeReverseLexicographic, variableCount: 4, width: .narrow, tags: 2)
    let one = try #require(pack([0, 0, 0, 0], tagged))
    let high = try #require(pack([5, 5, 1, 0], tagged))
    #expect(tagged.isGreater(one, high))
    #expect(tagged.isTagged(high) && !tagged.isTagged(one))
    #expect(tagged.degree(high) == 10)
  }

  @Test("a table numbers monomials by arrival and finds them again")
  func table() throws {
    let layout = MonomialLayout(order: .degreeReverseLexicographic, variableCount: 12, width: .narrow)
    let table = MonomialTable(layout: layout)
    var known: [[UInt32]: UInt32] = [:]
    var random = SeededGenerator(seed: 11)
    for _ in 0..<5000 {
      let vector = (0..<12).map { _ in UInt32.random(in: 0...2, using: &random) }
      let packed = try #require(pack(vector, layout))
      table.reserve(1)
      let number = table.insert(packed)
      #expect(
        known.updateValue(number, forKey: vector).map { $0 == number } ?? (Int(number) == known.count - 1))
    }
    #expect(table.count == known.count)
  }
}
