import Algebra
import FlintEngine
import Testing

@Suite("Numbers as people write them")
struct ParsingTests {
  typealias Rational = FlintEngine.Rational

  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("007", "7"), ("+5", "5"), ("-17", "-17"), ("0.1", "1/10"), (".5", "1/2"),
    ("5.", "5"), ("-.25", "-1/4"), ("+.5e-3", "1/2000"), ("1e3", "1000"), ("1E+3", "1000"),
    ("1e-3", "1/1000"),
    ("12.50e1", "125"), ("0e999999999999999999999", "0"), ("0.000e-5", "0"), ("3/6", "1/2"), ("-4/6", "-2/3"),
    ("+10/5", "2"), ("0/7", "0"), ("123456789012345678901234567890", "123456789012345678901234567890"),
    ("1e00000000000000000000000001", "10"), ("2.5e0", "5/2"),
  ])
  func good(text: String, value: String) throws {
    #expect(try Rational(exactly: text).description == value)
    #expect(try Rational(exactly: Substring(text)).description == value)
  }

  @Test(arguments: [
    "", " ", "1 ", " 1", "+", "-", ".", "e", "1e", "1e+", "e5", ".e5", "--1", "+-1", "1..2", "1.2.3", "1e5.5",
    "nan",
    "NaN", "inf", "infinity", "0x10", "1_000", "1,5", "1/", "/2", "1/-2", "1/2/3", "1.5/2", "1/2.5", "1/2e3",
    "½", "١",
    "1e5e5", "−1", "1\n", "1\0",
  ])
  func bad(text: String) {
    #expect(throws: AlgebraError.malformed(text: text, reason: "not a number")) {
      try Rational(exactly: text)
    }
  }

  @Test(arguments: ["1/0", "0/0", "-5/000"])
  func zeroDenominator(text: String) {
    #expect(throws: AlgebraError.divisionByZero) { try Rational(exactly: text) }
  }

  private func isTooLarge(_ text: String, maximumDigits: Int = 10_000) -> Bool {
    do {
      _ = try Rational(exactly: text, maximumDigits: maximumDigits)
      return false
    } catch AlgebraError.tooLarge {
      return true
    } catch {
      return false
    }
  }

  @Test func limits() throws {
    #expect(isTooLarge("1e999999999"))
    #expect(isTooLarge("1e-999999999"))
    #expect(isTooLarge("-2.5e99999999999999999999999999"))
    #expect(isTooLarge("1e-9223372036854775808"))
    #expect(isTooLarge("0.1e-9223372036854775807"))
    #expect(isTooLarge("1e10001"))
    #expect(try Rational(exactly: "1e10000") == Rational(10).power(10_000))
    #expect(isTooLarge(String(repeating: "9", count: 10_001)))
    #expect(isTooLarge("0." + String(repeating: "0", count: 10_001)))
    #expect(isTooLarge("1e6", maximumDigits: 5))
    #expect(try Rational(exactly: "1e5", maximumDigits: 5) == 100_000)
    #expect(try Rational(exactly: "1" + String(repeating: "0", count: 50)).numerator.bitLength == 167)
  }

  /// What is written out is read back.
  @Test func roundTrip() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<300 {
      let (significand, exponent) = (
        Int.random(in: -1_000_000_000...1_000_000_000, using: &generator),
        Int.random(in: -30...30, using: &generator)
      )
      let value = try Rational(significand) * Rational(10).power(exponent)
      #expect(try Rational(exactly: "\(significand)e\(exponent)") == value)
      #expect(try Rational(exactly: value.description) == value)
      let double = Double(significand) / 1024
      #expect(try Rational(exactly: "\(double)").doubleValue == double)
    }
  }
}
