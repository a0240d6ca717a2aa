import Algebra

/// Reads lines of words that end with a number, such as moments: exponents, then the value.
///
/// Words are separated by blanks, commas or semicolons; what follows a `#` is a comment; numbers are exact.
public enum NamedValues {
  /// One line.
  public struct Entry<Rational: ExactRational>: Sendable {
    /// Counted from 1.
    public let line: Int
    public let words: [String]
    /// `nil` where the last word is a question mark.
    public let value: Rational?
  }

  /// - Parameter file: a name for error messages.
  /// - Throws: `SyntaxError` where a line does not end with a number or a question mark, or has nothing before it.
  public static func parse<Rational: ExactRational>(
    _ text: String, file: String? = nil, as type: Rational.Type
  ) throws(SyntaxError) -> [Entry<Rational>] {
    var entries: [Entry<Rational>] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let content = line.prefix { $0 != "#" }
      let words = content.split { $0.isWhitespace || $0 == "," || $0 == ";" || $0 == "=" || $0 == "\u{FEFF}" }
      guard let last = words.last else { continue }
      func failure(_ reason: String) -> SyntaxError {
        SyntaxError(
          file: file, line: index + 1,
          column: line.distance(from: line.startIndex, to: last.startIndex) + 1, token: String(last),
          reason: reason)
      }
      guard words.count > 1 else { throw failure("expected a name and a number") }
      let names = words.dropLast().map(String.init)
      if last == "?" {
        entries.append(Entry(line: index + 1, words: names, value: nil))
        continue
      }
      guard let value = try? Rational(exactly: last) else { throw failure("expected a number") }
      entries.append(Entry(line: index + 1, words: names, value: value))
    }
    return entries
  }
}
