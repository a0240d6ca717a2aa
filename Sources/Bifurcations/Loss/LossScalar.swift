import Algebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The numbers with which the loss is evaluated: doubles to search, balls to prove.
protocol LossScalar {
  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func / (left: Self, right: Self) -> Self

  /// An integer with the accuracy of this number.
  func integer(_ value: Int) -> Self

  /// π with the accuracy of this number.
  var halfTurn: Self { get }

  /// −1 or 1; `nil` for zero and where it is not known.
  var sign: Int? { get }

  /// A double near the number.
  var estimate: Double { get }

  /// The root of a positive number.
  var root: Self { get }

  /// The angle between −π/2 and π/2 with this tangent.
  var arcTangent: Self { get }
}

extension Double: LossScalar {
  func integer(_ value: Int) -> Double { Double(value) }
  var halfTurn: Double { .pi }
  var arcTangent: Double { atan(self) }
  var root: Double { squareRoot() }
  var sign: Int? { self > 0 ? 1 : self < 0 ? -1 : nil }
  var estimate: Double { self }
}

/// A ball as a number of the loss.
struct BallScalar<Ball: RealBall>: LossScalar {
  let ball: Ball

  init(_ ball: Ball) { self.ball = ball }

  static func + (left: Self, right: Self) -> Self { Self(left.ball + right.ball) }
  static func - (left: Self, right: Self) -> Self { Self(left.ball - right.ball) }
  static func * (left: Self, right: Self) -> Self { Self(left.ball * right.ball) }
  static func / (left: Self, right: Self) -> Self { Self(left.ball / right.ball) }

  func integer(_ value: Int) -> Self { Self(Ball(Ball.Rational(value), precision: ball.precision)) }

  var halfTurn: Self { Self(Ball.pi(precision: ball.precision)) }

  var sign: Int? {
    switch ball.sign {
    case .negative: -1
    case .positive: 1
    case .zero, .unknown: nil
    }
  }

  var estimate: Double { ball.approximation }

  var root: Self { Self(ball.squareRoot(clampingAtZero: false)) }

  var arcTangent: Self { Self(ball.arcTangent) }
}
