import Algebra

/// A set of keys of a fixed number of machine words, numbered in the order of their insertion.
///
/// The keys lie one after the other in one buffer; the hash table holds only their numbers (open addressing,
/// linear probing, at most half full). The numbering does not depend on the hash.
struct KeyTable {
  /// Words for each key; may be 0.
  let width: Int
  private(set) var count = 0
  private(set) var words: [UInt64] = []
  private var slots: [Int32]

  init(width: Int) {
    self.width = width
    slots = Array(repeating: -1, count: 16)
  }

  /// The words of a key.
  subscript(_ number: Int) -> ArraySlice<UInt64> { words[number * width..<(number + 1) * width] }

  /// The number of the key, which is added unless it is there.
  ///
  /// - Throws: `AlgebraError.tooLarge` if the table already holds as many keys as a 32-bit number can count.
  mutating func number(of key: [UInt64]) throws(AlgebraError) -> (number: Int, isNew: Bool) {
    var slot = Self.hash(key) & (slots.count - 1)
    while slots[slot] >= 0 {
      let candidate = Int(slots[slot])
      if isEqual(candidate, key) { return (candidate, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    guard count < Int32.max else {
      throw .tooLarge("an arrangement with 2³¹ faces or more")
    }
    slots[slot] = Int32(count)
    words.append(contentsOf: key)
    count += 1
    if 2 * count > slots.count { grow() }
    return (count - 1, true)
  }

  private func isEqual(_ number: Int, _ key: [UInt64]) -> Bool {
    let start = number * width
    for index in 0..<width where words[start + index] != key[index] { return false }
    return true
  }

  /// The numbers of the keys in the lexicographic order of their words' images.
  ///
  /// Cost: one image a word, and a comparison of plain words for each of `O(count · log count)` steps.
  func order(by image: (UInt64) -> UInt64) -> [Int] {
    words.map(image).withUnsafeBufferPointer { images in
      (0..<count).sorted { left, right in
        for position in 0..<width {
          let (a, b) = (images[left * width + position], images[right * width + position])
          if a != b { return a < b }
        }
        return false
      }
    }
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: 2 * slots.count)
    for number in 0..<count {
      var slot = Self.hash(self[number]) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// Folds the words by full multiplication, which brings every input bit to the low bits that are used.
  private static func hash(_ key: some Sequence<UInt64>) -> Int {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for word in key {
      let product = (state ^ word).multipliedFullWidth(by: 0xD1B5_4A32_D192_ED03)
      state = product.high ^ product.low &+ 0x9E37_79B9_7F4A_7C15
    }
    let product = state.multipliedFullWidth(by: 0x94D0_49BB_1331_11EB)
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }
}
