import Algebra
import FlintEngine
import LandscapeModel
import RealSolving
import Testing

private typealias Rational = FlintEngine.Rational

/// Decimals of the model, which has no engine, against exact fractions.
@Suite("Decimal numbers")
struct DecimalNumberTests {
  /// Random decimals of up to 12 digits around one, some of them equal in value but not in text.
  private static let numbers: [DecimalNumber] = {
    var generator = SeededGenerator(seed: 7, task: 0)
    return (0..<60).map { _ in
      let digits = String(
        (0..<Int.random(in: 1...12, using: &generator)).map { _ in
          Character(String(Int.random(in: 0...9, using: &generator)))
        })
      return DecimalNumber(
        isNegative: Bool.random(using: &generator), digits: digits,
        exponent: Int.random(in: -14...3, using: &generator))
    } + ["0", "1", "1.0", "-1", "10", "9.9999", "-0.5", "1e40", "-1e40", "1e-40"]
  }()

  @Test func textIsReadAgain() throws {
    for number in Self.numbers {
      let read = try DecimalNumber(text: number.description)
      #expect(read == number && read.description == number.description)
      #expect(try Rational(exactly: read) == Rational(exactly: number.description))
    }
    for text in ["", "-", "1.", ".5", "1e", "e5", "1..2", "--1", "0x1", "1e99999999999999999999", "½"] {
      #expect(throws: MalformedText.self) { try DecimalNumber(text: text) }
    }
  }

  @Test func orderMiddleAndRoundingAreThoseOfFractions() throws {
    for left in Self.numbers {
      let a = try Rational(exactly: left)
      #expect(try Rational(exactly: left.negated) == -a)
      for digits in [1, 2, 5, 9, 15] {
        let rounded = left.rounded(toDigits: digits)
        #expect(rounded.description == DecimalNumber(rounding: a, toDigits: digits).description)
      }
      for right in Self.numbers {
        let b = try Rational(exactly: right)
        #expect((left < right) == (a < b) && (left == right) == (a == b))
        if left == right { #expect(left.hashValue == right.hashValue) }
        #expect(try Rational(exactly: left.middle(to: right)) == (a + b).divided(by: 2))
      }
    }
  }
}
