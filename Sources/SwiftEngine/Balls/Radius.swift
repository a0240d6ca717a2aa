/// A nonnegative upper bound `mantissa · 2^exponent` with 31 significant bits; every operation rounds up.
struct Radius {
  /// 0, or in `2³⁰..<2³¹`.
  let mantissa: UInt64
  /// `infinite` for what has no bound.
  let exponent: Int

  static let infinite = Radius(mantissa: 1 << 30, exponent: .max)
  static let zero = Radius(mantissa: 0, exponent: 0)

  /// Exponents beyond are infinite, or rounded up to here.
  static let exponentLimit = 1 << 56

  private init(mantissa: UInt64, exponent: Int) {
    self.mantissa = mantissa
    self.exponent = exponent
  }

  /// A bound for `value · 2^exponent`.
  @inline(__always)
  init(_ value: UInt64, exponent: Int) {
    guard value > 0 else {
      self = .zero
      return
    }
    let excess = 33 - value.leadingZeroBitCount
    var mantissa = excess >= 0 ? value >> UInt64(excess) : value << UInt64(-excess)
    var exponent = exponent + excess
    if excess > 0, mantissa << UInt64(excess) != value { mantissa += 1 }
    if mantissa == 1 << 31 {
      mantissa = 1 << 30
      exponent += 1
    }
    if exponent > Self.exponentLimit {
      self = .infinite
    } else {
      self.init(mantissa: mantissa, exponent: max(exponent, -Self.exponentLimit))
    }
  }

  /// `2^exponent`.
  @inline(__always)
  static func powerOfTwo(_ exponent: Int) -> Radius { Radius(1, exponent: exponent) }

  @inline(__always)
  var isZero: Bool { mantissa == 0 }
  @inline(__always)
  var isInfinite: Bool { exponent == .max }

  @inline(__always)
  static func + (left: Radius, right: Radius) -> Radius {
    if left.isZero || right.isInfinite { return right }
    if right.isZero || left.isInfinite { return left }
    let (great, small) = left.exponent >= right.exponent ? (left, right) : (right, left)
    let shift = great.exponent - small.exponent
    let added = shift >= 31 ? 1 : small.mantissa >> UInt64(shift) + 1
    return Radius(great.mantissa + added, exponent: great.exponent)
  }

  @inline(__always)
  static func * (left: Radius, right: Radius) -> Radius {
    if left.isZero || right.isZero { return .zero }
    if left.isInfinite || right.isInfinite { return .infinite }
    return Radius(left.mantissa * right.mantissa, exponent: left.exponent + right.exponent)
  }

  /// Divided by a positive lower bound.
  @inline(__always)
  func dividedUp(byLower divisor: Radius) -> Radius {
    if isZero { return .zero }
    if divisor.isZero || isInfinite { return .infinite }
    return Radius(
      (mantissa << 32) / divisor.mantissa + 1, exponent: exponent - 32 - divisor.exponent)
  }

  /// A lower bound for the difference, zero if it may be negative.
  func subtractingDown(_ other: Radius) -> Radius {
    if other.isZero { return self }
    if other.isInfinite || isZero || other.exponent > exponent { return .zero }
    let shift = exponent - other.exponent
    // Scaled so that nothing but the subtrahend is rounded.
    let scale: UInt64 = 1 << 31
    let subtracted = shift >= 62 ? 1 : (other.mantissa * scale) >> UInt64(shift) + 1
    let minuend = mantissa * scale
    guard minuend > subtracted else { return .zero }
    let difference = minuend - subtracted
    let excess = max(33 - difference.leadingZeroBitCount, 0)
    let truncated = difference >> UInt64(excess)
    let scaled = exponent - 31 + excess
    return scaled < -Self.exponentLimit ? .zero : Radius(truncated, exponent: scaled)
  }

  /// An upper bound for the square root.
  func squareRootUp() -> Radius {
    if isZero || isInfinite { return self }
    let isOdd = exponent & 1 != 0
    let value = isOdd ? mantissa << 31 : mantissa << 32
    return Radius(UInt64(Double(value).squareRoot()) + 2, exponent: (exponent - (isOdd ? 31 : 32)) / 2)
  }

  /// A lower bound for the square root.
  func squareRootDown() -> Radius {
    if isZero { return self }
    let isOdd = exponent & 1 != 0
    let value = isOdd ? mantissa << 31 : mantissa << 32
    // At least 2³⁰, so that a unit is small; 31 bits are kept.
    let root = UInt64(Double(value).squareRoot()) - 2
    let half = (exponent - (isOdd ? 31 : 32)) / 2
    return root >> 31 == 0 ? Radius(root, exponent: half) : Radius(root >> 1, exponent: half + 1)
  }

  /// A half, exactly unless that underflows.
  var halved: Radius { scaled(by: -1) }

  /// Times a power of two, exactly unless that leaves the range.
  func scaled(by power: Int) -> Radius {
    isZero || isInfinite ? self : Radius(mantissa, exponent: exponent + power)
  }

  /// An upper bound as a double.
  var doubleValue: Double {
    if isZero { return 0 }
    if isInfinite || exponent > 1100 { return .infinity }
    if exponent < -1140 { return .leastNonzeroMagnitude }
    // Exact unless it is subnormal.
    let value = Double(sign: .plus, exponent: exponent, significand: Double(mantissa))
    return exponent < -1040 ? value.nextUp : value
  }

  /// The bound exactly, as a number of balls' midpoints.
  var binaryFloat: BinaryFloat { BinaryFloat(isNegative: false, word: UInt(mantissa), exponent: exponent) }
}
