/// Writes polynomials as text, term by term: `3*x^2*y-z+1`.
public struct PolynomialTextWriter {
  private let names: [[UInt8]]
  private var bytes: [UInt8] = []

  /// - Parameter variables: one name for each variable.
  public init(variables: [String]) {
    names = variables.map { Array($0.utf8) }
  }

  /// The text so far, `0` if no term was written.
  public var text: String { bytes.isEmpty ? "0" : String(decoding: bytes, as: UTF8.self) }

  /// Appends a term whose coefficient is not zero.
  ///
  /// Buffers rather than any collections: a generic would not be specialised for other modules.
  public mutating func append(
    isNegative: Bool, magnitude words: UnsafeBufferPointer<UInt64>, exponents: UnsafeBufferPointer<UInt32>
  ) {
    precondition(exponents.count == names.count)
    if isNegative {
      bytes.append(UInt8(ascii: "-"))
    } else if !bytes.isEmpty {
      bytes.append(UInt8(ascii: "+"))
    }
    let isOne = words.count == 1 && words.first == 1
    let isConstant = exponents.allSatisfy { $0 == 0 }
    if !isOne || isConstant {
      appendMagnitude(words)
      if !isConstant { bytes.append(UInt8(ascii: "*")) }
    }
    var isFirst = true
    for (variable, exponent) in exponents.enumerated() where exponent > 0 {
      if !isFirst { bytes.append(UInt8(ascii: "*")) }
      isFirst = false
      bytes += names[variable]
      if exponent > 1 {
        bytes.append(UInt8(ascii: "^"))
        appendWord(UInt64(exponent))
      }
    }
  }

  private mutating func appendMagnitude(_ words: UnsafeBufferPointer<UInt64>) {
    if words.count == 1, let word = words.first {
      appendWord(word)
      return
    }
    // Digits in groups of 19, the least significant group first: 63 bits each and a little more.
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * words.count + words.count / 32 + 2) {
      scratch in
      _ = scratch.update(fromContentsOf: words)
      var (length, groups) = (words.count, words.count)
      while length > 0, scratch[length - 1] == 0 { length -= 1 }
      while length > 0 {
        var remainder: UInt64 = 0
        for index in stride(from: length - 1, through: 0, by: -1) {
          (scratch[index], remainder) = Self.group.dividingFullWidth((remainder, scratch[index]))
        }
        while length > 0, scratch[length - 1] == 0 { length -= 1 }
        scratch[groups] = remainder
        groups += 1
      }
      appendWord(groups > words.count ? scratch[groups - 1] : 0)
      for index in stride(from: groups - 2, through: words.count, by: -1) {
        appendWord(scratch[index], digits: Self.groupDigits)
      }
    }
  }

  private static let groupDigits = 19
  private static let group: UInt64 = 10_000_000_000_000_000_000

  /// Appends a number with leading zeros.
  private mutating func appendWord(_ word: UInt64, digits: Int) {
    let end = bytes.count + digits
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digits))
    var (rest, position) = (word, end)
    while rest > 0 {
      position -= 1
      bytes[position] += UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  private mutating func appendWord(_ word: UInt64) {
    let start = bytes.count
    var rest = word
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }
}

extension SparsePolynomial where Coefficient == WideInteger {
  /// The polynomial as text, in the sequence of its terms: `3*x^2*y-z+1`, `0` for zero.
  ///
  /// - Parameter variables: one name for each variable.
  public func text(variables: [String]) -> String {
    precondition(variables.count == variableCount)
    var writer = PolynomialTextWriter(variables: variables)
    exponents.withUnsafeBufferPointer { exponents in
      for term in 0..<termCount {
        let vector = UnsafeBufferPointer(
          rebasing: exponents[term * variableCount..<(term + 1) * variableCount])
        coefficients[term].words.withUnsafeBufferPointer {
          writer.append(isNegative: coefficients[term].isNegative, magnitude: $0, exponents: vector)
        }
      }
    }
    return writer.text
  }
}
