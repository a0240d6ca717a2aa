/// An engine whose integers can be shifted quickly: all that the isolation of real roots needs besides arithmetic.
package protocol RootIsolatingEngine: AlgebraEngine {
  associatedtype Coefficients: FixedPointCoefficients where Coefficients.Polynomial == UnivariatePolynomial

  /// `integer · 2^exponent`.
  static func dyadic(_ integer: Integer, exponent: Int) -> Rational

  /// `integer · 2^bits`, rounded down for a negative number of bits.
  static func shifted(_ integer: Integer, by bits: Int) -> Integer

  /// The number with the least denominator between two numbers, these included.
  static func simplestRational(from lower: Rational, to upper: Rational) -> Rational
}

/// The coefficients of a polynomial as integers in fixed-point arithmetic, from the constant term upwards.
///
/// A coarse interface over an engine's own storage: every call handles all coefficients.
package protocol FixedPointCoefficients {
  associatedtype Polynomial: IntegerPolynomial

  /// The polynomial's coefficients, each times two to its power, rounded down.
  init(_ polynomial: Polynomial, powers: [Int])

  var count: Int { get }

  /// The number of bits of the greatest absolute value.
  var maximumBits: Int { get }

  /// The absolute value of a coefficient, if it fits a machine word.
  func magnitude(_ index: Int) -> Int?

  /// The first coefficients.
  func prefix(_ count: Int) -> Self

  /// Divided by `2^shift`, rounded down.
  func shiftedRight(by shift: Int) -> Self

  func derivative() -> Self

  /// The coefficients of `f((x ± 1) / 2)`, rounded down. Cost: a Taylor shift.
  func half(upper: Bool) -> Self

  /// Whether the sum of the absolute values is at most this.
  func sumOfMagnitudes(isAtMost bound: Int) -> Bool

  /// The sign of the value at 1 or −1, `nil` if its absolute value is at most the margin.
  func sign(atUpperEnd: Bool, margin: Int) -> Int?

  /// Whether a term, diminished by the error, is greater than the sum of the others for all arguments of absolute
  /// value in [1/2, 1].
  func isDominated(by term: Int, error: Int) -> Bool

  /// A proof that the absolute value is greater than the margin everywhere on `[−1, 1]`; false means that there is
  /// no such proof.
  func keepsSign(margin: Int) -> Bool
}
