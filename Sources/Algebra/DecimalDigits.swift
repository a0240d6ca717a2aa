/// Writes natural numbers of any size in decimal digits.
enum DecimalDigits {
  /// Digits in groups of 19, the most that fit a word.
  private static let groupDigits = 19
  private static let group: UInt64 = 10_000_000_000_000_000_000

  /// Appends the digits of a number, words least significant first; `0` for none. Cost: quadratic in the length.
  static func append(_ words: UnsafeBufferPointer<UInt64>, to bytes: inout [UInt8]) {
    // The words, then the groups, the least significant first: 63 bits each and a little more.
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * words.count + words.count / 32 + 2) {
      scratch in
      _ = scratch.update(fromContentsOf: words)
      var (length, groups) = (words.count, words.count)
      while length > 0, scratch[length - 1] == 0 { length -= 1 }
      while length > 0 {
        var remainder: UInt64 = 0
        for index in stride(from: length - 1, through: 0, by: -1) {
          (scratch[index], remainder) = group.dividingFullWidth((remainder, scratch[index]))
        }
        while length > 0, scratch[length - 1] == 0 { length -= 1 }
        scratch[groups] = remainder
        groups += 1
      }
      append(groups > words.count ? scratch[groups - 1] : 0, to: &bytes)
      for index in stride(from: groups - 2, through: words.count, by: -1) {
        append(scratch[index], digits: groupDigits, to: &bytes)
      }
    }
  }

  /// Appends the digits of a word.
  static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    var (digits, rest) = (1, word / 10)
    while rest > 0 {
      digits += 1
      rest /= 10
    }
    append(word, digits: digits, to: &bytes)
  }

  /// Appends a word with leading zeros.
  private static func append(_ word: UInt64, digits: Int, to bytes: inout [UInt8]) {
    var position = bytes.count + digits
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digits))
    var rest = word
    while rest > 0 {
      position -= 1
      bytes[position] += UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }
}
