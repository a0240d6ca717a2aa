/// A binary number of any length, `±0.w · 2^exponent`: exact in itself, rounded by the operations on it.
///
/// Operations round towards zero to a number of words and tell whether they did, in units of the last place.
struct BinaryFloat: Sendable {
  let isNegative: Bool
  /// For a number that is not zero, `2^(exponent − 1) ≤ |self| < 2^exponent`.
  let exponent: Int
  /// The significand, least significant word first: the top bit is set, the lowest word is not zero. Empty for
  /// zero.
  let words: [UInt]

  static let zero = BinaryFloat(isNegative: false, exponent: 0, words: [])

  /// Exponents beyond lead to balls that are not finite, or contain zero.
  static let exponentLimit = 1 << 56

  @inline(__always)
  init(isNegative: Bool, exponent: Int, words: [UInt]) {
    self.isNegative = isNegative
    self.exponent = exponent
    self.words = words
  }

  @inline(__always)
  var isZero: Bool { words.isEmpty }

  /// `±word · 2^exponent`.
  @inline(__always)
  init(isNegative: Bool, word: UInt, exponent: Int) {
    guard word != 0 else {
      self = .zero
      return
    }
    let shift = word.leadingZeroBitCount
    self.init(isNegative: isNegative, exponent: exponent + 64 - shift, words: [word << UInt(shift)])
  }

  /// `integer · 2^exponent`, exactly.
  init(_ integer: SwiftEngine.Integer, timesTwoTo exponent: Int = 0) {
    self = integer.withWords { x, n in
      Self.normalised(isNegative: integer.isNegative, x, n, exponent: exponent + 64 * n, limit: n).value
    }
  }

  /// The integer `self · 2^−lowestBit` and the weight of its lowest bit.
  var integerAndExponent: (integer: SwiftEngine.Integer, exponent: Int) {
    (SwiftEngine.Integer(isNegative: isNegative, words: words), exponent - 64 * words.count)
  }

  /// Rounded numbers with the bound of what was cut off.
  struct Rounded {
    let value: BinaryFloat
    let error: Radius
  }

  /// The number `0.x · 2^exponent` with at most `limit` words.
  ///
  /// - Parameters:
  ///   - x: n words, least significant first; zeros may be on top and at the bottom.
  ///   - isTruncated: whether x was itself rounded towards zero, by less than a unit in its last place.
  @inline(__always)
  static func normalised(
    isNegative: Bool, _ x: UnsafePointer<UInt>, _ n: Int, exponent: Int, limit: Int,
    isTruncated: Bool = false
  ) -> Rounded {
    let count = Words.count(x, n)
    let inputError: Radius = isTruncated ? .powerOfTwo(exponent - 64 * n) : .zero
    guard count > 0 else { return Rounded(value: .zero, error: inputError) }
    let shift = x[count - 1].leadingZeroBitCount
    let resultExponent = exponent - 64 * (n - count) - shift
    // Which words remain after the shift, without zeros at the bottom.
    var lowest = 0
    while x[lowest] == 0 { lowest += 1 }
    let first = max(count - limit, 0)
    // With a shift, bits of the word below move up into the last one that is kept; the rest of it is cut.
    let isCut =
      first > lowest && (shift == 0 || first - 1 > lowest || x[first - 1] << UInt(shift) != 0)
    let start = max(first, lowest)
    let words = [UInt](unsafeUninitializedCapacity: count - start) { buffer, initialised in
      guard let target = buffer.baseAddress else { return }
      _ = Words.shiftLeft(target, x + start, count - start, by: shift)
      if shift > 0, start > 0 { target[0] |= x[start - 1] >> UInt(64 - shift) }
      initialised = count - start
    }
    // The lowest word may have become zero only if all its bits were shifted out.
    let value =
      words[0] == 0
      ? BinaryFloat(
        isNegative: isNegative, exponent: resultExponent, words: Array(words.drop { $0 == 0 }))
      : BinaryFloat(isNegative: isNegative, exponent: resultExponent, words: words)
    let cut: Radius = isCut ? .powerOfTwo(resultExponent - 64 * limit) : .zero
    return Rounded(value: value, error: cut + inputError)
  }

  var negated: BinaryFloat { BinaryFloat(isNegative: !isNegative, exponent: exponent, words: words) }

  var magnitude: BinaryFloat { BinaryFloat(isNegative: false, exponent: exponent, words: words) }

  /// A bound above, and one below, for the absolute value.
  @inline(__always)
  var magnitudeUp: Radius {
    guard let top = words.last else { return .zero }
    let isExact = words.count == 1 && top & 0xffff_ffff == 0
    return Radius(UInt64(top >> 32) + (isExact ? 0 : 1), exponent: exponent - 32)
  }

  @inline(__always)
  var magnitudeDown: Radius {
    guard let top = words.last else { return .zero }
    return Radius(UInt64(top >> 33), exponent: exponent - 31)
  }

  /// Rounded to nearest; infinite beyond the range of doubles.
  var doubleValue: Double {
    guard let top = words.last else { return 0 }
    if exponent > 1024 { return isNegative ? -.infinity : .infinity }
    if exponent < -1080 { return 0 }
    // The last bit stands for all that follow.
    let leading = top | (words.count > 1 ? 1 : 0)
    let value = Double(sign: .plus, exponent: exponent - 64, significand: Double(leading))
    return isNegative ? -value : value
  }

  /// −1, 0 or 1.
  var signum: Int { isZero ? 0 : (isNegative ? -1 : 1) }

  /// Compares absolute values.
  func compareMagnitude(_ other: BinaryFloat) -> Int {
    if isZero || other.isZero { return (isZero ? 0 : 1) - (other.isZero ? 0 : 1) }
    if exponent != other.exponent { return exponent < other.exponent ? -1 : 1 }
    var (i, j) = (words.count, other.words.count)
    while i > 0, j > 0 {
      i -= 1
      j -= 1
      if words[i] != other.words[j] { return words[i] < other.words[j] ? -1 : 1 }
    }
    return i == j ? 0 : (i < j ? -1 : 1)
  }
}

extension BinaryFloat {
  /// A finite double exactly; `nil` for the others.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    guard value != 0 else {
      self = .zero
      return
    }
    let significand = UInt(value.significand * 0x1p52)
    self.init(isNegative: value < 0, word: significand, exponent: Int(value.exponent) - 52)
  }

  /// A rational number, rounded towards zero.
  static func rounding(_ value: SwiftEngine.Rational, limit: Int) -> Rounded {
    let numerator = BinaryFloat(value.numerator)
    if value.denominator == 1 { return numerator.rounded(limit: limit) }
    return divide(numerator, by: BinaryFloat(value.denominator), limit: limit)
  }

  /// A half, exactly.
  var halved: BinaryFloat { scaled(by: -1) }

  /// Times a power of two, exactly.
  func scaled(by power: Int) -> BinaryFloat {
    isZero ? self : BinaryFloat(isNegative: isNegative, exponent: exponent + power, words: words)
  }

  /// A positive lower bound for the square root of a positive number.
  var squareRootDown: Radius { magnitudeDown.squareRootDown() }
}
