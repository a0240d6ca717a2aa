import Algebra
import BigInt

extension SwiftEngine {
  /// An integer of any size: a machine word where it fits, else a `BigInt`.
  ///
  /// Sums, comparisons and shifts of large numbers are BigInt's; products, quotients, divisors and text are
  /// computed here on machine words, several times faster than there.
  public struct Integer: ExactInteger {
    /// The number itself unless there is a large one, else zero.
    let word: Int
    /// Only for numbers that do not fit a word.
    let large: LargeInteger?

    @inline(__always)
    init(small word: Int) {
      self.word = word
      large = nil
    }

    @inline(__always)
    private init(large: LargeInteger) {
      word = 0
      self.large = large
    }

    init(_ value: BigInt) {
      if let word = Int(exactly: value) {
        self.init(small: word)
      } else {
        self.init(large: LargeInteger(value))
      }
    }

    /// - Parameter words: the absolute value, least significant word first; zeros on top are dropped.
    init(isNegative: Bool, words: [UInt]) {
      let magnitude = BigUInt(words: words)
      if magnitude.bitWidth <= 64 {
        self.init(isNegative: isNegative, word: words.first ?? 0)
      } else {
        self.init(large: LargeInteger(BigInt(sign: isNegative ? .minus : .plus, magnitude: magnitude)))
      }
    }

    @inline(__always)
    init(isNegative: Bool, word: UInt) {
      if word <= UInt(Int.max) {
        self.init(small: isNegative ? -Int(word) : Int(word))
      } else if isNegative, word == Int.min.magnitude {
        self.init(small: .min)
      } else {
        self.init(large: LargeInteger(BigInt(sign: isNegative ? .minus : .plus, magnitude: BigUInt(word))))
      }
    }

    init(_ value: Int128) {
      if let word = Int(exactly: value) {
        self.init(small: word)
      } else {
        let magnitude = value.magnitude
        self.init(
          isNegative: value < 0,
          words: [UInt(truncatingIfNeeded: magnitude), UInt(truncatingIfNeeded: magnitude >> 64)])
      }
    }

    var big: BigInt { large?.value ?? BigInt(word) }

    @inline(__always)
    var isZero: Bool { word == 0 && large == nil }

    @inline(__always)
    var isNegative: Bool { large.map { $0.value.sign == .minus } ?? (word < 0) }
  }
}

/// A number that does not fit a word, on the heap, so that an integer is two words in size.
final class LargeInteger: Sendable {
  let value: BigInt

  init(_ value: BigInt) { self.value = value }
}

extension SwiftEngine.Integer {
  public init(_ value: Int) { self.init(small: value) }

  public init(integerLiteral value: Int) { self.init(small: value) }

  public init?<T: BinaryInteger>(exactly source: T) {
    if let word = Int(exactly: source) {
      self.init(small: word)
    } else {
      self.init(isNegative: source < 0, words: source.magnitude.words.map { UInt($0) })
    }
  }

  public init(_ value: WideInteger) {
    self.init(isNegative: value.isNegative, words: value.words.map { UInt($0) })
  }

  public var wide: WideInteger {
    WideInteger(isNegative: isNegative, words: words.map { UInt64($0) })
  }

  /// The absolute value, least significant word first; empty for zero.
  var words: [UInt] {
    guard let large else { return word == 0 ? [] : [word.magnitude] }
    return Array(large.value.magnitude.words)
  }

  /// Lends the words of the absolute value.
  @inline(__always)
  func withWords<Result>(_ body: (UnsafePointer<UInt>, Int) throws -> Result) rethrows -> Result {
    guard let large else {
      return try withUnsafePointer(to: word.magnitude) { try body($0, word == 0 ? 0 : 1) }
    }
    let words = large.value.magnitude.words
    let count = words.count
    return try withUnsafeTemporaryAllocation(of: UInt.self, capacity: max(count, 1)) { buffer in
      guard let start = buffer.baseAddress else { preconditionFailure("a buffer of positive size") }
      for i in 0..<count { start[i] = words[i] }
      return try body(UnsafePointer(start), count)
    }
  }

  /// The integer whose absolute value `compute` writes into so many words.
  @inline(__always)
  static func computing(
    isNegative: Bool, capacity: Int, _ compute: (UnsafeMutablePointer<UInt>) -> Void
  ) -> Self {
    let words = [UInt](unsafeUninitializedCapacity: capacity) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      compute(start)
      count = capacity
    }
    return Self(isNegative: isNegative, words: words)
  }

  public func signum() -> Int { large.map { $0.value.sign == .minus ? -1 : 1 } ?? word.signum() }

  public var bitLength: Int { large?.value.magnitude.bitWidth ?? 64 - word.magnitude.leadingZeroBitCount }

  public var asInt: Int? { large == nil ? word : nil }

  /// Rounded towards zero beyond 2⁵³, hence at most one unit in the last place off.
  public var doubleValue: Double {
    let bits = bitLength
    guard bits > 53 else { return Double(word) }
    guard bits <= 1024 else { return isNegative ? -.infinity : .infinity }
    let top = shiftedRight(by: bits - 53).word
    return Double(sign: .plus, exponent: bits - 53, significand: Double(top.magnitude))
      * (isNegative ? -1 : 1)
  }

  public var magnitude: Self { isNegative ? -self : self }

  public static func == (left: Self, right: Self) -> Bool {
    guard let x = left.large, let y = right.large else {
      return left.large == nil && right.large == nil && left.word == right.word
    }
    return x === y || x.value == y.value
  }

  public static func < (left: Self, right: Self) -> Bool {
    if left.large == nil, right.large == nil { return left.word < right.word }
    return left.big < right.big
  }

  public func hash(into hasher: inout Hasher) {
    if let large { hasher.combine(large.value) } else { hasher.combine(word) }
  }
}
