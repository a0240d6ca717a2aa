/// Division of two words by one without the processor's slow instruction (Möller and Granlund, IEEE Trans.
/// Computers 60, 2011, doi:10.1109/TC.2010.143).
struct WordDivisor {
  let divisor: UInt
  /// `⌊(2¹²⁸ − 1) / divisor⌋ − 2⁶⁴`.
  private let reciprocal: UInt

  /// - Parameter divisor: with its top bit set.
  @inline(__always)
  init(normalised divisor: UInt) {
    self.divisor = divisor
    reciprocal = divisor.dividingFullWidth((~divisor, .max)).quotient
  }

  /// For a high word that is less than the divisor.
  @inline(__always)
  func divide(_ high: UInt, _ low: UInt) -> (quotient: UInt, remainder: UInt) {
    var (quotient, fraction) = reciprocal.multipliedFullWidth(by: high)
    let (sum, carry) = fraction.addingReportingOverflow(low)
    fraction = sum
    quotient = quotient &+ high &+ (carry ? 1 : 0) &+ 1
    var remainder = low &- quotient &* divisor
    if remainder > fraction {
      quotient &-= 1
      remainder = remainder &+ divisor
    }
    if remainder >= divisor {
      quotient &+= 1
      remainder &-= divisor
    }
    return (quotient, remainder)
  }
}

extension Words {
  /// Quotient and remainder (Knuth, The Art of Computer Programming 2, algorithm 4.3.1 D).
  ///
  /// - Parameters:
  ///   - quotient: n − m + 1 words, apart from everything else.
  ///   - x: n + 1 words, the top one zero; becomes the remainder (m words).
  ///   - y: m ≥ 1 words, the top bit set.
  static func divide(_ quotient: Target, _ x: Target, _ n: Int, _ y: Source, _ m: Int) {
    let top = y[m - 1]
    let topDivisor = WordDivisor(normalised: top)
    if m == 1 {
      var rest: UInt = 0
      var i = n
      while i > 0 {
        i -= 1
        (quotient[i], rest) = topDivisor.divide(rest, x[i])
        x[i] = 0
      }
      x[0] = rest
      return
    }
    let second = y[m - 2]
    var j = n - m
    while j >= 0 {
      let (u2, u1, u0) = (x[j + m], x[j + m - 1], x[j + m - 2])
      var (digit, rest, isRestLarge): (UInt, UInt, Bool)
      if u2 >= top {
        digit = .max
        (rest, isRestLarge) = u1.addingReportingOverflow(top)
      } else {
        (digit, rest) = topDivisor.divide(u2, u1)
        isRestLarge = false
      }
      // At most two corrections make the digit right or too great by one.
      while !isRestLarge {
        let (high, low) = digit.multipliedFullWidth(by: second)
        guard high > rest || (high == rest && low > u0) else { break }
        digit &-= 1
        (rest, isRestLarge) = rest.addingReportingOverflow(top)
      }
      let borrow = subtractProduct(x + j, y, m, by: digit)
      let (difference, isTooGreat) = x[j + m].subtractingReportingOverflow(borrow)
      x[j + m] = difference
      if isTooGreat {
        digit &-= 1
        x[j + m] &+= add(x + j, x + j, m, y, m)
      }
      quotient[j] = digit
      j -= 1
    }
  }

  /// The remainder by one word.
  static func remainder(_ x: Source, _ n: Int, by divisor: UInt) -> UInt {
    let shift = UInt(divisor.leadingZeroBitCount)
    let normalised = WordDivisor(normalised: divisor << shift)
    // The remainder of the number shifted like the divisor, one word after the other.
    var rest: UInt = 0
    var i = n
    var above: UInt = 0
    while i > 0 {
      i -= 1
      let word = x[i]
      if shift == 0 {
        rest = normalised.divide(rest, word).remainder
      } else {
        // The word's high bits follow those of the word above.
        let digit = above << shift | word >> (64 - shift)
        rest = i == n - 1 ? word >> (64 - shift) : normalised.divide(rest, digit).remainder
        above = word
      }
    }
    if shift > 0 { rest = normalised.divide(rest, above << shift).remainder }
    return rest >> shift
  }

  /// The greatest common divisor of two words, one of them not zero (Stein 1967).
  static func greatestCommonDivisor(_ a: UInt, _ b: UInt) -> UInt {
    if a == 0 { return b }
    if b == 0 { return a }
    let shift = (a | b).trailingZeroBitCount
    var (a, b) = (a >> UInt(a.trailingZeroBitCount), b)
    while b != 0 {
      b >>= UInt(b.trailingZeroBitCount)
      if a > b { swap(&a, &b) }
      b &-= a
    }
    return a << UInt(shift)
  }

  /// The greatest common divisor of two numbers that are not zero (Lehmer 1938, as in Knuth's algorithm 4.5.2 L).
  ///
  /// Both are overwritten; each has room for `capacity` words.
  ///
  /// - Returns: which of them holds the result, in how many words.
  static func greatestCommonDivisor(
    _ x: Target, _ n: Int, _ y: Target, _ m: Int, capacity: Int
  ) -> (inFirst: Bool, count: Int) {
    var (a, aCount, b, bCount) = (x, n, y, m)
    if compare(a, aCount, b, bCount) < 0 {
      swap(&a, &b)
      swap(&aCount, &bCount)
    }
    return withUnsafeTemporaryAllocation(of: UInt.self, capacity: 3 * capacity + 6) { scratch in
      guard let first = scratch.baseAddress else { preconditionFailure("a buffer of positive size") }
      while bCount > 0 {
        if aCount == 1 {
          a[0] = greatestCommonDivisor(a[0], b[0])
          return (a == x, 1)
        }
        if let step = lehmerStep(a, aCount, b, bCount) {
          step.apply(a, b, aCount, scratch: first)
          bCount = count(b, aCount)
          aCount = count(a, aCount)
        } else {
          reduce(a, aCount, by: b, bCount, scratch: first)
          aCount = count(a, bCount)
        }
        if compare(a, aCount, b, bCount) < 0 {
          swap(&a, &b)
          swap(&aCount, &bCount)
        }
      }
      return (a == x, aCount)
    }
  }

  /// The remainder in place.
  private static func reduce(
    _ x: Target, _ n: Int, by y: Source, _ m: Int, scratch: Target
  ) {
    let shift = y[m - 1].leadingZeroBitCount
    let (divisor, dividend) = (scratch, scratch + m)
    let quotient = dividend + n + 2
    _ = shiftLeft(divisor, y, m, by: shift)
    dividend[n] = shiftLeft(dividend, x, n, by: shift)
    dividend[n + 1] = 0
    divide(quotient, dividend, n + 1, divisor, m)
    shiftRight(x, dividend, m, by: shift)
    (x + m).update(repeating: 0, count: max(n - m, 0))
  }

  /// The steps of Euclid's algorithm that the leading 62 bits of two numbers determine.
  private struct LehmerStep {
    var (a, b, c, d): (Int, Int, Int, Int)

    /// Replaces `(x, y)` by `(a x + b y, c x + d y)`, whose values are not negative.
    func apply(_ x: Target, _ y: Target, _ n: Int, scratch: Target) {
      let copy = scratch
      copy.update(from: x, count: n)
      Self.combine(x, copy, a, y, b, n)
      Self.combine(y, copy, c, y, d, n)
    }

    /// One of the factors is positive, the other one negative or zero.
    private static func combine(_ r: Target, _ x: Source, _ p: Int, _ y: Source, _ q: Int, _ n: Int) {
      let (plus, minus, positive, negative) =
        p > 0 || q < 0 ? (x, y, p.magnitude, q.magnitude) : (y, x, q.magnitude, p.magnitude)
      var (carry, borrow): (UInt, UInt) = (0, 0)
      for i in 0..<n {
        let (high, low) = plus[i].multipliedFullWidth(by: positive)
        let (sum, first) = low.addingReportingOverflow(carry)
        carry = high &+ (first ? 1 : 0)
        let (otherHigh, otherLow) = minus[i].multipliedFullWidth(by: negative)
        let (otherSum, second) = otherLow.addingReportingOverflow(borrow)
        borrow = otherHigh &+ (second ? 1 : 0)
        let (difference, third) = sum.subtractingReportingOverflow(otherSum)
        r[i] = difference
        borrow &+= third ? 1 : 0
      }
    }
  }

  private static func lehmerStep(_ x: Source, _ n: Int, _ y: Source, _ m: Int) -> LehmerStep? {
    guard n - m <= 1, n >= 2 else { return nil }
    let shift = x[n - 1].leadingZeroBitCount
    func leading(_ z: Source, _ count: Int) -> Int {
      // The bits of z at the places of x's leading 62 ones.
      let (top, next) = (count == n ? z[n - 1] : 0, z[n - 2])
      let word = shift == 0 ? top : top << UInt(shift) | next >> UInt(64 - shift)
      return Int(word >> 2)
    }
    var (u, v) = (leading(x, n), leading(y, m))
    var step = LehmerStep(a: 1, b: 0, c: 0, d: 1)
    while v + step.c != 0, v + step.d != 0 {
      let quotient = (u + step.a) / (v + step.c)
      guard quotient == (u + step.b) / (v + step.d) else { break }
      let (c, first) = step.c.multipliedReportingOverflow(by: quotient)
      let (d, second) = step.d.multipliedReportingOverflow(by: quotient)
      guard !first, !second else { break }
      step = LehmerStep(a: step.c, b: step.d, c: step.a - c, d: step.b - d)
      (u, v) = (v, u - quotient * v)
    }
    return step.b == 0 ? nil : step
  }
}
