import Algebra
import FlintEngine
import LandscapeModel
import RealSolving
import Testing

@Suite("Decimal enclosures")
struct DecimalEnclosureTests {
  typealias Rational = FlintEngine.Rational

  private func read(_ enclosure: DecimalEnclosure) throws -> (lower: Rational, upper: Rational) {
    (try Rational(exactly: enclosure.lower), try Rational(exactly: enclosure.upper))
  }

  /// The `e` with `10^e ≤ |value| < 10^(e+1)`, by trying.
  private func exponent(of value: Rational) throws -> Int {
    var exponent = 0
    while try Rational(10).power(exponent + 1) <= value.magnitude { exponent += 1 }
    while try Rational(10).power(exponent) > value.magnitude { exponent -= 1 }
    return exponent
  }

  private func randomValue(_ generator: inout SeededGenerator) throws -> Rational {
    let numerator = Int.random(in: 1...Int.max, using: &generator)
    let denominator = Int.random(in: 1...Int.max, using: &generator)
    let size = try Rational(numerator).divided(by: Rational(denominator))
    let scaled = try size * Rational(10).power(Int.random(in: -12...30, using: &generator))
    return Bool.random(using: &generator) ? scaled : -scaled
  }

  @Test("A number lies in its enclosure, which is two units wide around the nearest decimal")
  func enclosesNumbers() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<300 {
      let (value, digits) = (try randomValue(&generator), Int.random(in: 1...30, using: &generator))
      let enclosure = try #require(
        DecimalEnclosure(lower: value, upper: value, digits: digits, decidesTies: true))
      let (lower, upper) = try read(enclosure)
      let unit = try Rational(10).power(exponent(of: value) - digits + 1)
      #expect(lower < value && value < upper)
      #expect(upper - lower == unit + unit)
      let middle = lower + unit
      #expect(((middle - value) + (middle - value)).magnitude <= unit)
      #expect(try middle.divided(by: unit).isInteger)
    }
  }

  @Test("Tighter and wider enclosures of a number lead to the same text, or to none")
  func isCanonical() throws {
    var generator = SeededGenerator(seed: 2)
    var (given, refused) = (0, 0)
    for _ in 0..<300 {
      let (value, digits) = (try randomValue(&generator), Int.random(in: 1...12, using: &generator))
      let exact = try #require(
        DecimalEnclosure(lower: value, upper: value, digits: digits, decidesTies: true))
      for width in [-40, -20, -12, -8, -4, 0] {
        let error = value.magnitude * (try Rational(10).power(width))
        let share = try Rational(Int.random(in: 0...8, using: &generator)).divided(by: 8)
        let (lower, upper) = (value - error * share, value + error * (1 - share))
        if let text = DecimalEnclosure(lower: lower, upper: upper, digits: digits, decidesTies: false) {
          #expect(text == exact)
          given += 1
        } else {
          refused += 1
        }
      }
    }
    #expect(given > 500 && refused > 100)
  }

  @Test(arguments: [
    ("1/3", 3, "0.332", "0.334"), ("-1/3", 3, "-0.334", "-0.332"), ("2", 4, "1.999", "2.001"),
    ("1.25", 2, "1.1", "1.3"), ("1.35", 2, "1.3", "1.5"), ("-1.25", 2, "-1.3", "-1.1"),
    ("99.96", 3, "99.9", "100.1"),
    ("999.5", 3, "999", "1001"), ("123456", 2, "110000", "130000"), ("1e30", 3, "9.9e29", "1.01e30"),
    ("1.5e-9", 2, "1.4e-9", "1.6e-9"), ("0.000012", 1, "0", "0.00002"), ("5", 1, "4", "6"),
  ])
  func examples(number: String, digits: Int, lower: String, upper: String) throws {
    let value = try Rational(exactly: number)
    let enclosure = try #require(
      DecimalEnclosure(lower: value, upper: value, digits: digits, decidesTies: true))
    #expect(enclosure.lower.description == lower && enclosure.upper.description == upper)
  }

  @Test("Half way between two decimals")
  func ties() throws {
    let tie = try Rational(exactly: "0.125")
    let error = try Rational(10).power(-30)
    #expect(DecimalEnclosure(lower: tie - error, upper: tie + error, digits: 2, decidesTies: false) == nil)
    let decided = try #require(
      DecimalEnclosure(lower: tie - error, upper: tie + error, digits: 2, decidesTies: true))
    #expect(decided == DecimalEnclosure(lower: "0.11", upper: "0.13"))
    #expect(decided == DecimalEnclosure(lower: tie, upper: tie, digits: 2, decidesTies: true))
    // Just beside the tie there is nothing to decide.
    let above = try #require(
      DecimalEnclosure(lower: tie + error, upper: tie + error, digits: 2, decidesTies: false))
    #expect(above == DecimalEnclosure(lower: "0.12", upper: "0.14"))
  }

  @Test("Zero and numbers that are hardly different from it")
  func nearZero() throws {
    #expect(
      DecimalEnclosure(lower: Rational(0), upper: 0, digits: 5, decidesTies: false)
        == DecimalEnclosure(exact: "0"))
    let tiny = try Rational(10).power(-200)
    let expected = DecimalEnclosure(lower: "-1e-25", upper: "1e-25")
    for (lower, upper) in [(-tiny, tiny), (0, tiny), (tiny, tiny), (-tiny, -tiny)] {
      #expect(DecimalEnclosure(lower: lower, upper: upper, digits: 5, decidesTies: false) == expected)
    }
    // An interval around zero that is not tiny tells nothing.
    let small = try Rational(10).power(-24)
    #expect(DecimalEnclosure(lower: -small, upper: small, digits: 5, decidesTies: true) == nil)
    #expect(DecimalEnclosure(lower: 0, upper: small, digits: 5, decidesTies: true) == nil)
    let huge = try Rational(10).power(400)
    let enclosure = try #require(DecimalEnclosure(lower: huge, upper: huge, digits: 3, decidesTies: true))
    #expect(enclosure == DecimalEnclosure(lower: "9.9e399", upper: "1.01e400"))
  }
}
