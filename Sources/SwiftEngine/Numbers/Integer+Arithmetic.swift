import Algebra
import BigInt

extension SwiftEngine.Integer {
  @inline(__always)
  public static func + (left: Self, right: Self) -> Self {
    if left.large == nil, right.large == nil {
      let (sum, overflow) = left.word.addingReportingOverflow(right.word)
      if !overflow { return Self(small: sum) }
    }
    return Self(left.big + right.big)
  }

  @inline(__always)
  public static func - (left: Self, right: Self) -> Self {
    if left.large == nil, right.large == nil {
      let (difference, overflow) = left.word.subtractingReportingOverflow(right.word)
      if !overflow { return Self(small: difference) }
    }
    return Self(left.big - right.big)
  }

  @inline(__always)
  public static func * (left: Self, right: Self) -> Self {
    if left.large == nil, right.large == nil {
      let (high, low) = left.word.multipliedFullWidth(by: right.word)
      if high == Int(bitPattern: low) >> 63 { return Self(small: Int(bitPattern: low)) }
      return Self(Int128(left.word) * Int128(right.word))
    }
    return multiplyLarge(left, right)
  }

  private static func multiplyLarge(_ left: Self, _ right: Self) -> Self {
    if left.isZero || right.isZero { return 0 }
    return left.withWords { x, n in
      right.withWords { y, m in
        computing(isNegative: left.isNegative != right.isNegative, capacity: n + m) {
          Words.multiply($0, x, n, y, m)
        }
      }
    }
  }

  public static func *= (left: inout Self, right: Self) { left = left * right }
  public static func += (left: inout Self, right: Self) { left = left + right }
  public static func -= (left: inout Self, right: Self) { left = left - right }

  @inline(__always)
  public static prefix func - (value: Self) -> Self {
    guard let large = value.large else {
      return value.word == .min ? Self(-BigInt(value.word)) : Self(small: -value.word)
    }
    return Self(-large.value)
  }

  /// Times `2^bits`.
  func shiftedLeft(by bits: Int) -> Self {
    if large == nil, bits < 63, word.magnitude >> UInt(63 - bits) == 0 { return Self(small: word << bits) }
    return isZero ? self : Self(big << bits)
  }

  /// Divided by `2^bits`, rounded towards zero.
  func shiftedRight(by bits: Int) -> Self {
    guard let large else {
      return bits >= 64 ? 0 : Self(isNegative: word < 0, word: word.magnitude >> UInt(bits))
    }
    return Self(BigInt(sign: large.value.sign, magnitude: large.value.magnitude >> bits))
  }

  /// Divided by `2^bits`, rounded down.
  func flooredRight(by bits: Int) -> Self {
    guard let large else { return Self(small: word >> min(bits, 63)) }
    let quotient = shiftedRight(by: bits)
    guard large.value.sign == .minus, large.value.magnitude.trailingZeroBitCount < bits else {
      return quotient
    }
    return quotient - 1
  }

  /// The number of zero bits at the bottom; 0 for zero.
  var trailingZeroBits: Int {
    guard let large else { return word == 0 ? 0 : word.trailingZeroBitCount }
    return large.value.magnitude.trailingZeroBitCount
  }

  public func power(_ exponent: Int) throws -> Self {
    guard exponent >= 0 else { throw AlgebraError.outOfRange("the exponent \(exponent) of an integer") }
    try SizeLimits.checkPower(bits: log2OfMagnitude, exponent: exponent.magnitude)
    return raised(to: exponent)
  }

  /// A power that is known to be of reasonable size.
  func raised(to exponent: Int) -> Self {
    if let large, large.value.magnitude.trailingZeroBitCount == bitLength - 1 {
      return Self(isNegative && exponent % 2 == 1 ? -1 : 1).shiftedLeft(by: (bitLength - 1) * exponent)
    }
    if word == 2, large == nil { return Self(1).shiftedLeft(by: exponent) }
    var (power, square, rest): (Self, Self, Int) = (1, self, exponent)
    while true {
      if rest & 1 == 1 { power = power * square }
      rest >>= 1
      if rest == 0 { return power }
      square = square * square
    }
  }

  /// log₂ |self| up to rounding; 0 for zero.
  var log2OfMagnitude: Double {
    guard !isZero else { return 0 }
    let bits = bitLength
    guard bits > 1000 else { return logarithm(Swift.abs(doubleValue)) }
    return Double(bits - 64) + logarithm(Swift.abs(shiftedRight(by: bits - 64).doubleValue))
  }
}
