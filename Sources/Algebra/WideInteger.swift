/// An integer of any size as a plain value: a sign and machine words. It has no arithmetic.
///
/// The neutral form in which exact integers pass between an engine and code that works on words.
public struct WideInteger: Hashable, Sendable {
  /// False for zero.
  public let isNegative: Bool
  /// The absolute value, least significant word first, no leading zeros; empty for zero.
  public let words: [UInt64]

  /// - Parameter words: the absolute value, least significant word first; leading zeros are dropped.
  public init(isNegative: Bool, words: some Sequence<UInt64>) {
    var kept = Array(words)
    while kept.last == 0 { kept.removeLast() }
    self.isNegative = isNegative && !kept.isEmpty
    self.words = kept
  }

  public init(_ value: Int) {
    self.init(isNegative: value < 0, words: [UInt64(value.magnitude)])
  }

  public var isZero: Bool { words.isEmpty }

  public var bitLength: Int {
    guard let top = words.last else { return 0 }
    return 64 * words.count - top.leadingZeroBitCount
  }

  /// The residue in `0..<modulus`, for a modulus from 1 to 2³²−1.
  public func residue(modulo modulus: UInt32) -> UInt32 {
    let m = UInt64(modulus)
    var rest: UInt64 = 0
    for word in words.reversed() {
      rest = (rest << 32 | word >> 32) % m
      rest = (rest << 32 | word & 0xffff_ffff) % m
    }
    return UInt32(truncatingIfNeeded: isNegative && rest != 0 ? m - rest : rest)
  }
}

extension WideInteger: CustomStringConvertible {
  /// Decimal digits with a minus sign where needed. Cost: quadratic in the length.
  public var description: String {
    var bytes = isNegative ? [UInt8(ascii: "-")] : []
    words.withUnsafeBufferPointer { DecimalDigits.append($0, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension WideInteger {
  package var negated: WideInteger { WideInteger(isNegative: !isNegative, words: words) }
}
