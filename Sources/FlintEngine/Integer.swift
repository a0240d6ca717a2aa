import Algebra
import CFLINT

extension FlintEngine {
  /// An integer on FLINT's `fmpz`: below 2⁶² in absolute value it is a machine word without any allocation.
  ///
  /// The value never changes once it is stored, so copies share it.
  public struct Integer: ExactInteger {
    /// The number itself, or FLINT's tagged pointer to it, which `owner` then keeps alive.
    let word: fmpz
    let owner: IntegerOwner?

    /// Takes over an initialised `fmpz`, which the caller must not clear.
    @inline(__always)
    init(taking word: fmpz) {
      self.word = word
      owner = cflint_fmpz_is_big(word) == 0 ? nil : IntegerOwner(word)
    }

    /// The integer that `compute` writes.
    @inline(__always)
    init(_ compute: (UnsafeMutablePointer<fmpz>) -> Void) {
      var word: fmpz = 0
      compute(&word)
      self.init(taking: word)
    }

    /// Lends the number to a call of FLINT, which must not keep the pointer.
    @inline(__always)
    func read<Result>(_ body: (UnsafePointer<fmpz>) throws -> Result) rethrows -> Result {
      try withExtendedLifetime(owner) { try withUnsafePointer(to: word, body) }
    }

    @inline(__always)
    static func combine(
      _ left: Integer, _ right: Integer,
      _ operation: (UnsafeMutablePointer<fmpz>?, UnsafePointer<fmpz>?, UnsafePointer<fmpz>?) -> Void
    ) -> Integer {
      left.read { x in right.read { y in Integer { operation($0, x, y) } } }
    }
  }
}

/// Owns the heap part of a large integer.
final class IntegerOwner: Sendable {
  private let word: fmpz

  init(_ word: fmpz) { self.word = word }

  deinit {
    var word = word
    fmpz_clear(&word)
  }
}

extension FlintEngine.Integer {
  public init(_ value: Int) { self.init { fmpz_set_si($0, value) } }

  public init(integerLiteral value: Int) { self.init(value) }

  public init?<T: BinaryInteger>(exactly source: T) {
    if let word = Int(exactly: source) {
      self.init(word)
    } else {
      let words = source.magnitude.words.map { UInt($0) }
      self.init { result in
        fmpz_set_ui_array(result, words, words.count)
        if source < 0 { fmpz_neg(result, result) }
      }
    }
  }

  public init(decimal text: some StringProtocol) throws {
    var digits = Substring(text).utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    // FLINT gets to see nothing but digits.
    guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      throw AlgebraError.malformed(text: String(text), reason: "not a decimal integer")
    }
    let characters = digits.map { CChar(bitPattern: $0) } + [0]
    self.init { result in
      let status = fmpz_set_str(result, characters, 10)
      precondition(status == 0, "a string of digits is a number")
      if isNegative { fmpz_neg(result, result) }
    }
  }

  public func signum() -> Int { read { Int(fmpz_sgn($0)) } }

  public var bitLength: Int { Int(read { fmpz_bits($0) }) }

  public var asInt: Int? { read { fmpz_fits_si($0) != 0 ? fmpz_get_si($0) : nil } }

  /// Rounded towards zero beyond 2⁵³, hence at most one unit in the last place off.
  public var doubleValue: Double {
    guard bitLength <= 1024 else { return signum() > 0 ? .infinity : -.infinity }
    return read { fmpz_get_d($0) }
  }

  public var magnitude: Self { read { x in Self { fmpz_abs($0, x) } } }

  public var description: String {
    read { x in
      guard let text = fmpz_get_str(nil, 10, x) else { preconditionFailure("FLINT returns a string") }
      defer { flint_free(text) }
      return String(cString: text)
    }
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.read { x in right.read { y in fmpz_equal(x, y) != 0 } }
  }

  public static func < (left: Self, right: Self) -> Bool {
    left.read { x in right.read { y in fmpz_cmp(x, y) < 0 } }
  }

  public func hash(into hasher: inout Hasher) {
    withExtendedLifetime(owner) { Self.hash(word, into: &hasher) }
  }

  /// FLINT keeps a number in a word exactly if it fits, so equal numbers are hashed in the same way.
  static func hash(_ word: fmpz, into hasher: inout Hasher) {
    guard cflint_fmpz_is_big(word) != 0 else {
      hasher.combine(word)
      return
    }
    var count = 0
    let limbs = cflint_fmpz_limbs(word, &count)
    hasher.combine(withUnsafePointer(to: word) { fmpz_sgn($0) })
    hasher.combine(bytes: UnsafeRawBufferPointer(UnsafeBufferPointer(start: limbs, count: count)))
  }
}

extension FlintEngine.Integer {
  public static func + (left: Self, right: Self) -> Self { combine(left, right, fmpz_add) }
  public static func - (left: Self, right: Self) -> Self { combine(left, right, fmpz_sub) }
  public static func * (left: Self, right: Self) -> Self { combine(left, right, fmpz_mul) }
  public static func *= (left: inout Self, right: Self) { left = left * right }
  public static prefix func - (value: Self) -> Self { value.read { x in Self { fmpz_neg($0, x) } } }

  public func quotientAndRemainder(dividingBy divisor: Self) throws -> (quotient: Self, remainder: Self) {
    guard divisor.word != 0 else { throw AlgebraError.divisionByZero }
    var remainder: fmpz = 0
    let quotient = read { x in
      divisor.read { y in Self { fmpz_tdiv_qr($0, &remainder, x, y) } }
    }
    return (quotient, Self(taking: remainder))
  }

  public func dividedExactly(by divisor: Self) throws -> Self {
    let (quotient, remainder) = try quotientAndRemainder(dividingBy: divisor)
    guard remainder.word == 0 else { throw AlgebraError.inexactDivision }
    return quotient
  }

  public func greatestCommonDivisor(with other: Self) -> Self { Self.combine(self, other, fmpz_gcd) }

  public func power(_ exponent: Int) throws -> Self {
    guard exponent >= 0 else { throw AlgebraError.outOfRange("the exponent \(exponent) of an integer") }
    try SizeLimits.checkPower(bits: log2OfMagnitude, exponent: exponent.magnitude)
    return read { x in Self { fmpz_pow_ui($0, x, UInt(exponent)) } }
  }

  public func squareRoot() throws -> (root: Self, isExact: Bool) {
    guard signum() >= 0 else { throw AlgebraError.domain("the square root of a negative integer") }
    var remainder: fmpz = 0
    let root = read { x in Self { fmpz_sqrtrem($0, &remainder, x) } }
    return (root, Self(taking: remainder).word == 0)
  }

  /// log₂ |self| up to rounding; 0 for zero.
  var log2OfMagnitude: Double {
    word == 0 ? 0 : magnitude.read { fmpz_dlog($0) } * 1.4426950408889634
  }
}
