import Algebra
import CFLINT

extension FlintEngine {
  /// A real ball on Arb's `arb`; up to 128 bits of precision it needs no allocation.
  ///
  /// The value never changes once it is stored, so copies share it.
  public struct Ball: RealBall {
    public typealias Rational = FlintEngine.Rational

    let value: arb_struct
    public let precision: Int
    let owner: BallOwner?

    /// Takes over an initialised `arb`, which the caller must not clear.
    @inline(__always)
    init(taking value: arb_struct, precision: Int) {
      self.value = value
      self.precision = precision
      owner = withUnsafePointer(to: value) { cflint_arb_is_big($0) } == 0 ? nil : BallOwner(value)
    }

    /// The ball that `compute` writes.
    @inline(__always)
    init(precision: Int, _ compute: (UnsafeMutablePointer<arb_struct>) -> Void) {
      var value = arb_struct()
      arb_init(&value)
      compute(&value)
      self.init(taking: value, precision: precision)
    }

    /// Lends the ball to a call of Arb, which must not keep the pointer.
    @inline(__always)
    func read<Result>(_ body: (UnsafePointer<arb_struct>) throws -> Result) rethrows -> Result {
      try withExtendedLifetime(owner) { try withUnsafePointer(to: value, body) }
    }

    @inline(__always)
    static func combine(
      _ left: Ball, _ right: Ball,
      _ operation: (
        UnsafeMutablePointer<arb_struct>?, UnsafePointer<arb_struct>?, UnsafePointer<arb_struct>?, Int
      ) -> Void
    ) -> Ball {
      let precision = max(left.precision, right.precision)
      return left.read { x in
        right.read { y in Ball(precision: precision) { operation($0, x, y, precision) } }
      }
    }
  }
}

/// Owns the heap part of a ball. The structure is only read until it is cleared, hence safe to send.
final class BallOwner: @unchecked Sendable {
  private let value: arb_struct

  init(_ value: arb_struct) { self.value = value }

  deinit {
    var value = value
    arb_clear(&value)
  }
}

extension FlintEngine.Ball {
  /// - Precondition: `precision ≥ 2`.
  private static func checkPrecision(_ precision: Int) {
    precondition(precision >= 2, "a precision of \(precision) bits")
  }

  public init(_ value: FlintEngine.Rational, precision: Int) {
    Self.checkPrecision(precision)
    self.init(precision: precision) { ball in value.read { arb_set_fmpq(ball, $0, precision) } }
  }

  public init(_ value: Double, precision: Int) {
    Self.checkPrecision(precision)
    self.init(precision: precision) { ball in
      if value.isFinite { arb_set_d(ball, value) } else { arb_indeterminate(ball) }
    }
  }

  public init(lower: FlintEngine.Rational, upper: FlintEngine.Rational, precision: Int) {
    Self.checkPrecision(precision)
    let (least, greatest) = (Swift.min(lower, upper), Swift.max(lower, upper))
    self.init(precision: precision) { ball in
      var (start, end) = (arf_struct(), arf_struct())
      arf_init(&start)
      arf_init(&end)
      least.read { _ = arf_set_fmpq(&start, $0, precision, ARF_RND_FLOOR) }
      greatest.read { _ = arf_set_fmpq(&end, $0, precision, ARF_RND_CEIL) }
      arb_set_interval_arf(ball, &start, &end, precision)
      arf_clear(&start)
      arf_clear(&end)
    }
  }

  public static func pi(precision: Int) -> Self {
    checkPrecision(precision)
    return Self(precision: precision) { arb_const_pi($0, precision) }
  }

  public var isFinite: Bool { read { arb_is_finite($0) != 0 } }

  public var sign: BallSign {
    read { x in
      guard arb_is_finite(x) != 0 else { return .unknown }
      if arb_is_positive(x) != 0 { return .positive }
      if arb_is_negative(x) != 0 { return .negative }
      return arb_is_zero(x) != 0 ? .zero : .unknown
    }
  }

  public var approximation: Double { read { arf_get_d(cflint_arb_mid($0), ARF_RND_NEAR) } }

  public var approximationError: Double {
    let approximation = approximation
    guard approximation.isFinite, isFinite else { return .infinity }
    return read { x in
      var distance = arf_struct()
      var bound = mag_struct()
      arf_init(&distance)
      arf_set_d(&distance, approximation)
      mag_init(&bound)
      defer {
        arf_clear(&distance)
        mag_clear(&bound)
      }
      // A few bits suffice for a bound: the result is rounded away from zero.
      _ = withUnsafeMutablePointer(to: &distance) {
        arf_sub($0, cflint_arb_mid(x), $0, 30, ARF_RND_UP)
      }
      arf_get_mag(&bound, &distance)
      withUnsafeMutablePointer(to: &bound) { mag_add($0, $0, cflint_arb_rad(x)) }
      return mag_get_d(&bound)
    }
  }

  /// The end points have at most about 2²⁸ bits; a ball with a more extreme exponent is refused.
  public func bounds() throws -> (lower: FlintEngine.Rational, upper: FlintEngine.Rational) {
    guard isFinite else { throw AlgebraError.domain("the bounds of a ball that is not finite") }
    return try read { x in
      guard cflint_arb_exponents_are_moderate(x, 1 << 28) != 0 else {
        throw AlgebraError.domain("the bounds of a ball with an extreme exponent")
      }
      var (start, end, exponent) = (fmpz(0), fmpz(0), fmpz(0))
      defer {
        fmpz_clear(&start)
        fmpz_clear(&end)
        fmpz_clear(&exponent)
      }
      arb_get_interval_fmpz_2exp(&start, &end, &exponent, x)
      let shift = fmpz_get_si(&exponent)
      func scaled(_ mantissa: UnsafePointer<fmpz>) -> FlintEngine.Rational {
        FlintEngine.Rational { result in
          fmpq_set_fmpz(result, mantissa)
          if shift >= 0 {
            fmpq_mul_2exp(result, result, UInt(shift))
          } else {
            fmpq_div_2exp(result, result, shift.magnitude)
          }
        }
      }
      return (scaled(&start), scaled(&end))
    }
  }

  public func withPrecision(_ precision: Int) -> Self {
    Self.checkPrecision(precision)
    return Self(sharing: self, precision: precision)
  }

  private init(sharing ball: Self, precision: Int) {
    value = ball.value
    owner = ball.owner
    self.precision = precision
  }

  public var midpoint: Self { read { x in Self(precision: precision) { arb_get_mid_arb($0, x) } } }

  /// False if one of the balls is not finite.
  public func containsInInterior(_ other: Self) -> Bool {
    guard isFinite, other.isFinite else { return false }
    return read { x in other.read { y in arb_contains_interior(x, y) != 0 } }
  }

  public func overlaps(_ other: Self) -> Bool {
    guard isFinite, other.isFinite else { return true }
    return read { x in other.read { y in arb_overlaps(x, y) != 0 } }
  }

  public func union(_ other: Self) -> Self { Self.combine(self, other, arb_union) }

  public static func + (left: Self, right: Self) -> Self { combine(left, right, arb_add) }
  public static func - (left: Self, right: Self) -> Self { combine(left, right, arb_sub) }
  public static func * (left: Self, right: Self) -> Self { combine(left, right, arb_mul) }
  public static func / (left: Self, right: Self) -> Self { combine(left, right, arb_div) }

  public static prefix func - (ball: Self) -> Self {
    ball.read { x in Self(precision: ball.precision) { arb_neg($0, x) } }
  }

  public var absoluteValue: Self { read { x in Self(precision: precision) { arb_abs($0, x) } } }

  public func squareRoot(clampingAtZero: Bool) -> Self {
    read { x in
      Self(precision: precision) { result in
        if arb_contains_negative(x) == 0 {
          arb_sqrtpos(result, x, precision)
        } else if clampingAtZero, arb_is_finite(x) != 0 {
          arb_nonnegative_part(result, x)
          arb_sqrtpos(result, result, precision)
        } else {
          arb_indeterminate(result)
        }
      }
    }
  }

  public var arcTangent: Self {
    read { x in
      Self(precision: precision) { result in
        // Arb knows bounds for the angle even if nothing is known of the tangent.
        if arb_is_finite(x) != 0 { arb_atan(result, x, precision) } else { arb_indeterminate(result) }
      }
    }
  }

  public var description: String {
    read { x in
      let digits = Int(Double(precision) * 0.30103) + 1
      guard let text = arb_get_str(x, digits, 0) else { preconditionFailure("Arb returns a string") }
      defer { flint_free(text) }
      return String(cString: text)
    }
  }
}
