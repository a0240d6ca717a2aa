import CKernels

/// Nonnegative integers as words at an address, least significant first. Lengths are passed along; nothing
/// is allocated. Cost: linear in the lengths unless stated otherwise.
enum WordArithmetic {
  typealias Words = UnsafeMutablePointer<UInt64>
  typealias Constant = UnsafePointer<UInt64>

  /// The length without leading zeros.
  @inline(__always)
  static func trimmed(_ x: Constant, _ count: Int) -> Int {
    var count = count
    while count > 0, x[count - 1] == 0 { count -= 1 }
    return count
  }

  @inline(__always)
  static func bitLength(_ x: Constant, _ count: Int) -> Int {
    let count = trimmed(x, count)
    return count == 0 ? 0 : 64 * count - x[count - 1].leadingZeroBitCount
  }

  /// `sum += x · factor` on `count` words; the word that is carried out.
  @inline(__always)
  static func addProduct(_ sum: Words, _ x: Constant, _ count: Int, _ factor: UInt64) -> UInt64 {
    ck_words_add_product(sum, x, count, factor)
  }

  /// `difference −= x · factor` on `count` words; the word that is borrowed.
  @inline(__always)
  static func subtractProduct(_ difference: Words, _ x: Constant, _ count: Int, _ factor: UInt64) -> UInt64 {
    ck_words_subtract_product(difference, x, count, factor)
  }

  /// `x · factor` into `product` (which may be `x`); the word that is carried out.
  @inline(__always)
  static func multiply(_ product: Words, _ x: Constant, _ count: Int, _ factor: UInt64) -> UInt64 {
    var carry: UInt64 = 0
    for i in 0..<count {
      let (high, low) = x[i].multipliedFullWidth(by: factor)
      let (word, overflow) = low.addingReportingOverflow(carry)
      product[i] = word
      carry = high &+ (overflow ? 1 : 0)
    }
    return carry
  }

  /// Two's complement negation.
  static func negate(_ x: Words, _ count: Int) {
    var carry = true
    for i in 0..<count {
      let (word, overflow) = (~x[i]).addingReportingOverflow(carry ? 1 : 0)
      x[i] = word
      carry = overflow
    }
  }

  /// −1, 0 or 1 for x < y, x = y, x > y.
  static func compare(_ x: Constant, _ y: Constant, _ count: Int) -> Int {
    for i in stride(from: count - 1, through: 0, by: -1) where x[i] != y[i] { return x[i] < y[i] ? -1 : 1 }
    return 0
  }

  /// The residue modulo a modulus below 2³².
  @inline(__always)
  static func residue(_ x: Constant, _ count: Int, modulo modulus: UInt32) -> UInt32 {
    let m = UInt64(modulus)
    var rest: UInt64 = 0
    for i in stride(from: count - 1, through: 0, by: -1) {
      rest = (rest << 32 | x[i] >> 32) % m
      rest = (rest << 32 | x[i] & 0xffff_ffff) % m
    }
    return UInt32(truncatingIfNeeded: rest)
  }

  /// Divides `x` (`xCount` words, replaced by the remainder) by `y` (`yCount` words, the top one not zero)
  /// and writes `xCount − yCount + 1` words of the quotient. Knuth, The Art of Computer Programming 2,
  /// algorithm 4.3.1 D. Cost: product of the lengths of quotient and divisor.
  static func divide(_ x: Words, _ xCount: Int, by y: Constant, _ yCount: Int, quotient: Words) {
    precondition(yCount > 0 && y[yCount - 1] != 0 && xCount >= yCount)
    let shift = UInt64(y[yCount - 1].leadingZeroBitCount)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: xCount + yCount + 1) { buffer in
      guard let v = buffer.baseAddress else { return }
      let u = v + yCount
      shiftLeft(y, yCount, by: shift, into: v)
      u[xCount] = shiftLeft(x, xCount, by: shift, into: u)
      let top = v[yCount - 1]
      for j in stride(from: xCount - yCount, through: 0, by: -1) {
        var digit: UInt64
        if u[j + yCount] >= top {
          digit = .max
        } else {
          var rest: UInt64
          (digit, rest) = top.dividingFullWidth((u[j + yCount], u[j + yCount - 1]))
          if yCount > 1 {
            while true {
              let (high, low) = digit.multipliedFullWidth(by: v[yCount - 2])
              guard high > rest || high == rest && low > u[j + yCount - 2] else { break }
              digit -= 1
              let (sum, overflow) = rest.addingReportingOverflow(top)
              if overflow { break }
              rest = sum
            }
          }
        }
        let borrow = subtractProduct(u + j, v, yCount, digit)
        let (rest, isNegative) = u[j + yCount].subtractingReportingOverflow(borrow)
        u[j + yCount] = rest
        if isNegative {
          // The estimate is at most two too large.
          var stillNegative = true
          while stillNegative {
            digit -= 1
            let carry = addProduct(u + j, v, yCount, 1)
            let (sum, overflow) = u[j + yCount].addingReportingOverflow(carry)
            u[j + yCount] = sum
            stillNegative = !overflow
          }
        }
        quotient[j] = digit
      }
      for i in 0..<xCount {
        let upper = i + 1 <= xCount && shift > 0 ? u[i + 1] << (64 - shift) : 0
        x[i] = i < yCount ? (shift > 0 ? u[i] >> shift | upper : u[i]) : 0
      }
    }
  }

  /// The product of two numbers. Cost: product of the lengths.
  static func product(_ x: [UInt64], _ y: [UInt64]) -> [UInt64] {
    var result = [UInt64](repeating: 0, count: x.count + y.count)
    result.withUnsafeMutableBufferPointer { result in
      x.withUnsafeBufferPointer { x in
        guard let sum = result.baseAddress, let base = x.baseAddress else { return }
        for (i, factor) in y.enumerated() { sum[i + x.count] = addProduct(sum + i, base, x.count, factor) }
      }
    }
    while result.last == 0 { result.removeLast() }
    return result
  }

  /// Shifts left by less than a word; the bits that are shifted out.
  @discardableResult
  static func shiftLeft(_ x: Constant, _ count: Int, by shift: UInt64, into result: Words) -> UInt64 {
    guard shift > 0 else {
      result.update(from: x, count: count)
      return 0
    }
    var carry: UInt64 = 0
    for i in 0..<count {
      let word = x[i]
      result[i] = word << shift | carry
      carry = word >> (64 - shift)
    }
    return carry
  }
}
