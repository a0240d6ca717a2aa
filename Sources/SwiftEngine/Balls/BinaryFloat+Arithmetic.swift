extension BinaryFloat {
  /// The sum with at most `limit` words.
  static func add(_ left: BinaryFloat, _ right: BinaryFloat, limit: Int) -> Rounded {
    if left.isZero { return right.rounded(limit: limit) }
    if right.isZero { return left.rounded(limit: limit) }
    let (great, small) = left.exponent >= right.exponent ? (left, right) : (right, left)
    let gap = great.exponent - small.exponent
    let window = max(limit, great.words.count) + 2
    guard gap < 64 * window else {
      // Far below the last place.
      let rounded = great.rounded(limit: limit)
      return Rounded(value: rounded.value, error: rounded.error + .powerOfTwo(small.exponent))
    }
    // Both numbers in words of the same weight, with a word on top for the carry.
    let (wordGap, bitGap) = (gap / 64, gap % 64)
    let needed = max(great.words.count, small.words.count + wordGap + 1)
    let length = min(needed, window)
    return withUnsafeTemporaryAllocation(of: UInt.self, capacity: 2 * length + 2) { scratch in
      guard let x = scratch.baseAddress else { preconditionFailure("a buffer of positive size") }
      let y = x + length + 1
      great.place(in: x, length: length)
      x[length] = 0
      let isTruncated = small.place(in: y, length: length, wordGap: wordGap, bitGap: bitGap)
      y[length] = 0
      var isNegative = great.isNegative
      if great.isNegative == small.isNegative {
        x[length] = Words.add(x, x, length, y, length)
      } else if Words.compare(x, Words.count(x, length), y, Words.count(y, length)) >= 0 {
        _ = Words.subtract(x, x, length, y, length)
      } else {
        _ = Words.subtract(x, y, length, x, length)
        isNegative = !isNegative
      }
      return normalised(
        isNegative: isNegative, x, length + 1, exponent: great.exponent + 64, limit: limit,
        isTruncated: isTruncated)
    }
  }

  /// Writes the significand into the top of `length ≥ words.count` words.
  @inline(__always)
  private func place(in target: UnsafeMutablePointer<UInt>, length: Int) {
    let rest = length - words.count
    target.update(repeating: 0, count: rest)
    words.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      (target + rest).update(from: start, count: source.count)
    }
  }

  /// Writes the significand, shifted down; returns whether something was cut off.
  @inline(__always)
  private func place(
    in target: UnsafeMutablePointer<UInt>, length: Int, wordGap: Int, bitGap: Int
  ) -> Bool {
    target.update(repeating: 0, count: length)
    return words.withUnsafeBufferPointer { source in
      // Word i goes to place `offset + i`, its low bits to the place below.
      let offset = length - wordGap - source.count
      var isCut = false
      for (i, word) in source.enumerated() {
        let place = offset + i
        let (high, low) = bitGap == 0 ? (word, 0) : (word >> UInt(bitGap), word << UInt(64 - bitGap))
        if place >= 0 { target[place] |= high } else if high != 0 { isCut = true }
        if place >= 1 { target[place - 1] |= low } else if low != 0 { isCut = true }
      }
      return isCut
    }
  }

  func rounded(limit: Int) -> Rounded {
    guard words.count > limit else { return Rounded(value: self, error: .zero) }
    return words.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return Rounded(value: self, error: .zero) }
      return Self.normalised(
        isNegative: isNegative, start, source.count, exponent: exponent, limit: limit)
    }
  }

  /// The product with at most `limit` words.
  @inline(__always)
  static func multiply(_ left: BinaryFloat, _ right: BinaryFloat, limit: Int) -> Rounded {
    if left.isZero || right.isZero { return Rounded(value: .zero, error: .zero) }
    return left.words.withUnsafeBufferPointer { x in
      right.words.withUnsafeBufferPointer { y in
        let count = x.count + y.count
        return withUnsafeTemporaryAllocation(of: UInt.self, capacity: count) { scratch in
          guard let target = scratch.baseAddress, let x0 = x.baseAddress, let y0 = y.baseAddress else {
            preconditionFailure("buffers of positive size")
          }
          Words.multiply(target, x0, x.count, y0, y.count)
          return normalised(
            isNegative: left.isNegative != right.isNegative, target, count,
            exponent: left.exponent + right.exponent, limit: limit)
        }
      }
    }
  }

  /// The quotient with at most `limit` words, for a divisor that is not zero.
  static func divide(_ left: BinaryFloat, by right: BinaryFloat, limit: Int) -> Rounded {
    if left.isZero { return Rounded(value: .zero, error: .zero) }
    let m = right.words.count
    // So many words of dividend that the quotient has one word more than wanted.
    let n = max(limit + 1 + m, left.words.count)
    return withUnsafeTemporaryAllocation(of: UInt.self, capacity: n + 2 + n - m + 2) { scratch in
      guard let x = scratch.baseAddress else { preconditionFailure("a buffer of positive size") }
      left.place(in: x, length: n)
      x[n] = 0
      let quotient = x + n + 1
      return right.words.withUnsafeBufferPointer { divisor in
        guard let y = divisor.baseAddress else { preconditionFailure("a buffer of positive size") }
        Words.divide(quotient, x, n, y, m)
        let isExact = Words.count(x, m) == 0
        return normalised(
          isNegative: left.isNegative != right.isNegative, quotient, n - m + 1,
          exponent: left.exponent - right.exponent + 64, limit: limit, isTruncated: !isExact)
      }
    }
  }

  /// The square root of a number that is not negative, with at most `limit` words.
  func squareRoot(limit: Int) -> Rounded {
    guard !isZero else { return Rounded(value: .zero, error: .zero) }
    let (integer, exponent) = integerAndExponent
    // An even exponent, and so many bits that the root has enough.
    var shift = max(2 * 64 * (limit + 1) - 64 * words.count, 0)
    if (exponent - shift) % 2 != 0 { shift += 1 }
    let (root, rest) = integer.magnitude.shiftedLeft(by: shift).squareRootAndRemainder()
    let half = (exponent - shift) / 2
    let rounded = BinaryFloat(root, timesTwoTo: half).rounded(limit: limit)
    return Rounded(
      value: rounded.value, error: rest.isZero ? rounded.error : rounded.error + .powerOfTwo(half))
  }
}
