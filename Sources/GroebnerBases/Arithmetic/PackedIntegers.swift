import Algebra

/// Many integers of different sizes in one block of memory.
public struct PackedIntegers: Hashable, Sendable {
  private var words: [UInt64] = []
  /// Where each integer ends in `words`, with the sign in the lowest bit.
  private var ends: [UInt64] = []

  public init() {}

  public var count: Int { ends.count }

  private func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : Int(ends[index - 1] >> 1))..<Int(ends[index] >> 1)
  }

  public subscript(index: Int) -> WideInteger {
    WideInteger(isNegative: ends[index] & 1 == 1, words: words[range(index)])
  }

  func isNegative(_ index: Int) -> Bool { ends[index] & 1 == 1 }

  func magnitude(_ index: Int) -> ArraySlice<UInt64> { words[range(index)] }

  public func bitLength(_ index: Int) -> Int {
    let range = range(index)
    return range.isEmpty ? 0 : 64 * range.count - words[range.upperBound - 1].leadingZeroBitCount
  }

  public func residue(_ index: Int, modulo prime: UInt32) -> UInt32 {
    let range = range(index)
    let value = words.withUnsafeBufferPointer { buffer -> UInt32 in
      guard let base = buffer.baseAddress else { return 0 }
      return WordArithmetic.residue(base + range.lowerBound, range.count, modulo: prime)
    }
    return ends[index] & 1 == 1 && value != 0 ? prime - value : value
  }

  mutating func append(isNegative: Bool, _ magnitude: UnsafePointer<UInt64>, count: Int) {
    let kept = WordArithmetic.trimmed(magnitude, count)
    words.append(contentsOf: UnsafeBufferPointer(start: magnitude, count: kept))
    ends.append(UInt64(words.count) << 1 | (isNegative && kept > 0 ? 1 : 0))
  }

  mutating func append(_ value: WideInteger) {
    words.append(contentsOf: value.words)
    ends.append(UInt64(words.count) << 1 | (value.isNegative ? 1 : 0))
  }

  mutating func append(contentsOf other: PackedIntegers) {
    let offset = UInt64(words.count) << 1
    words.append(contentsOf: other.words)
    ends.append(contentsOf: other.ends.lazy.map { $0 + offset })
  }
}
