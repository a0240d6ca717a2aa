import Algebra
import Testing

extension AlgebraConformance {
  /// Ring and order laws, agreement with machine integers, equality and hashing.
  public static func checkIntegers() throws {
    var random = RandomValues<Engine>(seed: 11)
    for _ in 0..<200 {
      let (a, b, c) = (random.integer(), random.integer(), random.integer())
      #expect(a + b == b + a)
      #expect((a + b) + c == a + (b + c))
      #expect(a * b == b * a)
      #expect((a * b) * c == a * (b * c))
      #expect(a * (b + c) == a * b + a * c)
      #expect(a + 0 == a)
      #expect(a * 1 == a)
      #expect(a * 0 == 0)
      #expect(a - b == a + -b)
      #expect(a - a == 0)
      #expect(-(-a) == a)
      var sum = a
      sum += b
      sum -= c
      sum *= b
      #expect(sum == (a + b - c) * b)

      #expect([a < b, a == b, b < a].filter { $0 }.count == 1)
      #expect((a < b) == (a + c < b + c))
      #expect((a < b) == ((b - a).signum() == 1))
      #expect(a.magnitude == (a < 0 ? -a : a))
      #expect(a.signum() == (a < 0 ? -1 : (a == 0 ? 0 : 1)))
      let again = (a + b) - b
      #expect(again == a && again.hashValue == a.hashValue)

      let (x, y) = (random.int(-1_000_000_000...1_000_000_000), random.int(-1_000_000_000...1_000_000_000))
      #expect(Integer(x) + Integer(y) == Integer(x + y))
      #expect(Integer(x) - Integer(y) == Integer(x - y))
      #expect(Integer(x) * Integer(y) == Integer(x * y))
      #expect((Integer(x) < Integer(y)) == (x < y))
      #expect(Integer(x).hashValue == Integer(x).hashValue)
    }
  }

  /// Reading, writing and converting.
  public static func checkIntegerConversions() throws {
    var random = RandomValues<Engine>(seed: 12)
    for _ in 0..<200 {
      let a = random.integer()
      #expect(try Integer(decimal: a.description) == a)
      #expect(Integer(a.wide) == a && a.wide.bitLength == a.bitLength && a.wide.isNegative == (a < 0))
      let size = a.magnitude
      let length = a.bitLength
      #expect(try length == 0 ? a == 0 : Integer(2).power(length - 1) <= size)
      #expect(try size < Integer(2).power(length))
      let double = a.doubleValue
      let error = try exactValue(double, as: Rational.self) - Rational(a)
      #expect(error.magnitude <= (try exactValue(double.ulp, as: Rational.self)))
    }
    for value in [0, 1, -1, 99, Int.max, Int.min, 1 << 62, -(1 << 62), (1 << 62) - 1] {
      #expect(Integer(value).asInt == value)
      #expect(Integer(value).description == String(value))
      #expect(try Integer(decimal: String(value)) == Integer(value))
      #expect(Integer(exactly: value) == Integer(value))
    }
    #expect((Integer(Int.max) + 1).asInt == nil)
    #expect((Integer(Int.min) - 1).asInt == nil)
    #expect((Integer(Int.max) + 1).description == "9223372036854775808")
    #expect(Integer(exactly: UInt.max)?.description == String(UInt.max))
    #expect(Integer(exactly: UInt128.max)?.description == String(UInt128.max))
    #expect(Integer(exactly: Int128.min)?.description == String(Int128.min))
    #expect(try Integer(decimal: "+0042") == 42)
    #expect(try Integer(decimal: "-0") == 0)
    for text in ["", "-", "+", "--1", "1 ", " 1", "1.0", "1e3", "0x10", "1/2", "nan", "१", "1_000", "1\0"] {
      #expect(throws: AlgebraError.malformed(text: text, reason: "not a decimal integer")) {
        try Integer(decimal: text)
      }
    }
    #expect(try Integer(10).power(400).doubleValue == .infinity)
    #expect(try (-Integer(10).power(400)).doubleValue == -.infinity)
    #expect(try Integer(2).power(1023).doubleValue == 0x1p1023)
  }

  /// Division, greatest common divisors, powers and roots.
  public static func checkIntegerDivision() throws {
    var random = RandomValues<Engine>(seed: 13)
    for _ in 0..<200 {
      let (a, b, c) = (random.integer(), random.nonzeroInteger(), random.nonzeroInteger())
      let (quotient, remainder) = try a.quotientAndRemainder(dividingBy: b)
      #expect(quotient * b + remainder == a)
      #expect(remainder.magnitude < b.magnitude)
      #expect(remainder == 0 || remainder.signum() == a.signum())
      #expect(try (a * b).dividedExactly(by: b) == a)

      let divisor = a.greatestCommonDivisor(with: b)
      #expect(try divisor == euclid(a, b))
      #expect((a * c).greatestCommonDivisor(with: b * c) == divisor * c.magnitude)

      let (root, isExact) = try a.magnitude.squareRoot()
      #expect(root * root <= a.magnitude && a.magnitude < (root + 1) * (root + 1))
      #expect(isExact == (root * root == a.magnitude))
      let square = try (a * a).squareRoot()
      #expect(square.root == a.magnitude && square.isExact)

      let exponent = random.int(0...9)
      #expect(try a.power(exponent) == (0..<exponent).reduce(Integer(1)) { power, _ in power * a })
    }
    #expect(Integer(0).greatestCommonDivisor(with: 0) == 0)
    #expect(Integer(0).greatestCommonDivisor(with: -6) == 6)
    #expect(try Integer(0).power(0) == 1)
    #expect(try Integer(1).power(.max) == 1)
    #expect(try Integer(-1).power(.max) == -1)
    #expect(try Integer(0).power(.max) == 0)
    #expect(throws: AlgebraError.divisionByZero) { try Integer(1).quotientAndRemainder(dividingBy: 0) }
    #expect(throws: AlgebraError.divisionByZero) { try Integer(1).dividedExactly(by: 0) }
    #expect(throws: AlgebraError.inexactDivision) { try Integer(7).dividedExactly(by: 2) }
    #expect(isOutOfRange { try Integer(2).power(-1) })
    #expect(isTooLarge { try Integer(3).power(1 << 40) })
    #expect(isTooLarge { try Integer(2).power(.max) })
    #expect(isDomainError { try Integer(-1).squareRoot() })
  }

  private static func euclid(_ a: Integer, _ b: Integer) throws -> Integer {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, try a.quotientAndRemainder(dividingBy: b).remainder) }
    return a.magnitude
  }
}
