import Algebra

/// A number with about 106 bits: the unevaluated sum of two doubles, the second at most half a unit in the last place
/// of the first.
///
/// **Theorem.** With `u = 2⁻⁵³`, sums, differences, products, quotients and square roots have relative errors of at
/// most `16 u² = 2⁻¹⁰²`, as long as nothing overflows or underflows (Joldes, Muller, Popescu 2017,
/// doi:10.1145/3121432: `3u² + 13u³`, `5u²` and `15u² + 56u³`; Lefèvre, Louvet, Muller, Picot, Rideau 2023,
/// doi:10.1145/3568672: `25/8 u²`).
package struct DoubleDouble: Sendable {
  package var high: Double
  package var low: Double

  /// `16 u²`, at least the relative error of an operation.
  package static var unit: Double { 0x1p-102 }
  package static var zero: DoubleDouble { DoubleDouble(0) }
  static var one: DoubleDouble { DoubleDouble(1) }

  @inline(__always)
  package init(_ value: Double) { (high, low) = (value, 0) }

  /// The sum of two doubles, exact, where `|high| ≥ |low|` or `high` is zero.
  @inline(__always)
  private init(ordered high: Double, _ low: Double) {
    self.high = high + low
    self.low = low - (self.high - high)
  }

  /// The sum of two doubles, exact.
  @inline(__always)
  private init(sum left: Double, _ right: Double) {
    high = left + right
    let back = high - left
    low = (left - (high - back)) + (right - back)
  }

  /// The product of two doubles, exact.
  @inline(__always)
  private init(product left: Double, _ right: Double) {
    high = left * right
    low = (-high).addingProduct(left, right)
  }

  /// The nearest double and the nearest double to the rest: the relative error is at most `u²`.
  package init<R: ExactRational>(_ value: R) {
    high = value.doubleValue
    low = high.isFinite ? Self.rest(of: value, high) : .nan
  }

  /// The middle of a ball, with a relative error of at most `16 u²`.
  init<Ball: RealBall>(_ ball: Ball) {
    let high = ball.approximation
    self.init(ordered: high, (ball.midpoint - Ball(high, precision: ball.precision)).approximation)
  }

  /// `value − head`, rounded.
  private static func rest<R: ExactRational>(of value: R, _ head: Double) -> Double {
    guard head != 0 else { return value.doubleValue }
    // A double is an integer of at most 53 bits times a power of two.
    let digits = R(Int(head.significand * 0x1p52) * (head < 0 ? -1 : 1))
    guard let scale = try? R(2).power(Int(head.exponent) - 52) else { return .nan }
    return (value - digits * scale).doubleValue
  }

  @inline(__always)
  package static func + (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let heads = DoubleDouble(sum: left.high, right.high)
    let tails = DoubleDouble(sum: left.low, right.low)
    let sum = DoubleDouble(ordered: heads.high, heads.low + tails.high)
    return DoubleDouble(ordered: sum.high, tails.low + sum.low)
  }

  @inline(__always)
  package static prefix func - (value: DoubleDouble) -> DoubleDouble {
    var value = value
    value.high = -value.high
    value.low = -value.low
    return value
  }

  @inline(__always)
  package static func - (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble { left + -right }

  @inline(__always)
  package static func * (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let heads = DoubleDouble(product: left.high, right.high)
    return DoubleDouble(
      ordered: heads.high, heads.low + (left.high * right.low + left.low * right.high))
  }

  @inline(__always)
  static func / (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let quotient = left.high / right.high
    let heads = DoubleDouble(product: right.high, quotient)
    let first = DoubleDouble(ordered: heads.high, right.low * quotient)
    let product = DoubleDouble(ordered: first.high, first.low + heads.low)
    let rest = (left.high - product.high) + (left.low - product.low)
    return DoubleDouble(ordered: quotient, rest / right.high)
  }

  /// Of a number that is not negative.
  @inline(__always)
  var squareRoot: DoubleDouble {
    guard high > 0 else { return self }
    let root = high.squareRoot()
    let rest = high.addingProduct(-root, root) + low
    return DoubleDouble(ordered: root, rest / (2 * root))
  }

  @inline(__always)
  package static func += (left: inout DoubleDouble, right: DoubleDouble) { left = left + right }

  @inline(__always)
  package static func -= (left: inout DoubleDouble, right: DoubleDouble) { left = left - right }

  @inline(__always)
  static func > (left: DoubleDouble, right: DoubleDouble) -> Bool { (left - right).high > 0 }
}

/// `Σ_i x_i y_i`.
@inline(__always)
func dot(
  _ left: UnsafePointer<DoubleDouble>, _ right: UnsafePointer<DoubleDouble>, _ count: Int
) -> DoubleDouble {
  var sum = DoubleDouble.zero
  for i in 0..<count { sum += left[i] * right[i] }
  return sum
}
