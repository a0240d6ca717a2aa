/// Facts about magnitudes kept in arrays.
enum WideIntegerResidue {
  static func residue(_ words: [UInt64], _ isNegative: Bool, modulo prime: UInt32) -> UInt32 {
    let value = words.withUnsafeBufferPointer { buffer -> UInt32 in
      guard let base = buffer.baseAddress else { return 0 }
      return WordArithmetic.residue(base, buffer.count, modulo: prime)
    }
    return isNegative && value != 0 ? prime - value : value
  }

  static func bitLength(_ words: [UInt64]) -> Int {
    guard let top = words.last else { return 0 }
    return 64 * words.count - top.leadingZeroBitCount
  }
}
