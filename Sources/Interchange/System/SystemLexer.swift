/// Cuts a `.ms` file into tokens.
struct SystemLexer {
  enum Kind: Equatable {
    case name
    case number
    /// One of `+ - * / ^ ( ) ,`, or any other single character.
    case symbol(Character)
    case newline
    case end
  }

  struct Token {
    var kind: Kind
    var text: Substring
    var line: Int
    var column: Int
  }

  private var rest: Substring
  private var line = 1
  private var column = 1

  init(_ text: String) {
    rest = text[...]
    if rest.first == "\u{FEFF}" { rest.removeFirst() }
  }

  private static func isLetter(_ character: Character) -> Bool { character.isLetter || character == "_" }
  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  /// The next token; blanks and comments from `#` to the end of the line are skipped, newlines are tokens.
  mutating func next() -> Token {
    while let character = rest.first {
      if character == "#" {
        let comment = rest.prefix { !$0.isNewline }
        _ = take(comment.count)
      } else if character.isWhitespace, !character.isNewline {
        _ = take(1)
      } else {
        break
      }
    }
    guard let first = rest.first else { return Token(kind: .end, text: "", line: line, column: column) }
    if first.isNewline {
      let token = Token(kind: .newline, text: "", line: line, column: column)
      rest.removeFirst()
      line += 1
      column = 1
      return token
    }
    if Self.isDigit(first) { return token(.number, rest.prefix(while: Self.isDigit).count) }
    if Self.isLetter(first) {
      return token(.name, rest.prefix { Self.isLetter($0) || Self.isDigit($0) }.count)
    }
    return token(.symbol(first), 1)
  }

  private mutating func token(_ kind: Kind, _ length: Int) -> Token {
    let (line, column) = (line, column)
    return Token(kind: kind, text: take(length), line: line, column: column)
  }

  private mutating func take(_ length: Int) -> Substring {
    defer {
      rest = rest.dropFirst(length)
      column += length
    }
    return rest.prefix(length)
  }
}
