import Algebra
import LandscapeModel
import Testing

@testable import allminima

/// How numbers and patterns are written for people.
@Suite struct TextTests {
  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func countsAreGrouped(_ value: Int, _ text: String) {
    #expect(Readable.count(value) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (999_999.4, "999,999"), (1e6, "1.0e6"), (123_456_789, "1.2e8"), (9.96e20, "1.0e21"),
    (.infinity, "more than 1e308"),
  ])
  func estimatesHaveTwoDigits(_ value: Double, _ text: String) {
    #expect(Readable.count(about: value) == text)
  }

  @Test(arguments: [
    (0.01, "less than 0.1 s"), (0.25, "0.3 s"), (9.9, "9.9 s"), (9.96, "10 s"), (61, "61 s"),
    (125, "2 min 5 s"),
    (119.7, "2 min 0 s"), (7300, "2 h 2 min"), (3 * 86400, "3 days"), (1e9, "32 years"),
    (1e40, "3.2e32 years"),
    (.infinity, "more than 1e308 s"),
  ])
  func durationsHaveTwoUnits(_ seconds: Double, _ text: String) {
    #expect(Readable.duration(seconds) == text)
  }

  @Test func progressTellsRateAndRest() {
    let progress = Progress(stage: "strata", done: 25_000, total: 100_000)
    #expect(
      ProgressLine.text(progress, since: 5000, seconds: 2)
        == "strata: 25,000 of 100,000 (25 %), 10,000 per second, 7.5 s left")
    #expect(
      ProgressLine.text(progress, since: 25_000, seconds: 2) == "strata: 25,000 of 100,000 (25 %)")
    #expect(
      ProgressLine.text(Progress(stage: "dividing", done: 0, total: 0), since: 0, seconds: 2)
        == "dividing …")
  }

  @Test(arguments: [
    ("+++++", "all"), ("-----", "none"), ("---++", "x ≥ 3"), ("--0++", "x > 2.5"), ("0++++", "x > -1/3"),
    ("+++--", "x ≤ 2.5"), ("++0--", "x < 2.5"), ("++++0", "x < 4"), ("0----", "x < -1/3"), ("----0", "x > 4"),
  ])
  func halfLines(_ signs: String, _ text: String) throws {
    // The rows are not sorted, and one input is repeated.
    let inputs = try ["4", "2.5", "-1/3", "3", "0.25", "3"].map { [try TextNumber(exactly: $0)] }
    let order = [4, 2, 0, 3, 1, 3]
    let sorted = Array(signs)
    let pattern = String(order.map { sorted[$0] })
    let text2 = PatternText(inputs: inputs, inputNames: nil, hasBias: true, meaning: .positive)(
      try Face(text: pattern))
    #expect(text2 == "[\(text)]")
  }

  @Test func withoutBiasTheKinkIsAtZero() throws {
    let inputs: [[TextNumber]] = [[-1], [0], [2]]
    let text = PatternText(inputs: inputs, inputNames: ["speed"], hasBias: false, meaning: .positive)
    #expect(text(try Face(text: "-0+")) == "[speed > 0]")
    #expect(text(try Face(text: "+0-")) == "[speed < 0]")
  }

  @Test func longPatternsAreShortened() throws {
    let inputs = [[TextNumber]](repeating: [1, 2], count: 50)
    let text = PatternText(inputs: inputs, inputNames: nil, hasBias: true, meaning: .positive)
    let short = String(repeating: "-+", count: 20)
    #expect(text(try Face(text: short)) == "[\(short)]")
    let long = String(repeating: "-+", count: 24) + "0+"
    #expect(text(try Face(text: long)) == "[-+-+-+-+-+-+-+-+-+-+… (24×- 1×0 25×+)]")
  }

  @Test(arguments: [
    ("1/10", "0.1"), ("-1/8", "-0.125"), ("1/3", "1/3"), ("12", "12"), ("1e-6", "0.000001"),
    ("1e-7", "1/10000000"),
    ("123456789/1000007", "≈123.456"), ("1e30", "≈1.00000e30"), ("0", "0"),
  ])
  func numbersAreShort(_ value: String, _ text: String) throws {
    #expect(PatternText.text(try TextNumber(exactly: value)) == text)
  }

  @Test func decimalPointsStandBelowEachOther() {
    #expect(DecimalColumn(["1.5", "100.25", "7"]).aligned == ["  1.5 ", "100.25", "  7   "])
  }

  @Test(arguments: [
    ("7.49999999999999", "7.50000000000001", "7.500000000"),
    ("-0.000123456789012", "-0.000123456789010", "-0.0001234567890"),
    ("0", "0", "0"), ("9.99999999999", "9.99999999999", "10.000000000"),
    ("1.5e300", "1.5e300", "1.500000000e300"),
  ])
  func enclosuresAreRounded(_ lower: String, _ upper: String, _ text: String) throws {
    let enclosure = DecimalEnclosure(
      lower: try DecimalNumber(text: lower), upper: try DecimalNumber(text: upper))
    #expect(enclosure.rounded(toDigits: 10).description == text)
  }

  @Test func columnsAreAligned() {
    let table = TextTable([["a", "b", "c"], ["long", "é", "10"], ["", "wide", "7"]])
    #expect(table.lines == ["a     b      c", "long  é     10", "      wide   7"])
  }

  @Test(arguments: [
    ([0.5, 0.25, 1.5], "500 ms (250 – 1500)"), ([2, 1, 3, 4], "2.50 s (1.00 – 4.00)"),
    ([3.456e-6], "3.46 µs (3.46 – 3.46)"), ([5e-10], "0.50 ns (0.50 – 0.50)"),
    ([0.0123, 0.09996], "56.1 ms (12.3 – 100)"),
  ])
  func timesHaveTheUnitOfTheirMedian(_ seconds: [Double], _ text: String) {
    #expect(BenchmarkText.text(BenchmarkReport.Spread(seconds)) == text)
  }
}
