import Testing

@testable import Interchange

@Suite struct JSONTextTests {
  private struct Value: Encodable {
    var b = "1/10"
    var a = [1, 2]
    var none: Int?
  }

  @Test func keysAreSortedAndSlashesPlain() throws {
    #expect(
      try JSONText.of(Value()) == """
        {
          "a" : [
            1,
            2
          ],
          "b" : "1/10"
        }

        """)
  }

  @Test func refusesWhatJSONHasNotGot() {
    #expect(throws: EncodingError.self) { try JSONText.of([Double.nan]) }
  }
}
