import Algebra
import Testing

extension AlgebraConformance {
  /// Field and order laws, lowest terms, equality and hashing.
  public static func checkRationals() throws {
    var random = RandomValues<Engine>(seed: 21)
    for _ in 0..<200 {
      let (a, b, c) = (try random.rational(), try random.rational(), try random.nonzeroRational())
      #expect(a + b == b + a)
      #expect((a + b) + c == a + (b + c))
      #expect(a * b == b * a)
      #expect((a * b) * c == a * (b * c))
      #expect(a * (b + c) == a * b + a * c)
      #expect(a + 0 == a)
      #expect(a * 1 == a)
      #expect(a - b == a + -b)
      #expect(a - a == 0)
      #expect(try c * c.inverse() == 1)
      #expect(try a.divided(by: c) * c == a)
      var value = a
      value *= b
      #expect(value == a * b)

      for number in [a, b, a + b, a * b, try a.divided(by: c)] {
        #expect(number.denominator > 0)
        #expect(number.numerator.greatestCommonDivisor(with: number.denominator) == 1)
        #expect(try Rational(numerator: number.numerator, denominator: number.denominator) == number)
        let floor = Rational(number.floor())
        #expect(floor <= number && number < floor + 1)
        #expect(number.isInteger == (floor == number))
      }
      #expect([a < b, a == b, b < a].filter { $0 }.count == 1)
      #expect((a < b) == ((b - a).signum() == 1))
      #expect((a < b) == (a.numerator * b.denominator < b.numerator * a.denominator))
      #expect(a.magnitude == (a < 0 ? -a : a))
      let again = (a + c) - c
      #expect(again == a && again.hashValue == a.hashValue)

      let exponent = random.int(0...6)
      let power = (0..<exponent).reduce(Rational(1)) { power, _ in power * c }
      #expect(try c.power(exponent) == power)
      #expect(try c.power(-exponent) * power == 1)
    }
    #expect(throws: AlgebraError.divisionByZero) { try Rational(numerator: 1, denominator: 0) }
    #expect(throws: AlgebraError.divisionByZero) { try Rational(numerator: 0, denominator: 0) }
    #expect(throws: AlgebraError.divisionByZero) { try Rational(0).inverse() }
    #expect(throws: AlgebraError.divisionByZero) { try Rational(1).divided(by: 0) }
    #expect(throws: AlgebraError.divisionByZero) { try Rational(0).power(-1) }
    #expect(try Rational(0).power(0) == 1)
    #expect(try Rational(-1).power(.min) == 1)
    #expect(try Rational(-1).power(-.max) == -1)
    #expect(isTooLarge { try Rational(numerator: 2, denominator: 3).power(.min) })
    #expect(isTooLarge { try Rational(2).power(1 << 40) })
    #expect(try Rational(numerator: -6, denominator: -4).description == "3/2")
    #expect(try Rational(numerator: 6, denominator: -3).description == "-2")
    #expect(try Rational(numerator: -1, denominator: 3).floor() == -1)
    #expect(Rational(exactly: UInt.max)?.description == String(UInt.max))
  }

  /// The nearest double up to one unit in the last place, from the greatest to the least numbers.
  public static func checkRationalApproximations() throws {
    var random = RandomValues<Engine>(seed: 22)
    let half = try Rational(2).inverse()
    for _ in 0..<300 {
      let shift = random.int(0...2) == 0 ? random.int(-1100...1000) : random.int(-80...80)
      let value = try random.nonzeroRational() * Rational(2).power(shift)
      let double = value.doubleValue
      if double.isInfinite {
        #expect(value.magnitude > (try exactValue(.greatestFiniteMagnitude, as: Rational.self)))
        #expect((double > 0) == (value > 0))
      } else {
        let error = (try exactValue(double, as: Rational.self) - value).magnitude
        #expect(error <= (try exactValue(double.ulp, as: Rational.self)), "\(value)")
      }
    }
    // Doubles survive the way there and back.
    for double in [
      1.5, -0.1, 1e300, -1e-300, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
    ] {
      #expect(try exactValue(double, as: Rational.self).doubleValue == double)
    }
    let greatest = try exactValue(.greatestFiniteMagnitude, as: Rational.self)
    #expect((greatest + greatest).doubleValue == .infinity)
    #expect(try (-Rational(10).power(5000)).doubleValue == -.infinity)
    #expect(try Rational(10).power(-5000).doubleValue == 0)
    #expect(try Rational(2).power(-1074).doubleValue == 0x1p-1074)
    #expect(try (half * Rational(2).power(-1074)).doubleValue <= 0x1p-1074)
    #expect(try Rational(numerator: 1, denominator: 3).doubleValue == 1.0 / 3)
  }
}
