/// Products of integer polynomials, given as lists of coefficients.
enum IntegerVectors {
  typealias Integer = SwiftEngine.Integer

  private static let schoolbookLimit = 6

  static func product(_ left: [Integer], _ right: [Integer]) -> [Integer] {
    let (left, right) = (trimmed(left), trimmed(right))
    guard !left.isEmpty, !right.isEmpty else { return [] }
    if min(left.count, right.count) <= schoolbookLimit { return schoolbook(left, right) }
    return kroneckerProduct(left, right)
  }

  /// Without zeros at the end.
  static func trimmed(_ list: [Integer]) -> [Integer] {
    var count = list.count
    while count > 0, list[count - 1].isZero { count -= 1 }
    return count == list.count ? list : Array(list.prefix(count))
  }

  private static func schoolbook(_ left: [Integer], _ right: [Integer]) -> [Integer] {
    var result = [Integer](repeating: 0, count: left.count + right.count - 1)
    for (i, a) in left.enumerated() where !a.isZero {
      for (j, b) in right.enumerated() where !b.isZero { result[i + j] += a * b }
    }
    return result
  }

  /// One product of large integers: the polynomials' values at a power of 2⁶⁴ that keeps the coefficients apart
  /// (Kronecker 1882).
  private static func kroneckerProduct(_ left: [Integer], _ right: [Integer]) -> [Integer] {
    let bits = maximumBits(left) + maximumBits(right) + 64 - min(left.count, right.count).leadingZeroBitCount
    let width = bits / 64 + 1
    let (x, y) = (packed(left, width: width), packed(right, width: width))
    let isNegative = left[left.count - 1].isNegative != right[right.count - 1].isNegative
    let count = left.count + right.count - 1
    return withUnsafeTemporaryAllocation(of: UInt.self, capacity: x.count + y.count) { buffer in
      guard let product = buffer.baseAddress else { preconditionFailure("a buffer of positive size") }
      x.withUnsafeBufferPointer { x in
        y.withUnsafeBufferPointer { y in
          guard let x0 = x.baseAddress, let y0 = y.baseAddress else { return }
          Words.multiply(product, x0, x.count, y0, y.count)
        }
      }
      return unpacked(product, count: count, width: width, isNegated: isNegative)
    }
  }

  /// The number of bits of the greatest absolute value; 0 for an empty list.
  static func maximumBits(_ list: [Integer]) -> Int { list.lazy.map(\.bitLength).max() ?? 0 }

  /// The absolute value at `2^(64 width)`, which has the sign of the last coefficient; coefficients of the other
  /// sign borrow from the next.
  private static func packed(_ list: [Integer], width: Int) -> [UInt] {
    [UInt](unsafeUninitializedCapacity: list.count * width) { buffer, count in
      buffer.initialize(repeating: 0)
      count = list.count * width
      guard let start = buffer.baseAddress else { return }
      let isNegated = list[list.count - 1].isNegative
      var borrow = false
      for (index, integer) in list.enumerated() where borrow || !integer.isZero {
        let place = start + index * width
        let borrows = !integer.isZero && integer.isNegative != isNegated
        integer.withWords { words, n in
          if borrows {
            _ = Words.subtract(place, place, width, words, n)
          } else {
            place.update(from: words, count: n)
          }
        }
        borrow = (borrow && decrement(place, width)) || borrows
      }
    }
  }

  /// Subtracts one; returns whether that borrows.
  private static func decrement(_ words: UnsafeMutablePointer<UInt>, _ count: Int) -> Bool {
    for i in 0..<count {
      words[i] &-= 1
      if words[i] != .max { return false }
    }
    return true
  }

  /// Adds one; returns whether that carries.
  private static func increment(_ words: UnsafeMutablePointer<UInt>, _ count: Int) -> Bool {
    for i in 0..<count {
      words[i] &+= 1
      if words[i] != 0 { return false }
    }
    return true
  }

  /// The signed coefficients of a packed product, which are below `2^(64 width − 1)`.
  private static func unpacked(
    _ words: UnsafeMutablePointer<UInt>, count: Int, width: Int, isNegated: Bool
  ) -> [Integer] {
    var list: [Integer] = []
    list.reserveCapacity(count)
    var carry = false
    for index in 0..<count {
      let place = words + index * width
      let isZero = carry && increment(place, width)
      let isComplement = place[width - 1] >> 63 == 1
      carry = isZero || isComplement
      if isComplement { Words.negate(place, width) }
      let isNegative = isComplement != isNegated
      list.append(
        width == 1
          ? Integer(isNegative: isNegative, word: place[0])
          : Integer(isNegative: isNegative, words: Array(UnsafeBufferPointer(start: place, count: width))))
    }
    return list
  }
}
