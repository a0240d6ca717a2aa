/// Replaces the variable x of a polynomial by x + 1 or x − 1.
enum TaylorShift {
  typealias Integer = SwiftEngine.Integer

  /// Cost: a quadratic number of additions, on words in a row.
  static func translate(_ list: inout [Integer], by sign: Int) {
    let count = list.count
    guard count > 1 else { return }
    // Sums of at most 2^(n − 1) times the greatest coefficient, in two's complement.
    let bits = IntegerVectors.maximumBits(list) + count + 1
    let width = bits / 64 + 1
    if width == 1 { return translateShort(&list, by: sign) }
    withUnsafeTemporaryAllocation(of: UInt.self, capacity: count * width) { buffer in
      guard let start = buffer.baseAddress else { return }
      for index in 0..<count { write(list[index], to: start + index * width, width) }
      for round in 0..<(count - 1) {
        // Horner's scheme: from the top down to the round's place.
        var index = count - 2
        while index >= round {
          let target = start + index * width
          if sign > 0 {
            _ = Words.add(target, target, width, target + width, width)
          } else {
            _ = Words.subtract(target, target, width, target + width, width)
          }
          index -= 1
        }
      }
      for index in 0..<count { list[index] = read(start + index * width, width) }
    }
  }

  private static func translateShort(_ list: inout [Integer], by sign: Int) {
    var words = list.map(\.word)
    words.withUnsafeMutableBufferPointer { words in
      for round in 0..<(words.count - 1) {
        var index = words.count - 2
        while index >= round {
          words[index] = sign > 0 ? words[index] &+ words[index + 1] : words[index] &- words[index + 1]
          index -= 1
        }
      }
    }
    list = words.map { Integer(small: $0) }
  }

  private static func write(_ integer: Integer, to target: UnsafeMutablePointer<UInt>, _ width: Int) {
    target.update(repeating: 0, count: width)
    integer.withWords { words, n in
      if integer.isNegative {
        _ = Words.subtract(target, target, width, words, n)
      } else {
        target.update(from: words, count: n)
      }
    }
  }

  private static func read(_ words: UnsafeMutablePointer<UInt>, _ width: Int) -> Integer {
    let isNegative = words[width - 1] >> 63 == 1
    if isNegative { Words.negate(words, width) }
    return Integer(
      isNegative: isNegative, words: Array(UnsafeBufferPointer(start: UnsafePointer(words), count: width)))
  }
}
