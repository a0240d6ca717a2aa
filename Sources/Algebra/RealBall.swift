/// The sign of a real number that is known to lie in a ball.
public enum BallSign: Sendable, Hashable {
  case negative
  /// The ball is exactly the point zero.
  case zero
  case positive
  /// The ball contains zero and other numbers, or is not finite.
  case unknown
}

/// A real number enclosed in an interval `midpoint ± radius`.
///
/// Every operation returns a ball that contains all results for all numbers in the operands' balls. An
/// operation that makes no sense (division by a ball that contains zero, a root of a ball that reaches below
/// zero) gives a ball that is not finite, never an error: its sign is `unknown`. Operations round at the
/// greater of the operands' `precision`.
public protocol RealBall: Sendable, CustomStringConvertible {
  associatedtype Rational: ExactRational

  /// The ball of the given working precision in bits, at least 2, that encloses a rational number; its
  /// radius is zero if the number can be represented.
  init(_ value: Rational, precision: Int)

  /// The point ball at a double; not finite for NaN and infinities.
  init(_ value: Double, precision: Int)

  /// The smallest representable ball that contains both bounds.
  init(lower: Rational, upper: Rational, precision: Int)

  /// The number π, enclosed to about the given precision in bits, at least 2. Cost: not cached.
  static func pi(precision: Int) -> Self

  /// The working precision in bits.
  var precision: Int { get }

  /// False if nothing is known about the number.
  var isFinite: Bool { get }

  var sign: BallSign { get }

  /// A double near the midpoint.
  var approximation: Double { get }

  /// An upper bound for the distance of the enclosed number to `approximation`, rounding included; infinite
  /// if the ball is not finite.
  var approximationError: Double { get }

  /// Exact end points of an interval that contains the ball (and is hardly larger).
  ///
  /// - Throws: `AlgebraError.domain` if the ball is not finite.
  func bounds() throws -> (lower: Rational, upper: Rational)

  /// The same ball with another working precision for what follows.
  func withPrecision(_ precision: Int) -> Self

  /// The point ball at the midpoint.
  var midpoint: Self { get }

  /// True if every number in `other` lies in the interior of `self`.
  func containsInInterior(_ other: Self) -> Bool

  /// True if the balls have a point in common, or one is not finite.
  func overlaps(_ other: Self) -> Bool

  /// The ball that contains both.
  func union(_ other: Self) -> Self

  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func / (left: Self, right: Self) -> Self
  static prefix func - (ball: Self) -> Self

  var absoluteValue: Self { get }

  /// The nonnegative square root; a ball that touches zero from above is allowed (the part below zero, if
  /// the ball reaches there, is taken as zero only if `clampingAtZero`).
  func squareRoot(clampingAtZero: Bool) -> Self

  /// The angle between −π/2 and π/2 that has this tangent.
  var arcTangent: Self { get }
}

/// A matrix of balls, row major. Shapes that do not fit trap: they are programming errors here, because no
/// user input reaches the shape of a ball matrix.
public protocol RealBallMatrix: Sendable {
  associatedtype Ball: RealBall
  associatedtype RationalMatrix: ExactMatrix where RationalMatrix.Rational == Ball.Rational

  init(_ matrix: RationalMatrix, precision: Int)
  init(rows: Int, columns: Int, entries: [Ball])
  static func zero(rows: Int, columns: Int, precision: Int) -> Self
  static func identity(_ size: Int, precision: Int) -> Self

  var rows: Int { get }
  var columns: Int { get }
  var precision: Int { get }
  subscript(_ row: Int, _ column: Int) -> Ball { get set }

  var transposed: Self { get }
  /// Every entry replaced by the point ball at its midpoint.
  var midpoint: Self { get }

  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  func scaled(by factor: Ball) -> Self

  /// Adds `factor · other` into the block whose top left corner is at `(row, column)`.
  mutating func addBlock(_ other: Self, scaledBy factor: Ball, row: Int, column: Int)

  /// An enclosure of the solutions `X` of `self · X = right` for all matrices in the balls, or `nil` if some
  /// matrix in the ball may be singular.
  func solve(_ right: Self) -> Self?

  /// The sum of the squares of the entries.
  func squaredNorm() -> Ball
}
