import Algebra

/// A result does not fit the scalar type; whoever started the computation repeats it with a wider one.
struct ScalarOverflow: Error {}

/// Integers for the combinatorial part. 128 bits with overflow detection are tried first (hardly slower than
/// 64), integers of any size where they do not suffice. The protocol is internal, so that the compiler
/// specialises the loops for the fixed width.
protocol ExactScalar: Hashable {
  static var zero: Self { get }
  static var one: Self { get }
  var sign: Int { get }
  func negated() throws(ScalarOverflow) -> Self
  func multiplied(by other: Self) throws(ScalarOverflow) -> Self
  func subtracting(_ other: Self) throws(ScalarOverflow) -> Self
  /// The nonnegative greatest common divisor of `self ≥ 0` and `other`.
  func commonDivisor(with other: Self) throws(ScalarOverflow) -> Self
  /// The quotient by a positive divisor that divides exactly.
  func quotient(by divisor: Self) -> Self
}

extension Int128: ExactScalar {
  static var one: Int128 { 1 }

  var sign: Int { self > 0 ? 1 : self < 0 ? -1 : 0 }

  func negated() throws(ScalarOverflow) -> Int128 {
    let (value, overflow) = Int128.zero.subtractingReportingOverflow(self)
    if overflow { throw ScalarOverflow() }
    return value
  }

  func multiplied(by other: Int128) throws(ScalarOverflow) -> Int128 {
    let (value, overflow) = multipliedReportingOverflow(by: other)
    if overflow { throw ScalarOverflow() }
    return value
  }

  func subtracting(_ other: Int128) throws(ScalarOverflow) -> Int128 {
    let (value, overflow) = subtractingReportingOverflow(other)
    if overflow { throw ScalarOverflow() }
    return value
  }

  /// Stein's binary algorithm on the magnitudes.
  func commonDivisor(with other: Int128) throws(ScalarOverflow) -> Int128 {
    var a = magnitude
    var b = other.magnitude
    if a != 0 && b != 0 {
      let twos = Swift.min(a.trailingZeroBitCount, b.trailingZeroBitCount)
      a >>= UInt128(a.trailingZeroBitCount)
      while b != 0 {
        b >>= UInt128(b.trailingZeroBitCount)
        if a > b { swap(&a, &b) }
        b -= a
      }
      a <<= UInt128(twos)
    } else {
      a |= b
    }
    // The magnitude of the least number does not fit.
    guard let divisor = Int128(exactly: a) else { throw ScalarOverflow() }
    return divisor
  }

  func quotient(by divisor: Int128) -> Int128 { self / divisor }
}

/// An engine's integers as scalars: nothing overflows.
struct UnboundedScalar<Integer: ExactInteger>: ExactScalar {
  let value: Integer

  static var zero: Self { Self(value: 0) }
  static var one: Self { Self(value: 1) }
  var sign: Int { value.signum() }
  func negated() -> Self { Self(value: -value) }
  func multiplied(by other: Self) -> Self { Self(value: value * other.value) }
  func subtracting(_ other: Self) -> Self { Self(value: value - other.value) }

  func commonDivisor(with other: Self) -> Self {
    Self(value: value.greatestCommonDivisor(with: other.value))
  }

  func quotient(by divisor: Self) -> Self { Self(value: value.exactQuotient(by: divisor.value)) }
}

extension ExactInteger {
  /// The quotient by a divisor that is known to divide.
  func exactQuotient(by divisor: Self) -> Self {
    do {
      return try dividedExactly(by: divisor)
    } catch {
      preconditionFailure("\(divisor) divides \(self): \(error)")
    }
  }
}
