import Foundation
import Interchange
import Testing

/// The places of errors are known by hand; what is an error at all, Foundation tells.
@Suite struct JSONSyntaxTests {
  @Test(arguments: [
    ("", 1, 1, "expected a value"), ("{", 1, 2, "expected a key in quotation marks"),
    ("[1,\n 2,]", 2, 4, "expected a value"), ("[1 2]", 1, 4, "expected a comma or ']'"),
    ("{\"é\": 1,\n\n  \"b\" 2}", 3, 7, "expected a colon"), ("{\"é\" 1}", 1, 6, "expected a colon"),
    ("{\"a\": 1 \"b\"}", 1, 9, "expected a comma or '}'"),
    ("{a: 1}", 1, 2, "expected a key in quotation marks"),
    ("[\"x]", 1, 2, "the string is never closed"), ("[\"\\x\"]", 1, 4, "this escape is unknown"),
    ("[\"\\u12g4\"]", 1, 7, "expected four hexadecimal digits"), ("[1.]", 1, 4, "expected a digit"),
    ("[-]", 1, 3, "expected a digit"), ("[01]", 1, 3, "expected a comma or ']'"),
    ("{} x", 1, 4, "expected the end"),
    ("[tru]", 1, 2, "expected a value"), ("[\"a\tb\"]", 1, 4, "expected no control characters in a string"),
  ])
  func errorsAreFound(_ text: String, _ line: Int, _ column: Int, _ reason: String) throws {
    let error = try #require(throws: SyntaxError.self) { try JSONSyntax.check(text, file: "a.json") }
    #expect(error.line == line && error.column == column && error.reason == reason, "\(error)")
    #expect(error.file == "a.json")
  }

  @Test func deepNestingIsAnError() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: SyntaxError.self) { try JSONSyntax.check(deep) }
  }

  /// Texts with characters left out, doubled and exchanged.
  @Test func agreesWithFoundation() throws {
    let valid =
      #"{"a": [1, -2.5e+3, true, null, "x\u00e9\n\"y\""], "bé": {}, "c": [[], {"d": false}], "e": 0}"#
    try JSONSyntax.check(valid)
    let characters = Array(valid)
    var errors = 0
    for index in characters.indices {
      let (head, tail) = (String(characters[..<index]), String(characters[(index + 1)...]))
      let character = String(characters[index])
      for middle in ["", character + character, ",", "}", "]", "\"", "0"] {
        let text = head + middle + tail
        let isValid = (try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil
        let found = (try? JSONSyntax.check(text)) != nil
        if !isValid { errors += 1 }
        #expect(found == isValid, "\(text)")
      }
    }
    #expect(errors > 100)
  }
}
