/// Cuts a polynomial system's text into tokens.
///
/// Several ways to write the same are one token: `**` and `^`; the multiplication signs `*`, `·`, `⋅` and `×`;
/// the minus signs of keyboards and of typography.
struct SystemLexer {
  enum Kind: Equatable {
    /// Letters of any script, digits and subscripts, then an index in brackets or primes: `x_1`, `λ₁`, `y[2,1]`,
    /// `z''`.
    case name
    /// Digits with or without a decimal point.
    case number
    /// An exponent in superscript digits.
    case superscript
    /// One of `+ - * / ^ ( ) , ; =`, or any other single character.
    case symbol(Character)
    case newline
    case end
  }

  struct Token {
    var kind: Kind
    /// As it is written, but a name has no spaces in its index and only one kind of primes.
    var text: String
    var line: Int
    var column: Int
    /// Whether nothing separates it from the token before.
    var isAdjacent: Bool
  }

  private var rest: Substring
  private var line = 1
  private var column = 1

  init(_ text: String) {
    rest = text[...]
    if rest.first == "\u{FEFF}" { rest.removeFirst() }
  }

  /// The next token; blanks and comments from `#` to the end of the line are skipped, newlines are tokens.
  mutating func next() -> Token {
    let isAdjacent = !skipBlanks()
    var token = Token(kind: .end, text: "", line: line, column: column, isAdjacent: isAdjacent)
    guard let first = rest.first else { return token }
    if first.isNewline {
      token.kind = .newline
      rest.removeFirst()
      line += 1
      column = 1
      return token
    }
    let length: Int
    (token.kind, length) = kind(startingWith: first)
    let text = rest.prefix(length)
    token.text = token.kind == .name ? Self.canonicalName(text) : String(text)
    advance(length)
    return token
  }

  private mutating func skipBlanks() -> Bool {
    let start = column
    while let character = rest.first {
      if character == "#" {
        advance(rest.prefix { !$0.isNewline }.count)
      } else if character.isWhitespace, !character.isNewline {
        advance(1)
      } else {
        break
      }
    }
    return column > start
  }

  private mutating func advance(_ length: Int) {
    rest = rest.dropFirst(length)
    column += length
  }

  private func kind(startingWith first: Character) -> (Kind, length: Int) {
    if Self.isDigit(first) || first == "." { return numberKind(first) }
    if Self.isLetter(first) { return (.name, nameLength) }
    if Self.superscripts[first] != nil {
      return (.superscript, rest.prefix { Self.superscripts[$0] != nil }.count)
    }
    if rest.hasPrefix("**") { return (.symbol("^"), 2) }
    if rest.hasPrefix("==") { return (.symbol("="), 2) }
    return (.symbol(Self.synonyms[first] ?? first), 1)
  }

  // MARK: - Numbers

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  private static let superscripts: [Character: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
  ]

  /// The digits that superscripts stand for.
  static func digits(ofSuperscripts text: String) -> String { String(text.compactMap { superscripts[$0] }) }

  private func numberKind(_ first: Character) -> (Kind, length: Int) {
    let whole = rest.prefix(while: Self.isDigit).count
    let tail = rest.dropFirst(whole)
    guard tail.first == "." else { return (.number, whole) }
    let decimals = tail.dropFirst().prefix(while: Self.isDigit).count
    guard whole + decimals > 0 else { return (.symbol("."), 1) }
    return (.number, whole + 1 + decimals)
  }

  // MARK: - Names

  private static let synonyms: [Character: Character] = ["\u{2212}": "-", "·": "*", "⋅": "*", "×": "*"]

  private static func isLetter(_ character: Character) -> Bool { character.isLetter || character == "_" }

  private static func isSubscript(_ character: Character) -> Bool { ("₀"..."₉").contains(character) }

  private static func isPartOfName(_ character: Character) -> Bool {
    isLetter(character) || isDigit(character) || isSubscript(character)
  }

  private static func isPrime(_ character: Character) -> Bool {
    character == "'" || character == "\u{2019}" || character == "\u{2032}"
  }

  /// Without spaces, and with one kind of prime.
  private static func canonicalName(_ text: Substring) -> String {
    String(text.compactMap { $0 == " " ? nil : isPrime($0) ? "'" : $0 })
  }

  private var nameLength: Int {
    let stem = rest.prefix(while: Self.isPartOfName).count
    let tail = rest.dropFirst(stem)
    if tail.first == "[" {
      let index = tail.dropFirst().prefix { Self.isPartOfName($0) || $0 == "," || $0 == " " }
      let hasIndex = index.contains(where: Self.isPartOfName) && index.endIndex < tail.endIndex
      return hasIndex && tail[index.endIndex] == "]" ? stem + index.count + 2 : stem
    }
    return stem + tail.prefix(while: Self.isPrime).count
  }
}
