import Algebra
import CFLINT

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension FlintEngine {
  /// A rational number on FLINT's `fmpq`; small numerators and denominators need no allocation.
  ///
  /// The value never changes once it is stored, so copies share it.
  public struct Rational: ExactRational {
    public typealias Integer = FlintEngine.Integer

    let value: fmpq
    let owner: RationalOwner?

    /// Takes over an initialised `fmpq` in lowest terms, which the caller must not clear.
    @inline(__always)
    init(taking value: fmpq) {
      self.value = value
      let isBig = cflint_fmpz_is_big(value.num) | cflint_fmpz_is_big(value.den)
      owner = isBig == 0 ? nil : RationalOwner(value)
    }

    /// The rational number that `compute` writes, in lowest terms.
    @inline(__always)
    init(_ compute: (UnsafeMutablePointer<fmpq>) -> Void) {
      var value = fmpq(num: 0, den: 1)
      compute(&value)
      self.init(taking: value)
    }

    /// Lends the number to a call of FLINT, which must not keep the pointer.
    @inline(__always)
    func read<Result>(_ body: (UnsafePointer<fmpq>) throws -> Result) rethrows -> Result {
      try withExtendedLifetime(owner) { try withUnsafePointer(to: value, body) }
    }

    @inline(__always)
    static func combine(
      _ left: Rational, _ right: Rational,
      _ operation: (UnsafeMutablePointer<fmpq>?, UnsafePointer<fmpq>?, UnsafePointer<fmpq>?) -> Void
    ) -> Rational {
      left.read { x in right.read { y in Rational { operation($0, x, y) } } }
    }
  }
}

/// Owns the heap part of a rational number with a large numerator or denominator.
final class RationalOwner: Sendable {
  private let numerator: fmpz
  private let denominator: fmpz

  init(_ value: fmpq) {
    numerator = value.num
    denominator = value.den
  }

  deinit {
    var value = fmpq(num: numerator, den: denominator)
    fmpq_clear(&value)
  }
}

extension FlintEngine.Rational {
  public init(_ value: Int) { self.init(FlintEngine.Integer(value)) }

  public init(integerLiteral value: Int) { self.init(value) }

  public init(_ value: FlintEngine.Integer) {
    self = value.read { x in Self { fmpq_set_fmpz($0, x) } }
  }

  public init?<T: BinaryInteger>(exactly source: T) {
    guard let integer = FlintEngine.Integer(exactly: source) else { return nil }
    self.init(integer)
  }

  public init(numerator: FlintEngine.Integer, denominator: FlintEngine.Integer) throws {
    guard denominator.word != 0 else { throw AlgebraError.divisionByZero }
    self = numerator.read { x in denominator.read { y in Self { fmpq_set_fmpz_frac($0, x, y) } } }
  }

  public var numerator: FlintEngine.Integer {
    read { x in
      FlintEngine.Integer { result in withUnsafePointer(to: x.pointee.num) { fmpz_set(result, $0) } }
    }
  }

  public var denominator: FlintEngine.Integer {
    read { x in
      FlintEngine.Integer { result in withUnsafePointer(to: x.pointee.den) { fmpz_set(result, $0) } }
    }
  }

  public func signum() -> Int { read { Int(fmpq_sgn($0)) } }

  public var magnitude: Self { read { x in Self { fmpq_abs($0, x) } } }

  public var description: String {
    read { x in
      guard let text = fmpq_get_str(nil, 10, x) else { preconditionFailure("FLINT returns a string") }
      defer { flint_free(text) }
      return String(cString: text)
    }
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.read { x in right.read { y in fmpq_equal(x, y) != 0 } }
  }

  public static func < (left: Self, right: Self) -> Bool {
    left.read { x in right.read { y in fmpq_cmp(x, y) < 0 } }
  }

  public func hash(into hasher: inout Hasher) {
    withExtendedLifetime(owner) {
      FlintEngine.Integer.hash(value.num, into: &hasher)
      FlintEngine.Integer.hash(value.den, into: &hasher)
    }
  }

  public static func + (left: Self, right: Self) -> Self { combine(left, right, fmpq_add) }
  public static func - (left: Self, right: Self) -> Self { combine(left, right, fmpq_sub) }
  public static func * (left: Self, right: Self) -> Self { combine(left, right, fmpq_mul) }
  public static func *= (left: inout Self, right: Self) { left = left * right }
  public static prefix func - (value: Self) -> Self { value.read { x in Self { fmpq_neg($0, x) } } }

  public func inverse() throws -> Self {
    guard value.num != 0 else { throw AlgebraError.divisionByZero }
    return read { x in Self { fmpq_inv($0, x) } }
  }

  public func divided(by divisor: Self) throws -> Self {
    guard divisor.value.num != 0 else { throw AlgebraError.divisionByZero }
    return Self.combine(self, divisor, fmpq_div)
  }

  /// log₂ of the greater one of |numerator| and denominator, up to rounding.
  var log2OfSize: Double { max(numerator.log2OfMagnitude, denominator.log2OfMagnitude) }

  public func power(_ exponent: Int) throws -> Self {
    let base = exponent < 0 ? try inverse() : self
    try SizeLimits.checkPower(bits: base.log2OfSize, exponent: exponent.magnitude)
    // Powers of numbers in lowest terms are in lowest terms.
    return base.read { x in
      Self { result in
        withUnsafePointer(to: x.pointee.num) { fmpz_pow_ui(&result.pointee.num, $0, exponent.magnitude) }
        withUnsafePointer(to: x.pointee.den) { fmpz_pow_ui(&result.pointee.den, $0, exponent.magnitude) }
      }
    }
  }

  /// Correctly rounded where the result is a normal number; below, rounded twice.
  public var doubleValue: Double {
    guard value.num != 0 else { return 0 }
    let (top, bottom) = (numerator, denominator)
    if top.bitLength <= 53, bottom.bitLength <= 53 { return top.doubleValue / bottom.doubleValue }
    let negative = top.signum() < 0
    // The quotient shifted so that it has 62 or 63 bits, its last bit standing for all that follow.
    let shift = 62 - (top.bitLength - bottom.bitLength)
    guard shift > -1100, shift < 1300 else { return (negative ? -1 : 1) * (shift < 0 ? .infinity : 0) }
    var (quotient, remainder) = (fmpz(0), fmpz(0))
    defer {
      fmpz_clear(&quotient)
      fmpz_clear(&remainder)
    }
    top.magnitude.read { x in
      bottom.read { y in
        fmpz_mul_2exp(&remainder, x, UInt(max(shift, 0)))
        var divisor: fmpz = 0
        defer { fmpz_clear(&divisor) }
        fmpz_mul_2exp(&divisor, y, UInt(max(-shift, 0)))
        withUnsafeMutablePointer(to: &remainder) { fmpz_tdiv_qr(&quotient, $0, $0, &divisor) }
      }
    }
    let leading = fmpz_get_ui(&quotient) | (remainder == 0 ? 0 : 1)
    let result = scalbn(Double(leading), -shift)
    return negative ? -result : result
  }
}
