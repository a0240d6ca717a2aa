import Algebra
import Testing

extension AlgebraConformance {
  /// π and angles, against known digits, the power series and Machin-like formulas.
  public static func checkAngles() throws {
    // Computed by many; OEIS A000796.
    let digits =
      "314159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534"
    let unit = try Rational(10).power(1 - digits.count)
    let truncated = Rational(try Integer(decimal: digits)) * unit
    for precision in [2, 10, 53, 64, 65, 200, 290, 1000, 4000] {
      let pi = Ball.pi(precision: precision)
      #expect(pi.precision == precision)
      let (lower, upper) = try pi.bounds()
      #expect(lower <= truncated + unit && truncated <= upper)
      #expect(try upper - lower < Rational(2).power(6 - precision))

      func angle(_ numerator: Int, _ denominator: Int) throws -> Ball {
        Ball(try Rational(numerator).divided(by: Rational(denominator)), precision: precision).arcTangent
      }
      func number(_ value: Int) -> Ball { Ball(Rational(value), precision: precision) }
      // Gauss (1863) for small tangents, and the sum of the angles of a triangle for large ones.
      let eighteenth = number(48) * (try angle(1, 18))
      #expect(
        try pi.overlaps(eighteenth + number(32) * angle(1, 57) - number(20) * angle(1, 239)))
      #expect(try pi.overlaps(angle(1, 1) + angle(2, 1) + angle(3, 1)))
      #expect(try pi.overlaps(number(2) * (angle(1 << 40, 1) + angle(1, 1 << 40))))
    }
    try checkArcTangents()
  }

  private static func checkArcTangents() throws {
    var random = RandomValues<Engine>(seed: 43)
    for round in 0..<60 {
      let precision = [2, 53, 64, 65, 129, 300, 1000][round % 7]
      let scale = try Rational(2).power(random.int(-80...20))
      let point = try random.smallRational() * scale
      let exact = Ball(point, precision: precision + 200).arcTangent
      let angle = Ball(point, precision: precision).arcTangent
      #expect(angle.precision == precision && angle.overlaps(exact))
      #expect((-Ball(point, precision: precision + 200)).arcTangent.overlaps(-exact))
      let (lower, upper) = try exact.bounds()
      #expect(
        upper - lower <= (try Rational(2).power(-precision - 150)) * max(upper.magnitude, lower.magnitude))
      #expect(try (angle - exact).bounds().upper <= Rational(2).power(8 - precision) * point.magnitude)
      if point.magnitude < 1 {
        // The series alternates.
        let cube = try point * point * point.divided(by: 3)
        #expect(min(point, point - cube) <= upper && lower <= max(point, point - cube))
      }
      // The angles of a ball's points lie in the ball's angles.
      let radius = try scale * Rational(2).power(random.int(-40...2))
      let wide = Ball(lower: point - radius, upper: point + radius, precision: precision).arcTangent
      for member in [point - radius, point, point + radius] {
        let (least, greatest) = try Ball(member, precision: precision + 200).arcTangent.bounds()
        let bounds = try wide.bounds()
        #expect(bounds.lower <= least && greatest <= bounds.upper)
      }
      #expect(try wide.bounds().upper - wide.bounds().lower <= 4 * radius + Rational(2).power(3 - precision))
    }
    #expect(Ball(0, precision: 64).arcTangent.sign == .zero)
    #expect(!Ball(.nan, precision: 64).arcTangent.isFinite)
  }
}
