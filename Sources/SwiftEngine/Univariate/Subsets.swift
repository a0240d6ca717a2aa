/// The subsets of `0..<count` of one size in lexicographic order; of complementary ones only that with 0.
struct Subsets: Sequence, IteratorProtocol {
  private let count: Int
  private var current: [Int]?

  init(of count: Int, size: Int) {
    self.count = count
    current = size <= count ? Array(0..<size) : nil
  }

  mutating func next() -> [Int]? {
    guard var chosen = current else { return nil }
    let result = chosen
    current = Self.advance(&chosen, count: count) ? chosen : nil
    return result
  }

  /// Goes on to the next subset in place; false after the last one.
  static func advance(_ chosen: inout [Int], count: Int) -> Bool {
    let size = chosen.count
    let first = 2 * size == count ? 1 : 0
    var place = size - 1
    while place >= first, chosen[place] == count - size + place { place -= 1 }
    guard place >= first else { return false }
    chosen[place] += 1
    for index in (place + 1)..<Swift.max(size, place + 1) { chosen[index] = chosen[index - 1] + 1 }
    return true
  }
}
