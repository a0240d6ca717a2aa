/// A vector over `{−, 0, +}`, packed into two bits per entry.
///
/// Vectors of equal length are ordered lexicographically with `− < 0 < +`; a shorter vector comes first.
/// Comparison, negation and hashing work on 32 entries at a time.
public struct SignVector: Hashable, Sendable {
  /// The number of entries.
  public let count: Int

  /// Entry `i` lies in word `i / 32`, the first entry in the highest bits: `00` is 0, `01` is +, `10` is −.
  /// The unused low bits of the last word are zero.
  package var words: [UInt64]

  /// The zero vector.
  public init(zeros count: Int) {
    precondition(count >= 0, "a length is not negative")
    self.count = count
    words = Array(repeating: 0, count: PackedSigns.wordCount(for: count))
  }

  /// The signs of the given integers.
  public init(_ signs: some Sequence<Int>) {
    let list = Array(signs)
    self.init(zeros: list.count)
    for (index, sign) in list.enumerated() { self[index] = sign.signum() }
  }

  /// Reads what `description` writes: the characters `-`, `0`, `+`, nothing else.
  ///
  /// - Throws: `MalformedText` naming the first other character.
  public init(text: some StringProtocol) throws {
    var signs: [Int] = []
    for character in text {
      switch character {
      case "-": signs.append(-1)
      case "0": signs.append(0)
      case "+": signs.append(1)
      default:
        throw MalformedText(text: String(text), reason: "'\(character)' is not one of the signs -, 0, +")
      }
    }
    self.init(signs)
  }

  package init(count: Int, words: [UInt64]) {
    assert(words.count == PackedSigns.wordCount(for: count), "two bits for every entry")
    self.count = count
    self.words = words
  }

  /// −1, 0 or 1.
  public subscript(_ index: Int) -> Int {
    get {
      precondition(index >= 0 && index < count, "index out of range")
      let code = Int(truncatingIfNeeded: words[index >> 5] >> PackedSigns.shift(of: index)) & 3
      return (code & 1) - (code >> 1)
    }
    set {
      precondition(index >= 0 && index < count, "index out of range")
      precondition(newValue >= -1 && newValue <= 1, "a sign is −1, 0 or 1")
      let shift = PackedSigns.shift(of: index)
      words[index >> 5] &= ~(3 << shift)
      words[index >> 5] |= PackedSigns.code(of: newValue) << shift
    }
  }

  /// The vector with all signs reversed.
  public var negated: SignVector {
    SignVector(count: count, words: words.map(PackedSigns.negated))
  }

  /// True if all entries are 0.
  public var isZero: Bool { words.allSatisfy { $0 == 0 } }

  /// The indices of the entries +, ascending.
  public var positiveIndices: [Int] { indices { $0 } }

  /// The indices of the entries −, ascending.
  public var negativeIndices: [Int] { indices { $0 >> 1 } }

  /// The indices of the entries 0, ascending.
  public var zeroIndices: [Int] { indices { ~($0 | $0 >> 1) } }

  /// The indices below `count` where the low bit of a pair is set in the image of the words.
  private func indices(_ image: (UInt64) -> UInt64) -> [Int] {
    var result: [Int] = []
    for (position, word) in words.enumerated() {
      var bits = image(word) & PackedSigns.lowBits
      while bits != 0 {
        let leading = bits.leadingZeroBitCount
        let index = 32 * position + leading / 2
        if index >= count { break }
        result.append(index)
        bits &= ~(1 << (63 - leading))
      }
    }
    return result
  }
}

extension SignVector: Comparable {
  public static func < (left: SignVector, right: SignVector) -> Bool {
    guard left.count == right.count else { return left.count < right.count }
    return PackedSigns.precedes(left.words, right.words)
  }
}

extension SignVector: CustomStringConvertible {
  /// One character for each entry, for instance `-0+`.
  public var description: String {
    String((0..<count).map { self[$0] < 0 ? "-" : self[$0] > 0 ? "+" : "0" })
  }
}

extension SignVector: Codable {
  /// Reads one character for each entry.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do {
      try self.init(text: text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
    }
  }

  /// Writes one character for each entry.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// The bit arithmetic of packed signs (see `SignVector.words`).
package enum PackedSigns {
  package static let lowBits: UInt64 = 0x5555_5555_5555_5555

  package static func wordCount(for count: Int) -> Int { (count + 31) >> 5 }

  package static func shift(of index: Int) -> UInt64 { UInt64(62 - 2 * (index & 31)) }

  package static func code(of sign: Int) -> UInt64 { sign > 0 ? 1 : sign < 0 ? 2 : 0 }

  /// Exchanges the two bits of every entry.
  package static func negated(_ word: UInt64) -> UInt64 {
    (word & lowBits) << 1 | (word >> 1) & lowBits
  }

  /// The order of sign vectors of equal length.
  package static func precedes(_ left: some Sequence<UInt64>, _ right: some Sequence<UInt64>) -> Bool {
    for (a, b) in zip(left, right) where a != b { return ordered(a) < ordered(b) }
    return false
  }

  /// A word whose order as a number is that of the signs: the codes of −, 0, + become 0, 2, 3.
  package static func ordered(_ word: UInt64) -> UInt64 { word ^ lowBits << 1 }
}
