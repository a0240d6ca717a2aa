import Algebra
import Testing

extension AlgebraConformance {
  /// A ball drawn at random together with numbers that lie in it, the bounds it was made of among them.
  private struct Sample {
    let ball: Ball
    let points: [Rational]
  }

  private static var precisions: [Int] { [2, 10, 53, 64, 65, 128, 129, 300, 1000] }

  private static func sample(_ random: inout RandomValues<Engine>, precision: Int) throws -> Sample {
    let centre = random.bool() ? try random.smallRational() : try random.rational()
    guard random.int(0...3) > 0 else {
      return Sample(ball: Ball(centre, precision: precision), points: [centre])
    }
    let radius = try random.smallRational().magnitude * Rational(2).power(random.int(-60...3))
    let (lower, upper) = (centre - radius, centre + radius)
    return Sample(
      ball: Ball(lower: lower, upper: upper, precision: precision),
      points: [lower, upper, centre, centre + radius * (try Rational(3).inverse())])
  }

  private static func contains(_ ball: Ball, _ number: Rational) throws -> Bool {
    guard ball.isFinite else { return true }
    let (lower, upper) = try ball.bounds()
    return lower <= number && number <= upper
  }

  /// Every operation's ball contains the exact results for numbers in the operands' balls.
  public static func checkBallEnclosures() throws {
    var random = RandomValues<Engine>(seed: 41)
    for round in 0..<200 {
      let precision = precisions[round % precisions.count]
      let x = try sample(&random, precision: precision)
      let y = try sample(&random, precision: precisions[random.int(0...precisions.count - 1)])
      let (sum, difference, product) = (x.ball + y.ball, x.ball - y.ball, x.ball * y.ball)
      let (quotient, union) = (x.ball / y.ball, x.ball.union(y.ball))
      #expect(sum.precision == max(x.ball.precision, y.ball.precision))
      #expect(quotient.precision == sum.precision && product.precision == sum.precision)
      for a in x.points {
        #expect(try contains(x.ball, a))
        #expect(try contains(-x.ball, -a))
        #expect(try contains(x.ball.absoluteValue, a.magnitude))
        #expect(try contains(union, a))
        for b in y.points {
          #expect(try contains(sum, a + b))
          #expect(try contains(difference, a - b))
          #expect(try contains(product, a * b))
          if b != 0 { #expect(try contains(quotient, a.divided(by: b))) }
        }
      }
      if y.points.contains(0) { #expect(!quotient.isFinite && quotient.sign == .unknown) }
      let polynomials = [
        random.univariate(degree: 6), random.univariate(degree: 0), random.univariate(degree: 30),
      ]
      let values = Engine.evaluate(polynomials, at: x.ball)
      #expect(values.count == 3 && values.allSatisfy { $0.precision == x.ball.precision })
      for a in x.points {
        for (polynomial, value) in zip(polynomials, values) {
          #expect(try contains(value, polynomial.evaluated(at: a)))
        }
      }
      try checkSquareRoot(x)
      try checkDescription(x)
    }
  }

  private static func checkSquareRoot(_ sample: Sample) throws {
    let (lower, upper) = try sample.ball.bounds()
    let (root, clamped) = (
      sample.ball.squareRoot(clampingAtZero: false), sample.ball.squareRoot(clampingAtZero: true)
    )
    #expect(root.isFinite == (lower >= 0))
    #expect(clamped.isFinite)
    // The least and the greatest root lie in the ball iff their squares lie between the squared bounds.
    for ball in [root, clamped] where ball.isFinite {
      let (least, greatest) = try ball.bounds()
      #expect(greatest >= 0 && greatest * greatest >= max(upper, 0))
      #expect(least <= 0 || least * least <= max(lower, 0))
    }
  }

  /// Signs, bounds, approximations and comparisons say what the exact numbers say.
  private static func checkDescription(_ sample: Sample) throws {
    let ball = sample.ball
    let (lower, upper) = try ball.bounds()
    #expect(ball.isFinite && !ball.description.isEmpty)
    let sign: BallSign =
      if lower > 0 { .positive } else if upper < 0 { .negative } else {
        lower == 0 && upper == 0 ? .zero : .unknown
      }
    #expect(ball.sign == sign)
    let approximation = try exactValue(ball.approximation, as: Rational.self)
    let error = try exactValue(ball.approximationError, as: Rational.self)
    for point in [lower, upper] + sample.points { #expect((point - approximation).magnitude <= error) }
    let middle = try ball.midpoint.bounds()
    #expect(middle.lower == middle.upper && lower <= middle.lower && middle.upper <= upper)
    #expect(ball.withPrecision(7).precision == 7)
    #expect(try ball.withPrecision(7).bounds() == (lower, upper))
    let wider = Ball(lower: lower - 1, upper: upper + 1, precision: ball.precision)
    #expect(wider.containsInInterior(ball) && !ball.containsInInterior(wider))
    #expect(!ball.containsInInterior(ball))
    #expect(wider.overlaps(ball) && ball.overlaps(wider))
    let beyond = Ball(
      lower: wider.isFinite ? try wider.bounds().upper + 1 : 0, upper: upper + 1000, precision: 300)
    #expect(lower + 998 < upper || !ball.overlaps(beyond) || !beyond.isFinite)
  }

  /// Exact numbers, and results that are not finite.
  public static func checkSpecialBalls() throws {
    let third = try Rational(3).inverse()
    let dyadic = try Rational(5).divided(by: 16)
    #expect(try Ball(dyadic, precision: 3).bounds() == (dyadic, dyadic))
    #expect(try Ball(0.3125, precision: 3).bounds() == (dyadic, dyadic))
    #expect(try Ball(lower: dyadic, upper: dyadic, precision: 3).bounds() == (dyadic, dyadic))
    let rounded = try Ball(third, precision: 53).bounds()
    #expect(
      try rounded.lower < third && third < rounded.upper
        && rounded.upper - rounded.lower < Rational(2).power(-50))

    let zero = Ball(0, precision: 64)
    #expect(zero.sign == .zero && (zero * zero).sign == .zero && (-zero).sign == .zero)
    #expect(zero.squareRoot(clampingAtZero: false).sign == .zero)
    #expect(Ball(lower: 0, upper: 1, precision: 64).sign == .unknown)
    #expect(Ball(lower: third, upper: 1, precision: 64).sign == .positive)
    #expect(Ball(lower: -1, upper: -third, precision: 64).sign == .negative)
    #expect(Ball(-4, precision: 64).squareRoot(clampingAtZero: true).sign == .zero)
    #expect(Ball(4, precision: 64).squareRoot(clampingAtZero: false).approximation == 2)

    let one = Ball(1, precision: 64)
    let notFinite = [
      one / zero, Ball(.nan, precision: 53), Ball(.infinity, precision: 53), Ball(-.infinity, precision: 53),
      Ball(-1, precision: 64).squareRoot(clampingAtZero: false),
      one / Ball(lower: -1, upper: 1, precision: 64),
    ]
    for ball in notFinite {
      #expect(!ball.isFinite && ball.sign == .unknown && ball.approximationError == .infinity)
      #expect(isDomainError { try ball.bounds() })
      for result in [ball + one, one - ball, ball * one, ball / one, -ball, ball.absoluteValue] {
        #expect(!result.isFinite && result.sign == .unknown)
      }
      #expect(!ball.squareRoot(clampingAtZero: true).isFinite)
      #expect(!ball.squareRoot(clampingAtZero: false).isFinite)
      #expect(ball.overlaps(one) && one.overlaps(ball))
      #expect(!one.containsInInterior(ball) && !ball.union(one).isFinite)
      #expect(!ball.description.isEmpty)
    }
    // Squaring again and again leaves the range of doubles, and then that of numbers that can be written out.
    var huge = Ball(3, precision: 64)
    for _ in 0..<20 { huge = huge * huge }
    #expect(huge.isFinite && huge.sign == .positive)
    #expect(huge.approximation == .infinity && huge.approximationError == .infinity)
    #expect((one / huge).approximation < 1e-300)
    #expect(try (one / huge).bounds().lower > 0)
    for _ in 0..<200 { huge = huge * huge }
    #expect(isDomainError { try huge.bounds() })
  }
}
