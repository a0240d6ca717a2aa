import Algebra

extension SwiftEngine.Integer {
  /// Groups of so many digits fit a word.
  private static var groupDigits: Int { 18 }
  private static var groupBase: Int { 1_000_000_000_000_000_000 }

  public init(decimal text: some StringProtocol) throws {
    var digits = Substring(text).utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      throw AlgebraError.malformed(text: String(text), reason: "not a decimal integer")
    }
    // Groups of digits from the bottom, then pairs of groups, pairs of pairs and so on.
    let bytes = Array(digits)
    var parts: [Self] = []
    var end = bytes.count
    while end > 0 {
      let start = max(end - Self.groupDigits, 0)
      parts.append(Self(small: bytes[start..<end].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }))
      end = start
    }
    var base = Self(small: Self.groupBase)
    while parts.count > 1 {
      parts = stride(from: 0, to: parts.count, by: 2).map { index in
        index + 1 < parts.count ? parts[index] + parts[index + 1] * base : parts[index]
      }
      if parts.count > 1 { base = base * base }
    }
    self = isNegative ? -parts[0] : parts[0]
  }

  public var description: String {
    guard large != nil else { return String(word) }
    var bases = [Self(small: Self.groupBase)]
    let size = magnitude
    while bases[bases.count - 1].bitLength * 2 <= size.bitLength + 1 {
      bases.append(bases[bases.count - 1] * bases[bases.count - 1])
    }
    var text = isNegative ? "-" : ""
    size.write(level: bases.count, bases, isLeading: true, into: &text)
    return text
  }

  /// Appends a number below the square of the base at `level − 1`, with leading zeros unless it leads.
  private func write(level: Int, _ bases: [Self], isLeading: Bool, into text: inout String) {
    guard level > 0 else {
      let digits = String(word)
      if !isLeading { text += String(repeating: "0", count: Self.groupDigits - digits.utf8.count) }
      text += digits
      return
    }
    let (high, low) = divided(by: bases[level - 1])
    if isLeading, high.isZero { return low.write(level: level - 1, bases, isLeading: true, into: &text) }
    high.write(level: level - 1, bases, isLeading: isLeading, into: &text)
    low.write(level: level - 1, bases, isLeading: false, into: &text)
  }
}
