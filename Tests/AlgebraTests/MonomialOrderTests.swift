import Algebra
import Testing

@Suite("Monomial orders")
struct MonomialOrderTests {
  private static let orders: [MonomialOrder] = [
    .lexicographic, .degreeLexicographic, .degreeReverseLexicographic, .elimination(count: 1),
    .elimination(count: 2), .elimination(count: 0), .elimination(count: 9), .weighted([1, 2, 3]),
    .weighted([5, 1, 1]),
  ]

  /// All exponent vectors of three variables with entries up to 2.
  private var monomials: [[Int]] {
    (0..<27).map { [$0 / 9, $0 / 3 % 3, $0 % 3] }
  }

  @Test("Every order is total, compatible with products, and has 1 as its least monomial", arguments: orders)
  func laws(order: MonomialOrder) {
    for a in monomials {
      #expect(order.compare(a, a) == 0)
      #expect(a == [0, 0, 0] || order.compare(a, [0, 0, 0]) == 1)
      for b in monomials {
        let sign = order.compare(a, b)
        #expect(sign == -order.compare(b, a) && (sign == 0) == (a == b))
        for c in monomials {
          #expect(order.compare(zip(a, c).map(+), zip(b, c).map(+)) == sign)
          if sign == 1, order.compare(b, c) == 1 { #expect(order.compare(a, c) == 1) }
        }
      }
    }
    #expect(order.compare([1, 0, 0], [0, 1, 0]) == (order == .weighted([1, 2, 3]) ? -1 : 1))
  }

  @Test func textbookExamples() {
    // Cox, Little and O'Shea, Ideals, Varieties, and Algorithms, section 2.2.
    #expect(MonomialOrder.lexicographic.compare([1, 2, 0], [0, 3, 4]) == 1)
    #expect(MonomialOrder.lexicographic.compare([3, 2, 4], [3, 2, 1]) == 1)
    #expect(MonomialOrder.degreeLexicographic.compare([1, 2, 3], [3, 2, 0]) == 1)
    #expect(MonomialOrder.degreeLexicographic.compare([1, 2, 4], [1, 1, 5]) == 1)
    #expect(MonomialOrder.degreeReverseLexicographic.compare([4, 7, 1], [4, 2, 3]) == 1)
    #expect(MonomialOrder.degreeReverseLexicographic.compare([1, 5, 2], [4, 1, 3]) == 1)
    // The orders by degree differ in x²z² against xy²z.
    #expect(MonomialOrder.degreeLexicographic.compare([2, 0, 2], [1, 2, 1]) == 1)
    #expect(MonomialOrder.degreeReverseLexicographic.compare([2, 0, 2], [1, 2, 1]) == -1)
    #expect(MonomialOrder.elimination(count: 1).compare([1, 0, 0], [0, 9, 9]) == 1)
    #expect(MonomialOrder.weighted([1, 2, 3]).compare([4, 0, 0], [0, 1, 1]) == -1)
  }
}
