/// Finds what is wrong with JSON text (RFC 8259), and where; decoders do not tell.
public struct JSONSyntax {
  private static let depthLimit = 200

  private let bytes: [UInt8]
  private let file: String?
  private var position = 0
  private var depth = 0

  /// Cost: linear.
  ///
  /// - Parameter file: a name for messages.
  /// - Throws: `SyntaxError` with the place of the first error; what is nested deeper than 200 is one, too.
  public static func check(_ text: String, file: String? = nil) throws(SyntaxError) {
    var syntax = JSONSyntax(bytes: Array(text.utf8), file: file)
    try syntax.value()
    syntax.skipSpace()
    guard syntax.position == syntax.bytes.count else { throw syntax.error("expected the end") }
  }

  private init(bytes: [UInt8], file: String?) {
    self.bytes = bytes
    self.file = file
  }

  private var current: Character? {
    position < bytes.count ? Character(UnicodeScalar(bytes[position])) : nil
  }

  private func error(_ reason: String) -> SyntaxError {
    let before = bytes[..<position].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // The rest of the line up to a space or a sign.
    let token = bytes[position...].prefix { $0 >= 0x80 || Character(UnicodeScalar($0)).isLetter }
    let shown = token.isEmpty ? bytes[position...].prefix(1) : token
    return SyntaxError(
      file: file, line: before.count, column: String(decoding: before.last ?? [], as: UTF8.self).count + 1,
      token: String(decoding: shown, as: UTF8.self), reason: reason)
  }

  private mutating func skipSpace() {
    while position < bytes.count, " \t\r\n".utf8.contains(bytes[position]) { position += 1 }
  }

  /// Whether the character comes next; it is passed then.
  private mutating func take(_ character: Character) -> Bool {
    skipSpace()
    guard current == character else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(SyntaxError) {
    skipSpace()
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw error("nested too deeply") }
    switch current {
    case "{":
      try list(until: "}", what: "a comma or '}'") { (syntax) throws(SyntaxError) in try syntax.member() }
    case "[":
      try list(until: "]", what: "a comma or ']'") { (syntax) throws(SyntaxError) in try syntax.value() }
    case "\"": try string()
    case "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9": try number()
    default:
      for word in ["true", "false", "null"] where bytes[position...].starts(with: word.utf8) {
        position += word.utf8.count
        return
      }
      throw error("expected a value")
    }
  }

  private mutating func list(
    until end: Character, what: String, _ item: (inout Self) throws(SyntaxError) -> Void
  ) throws(SyntaxError) {
    position += 1
    if take(end) { return }
    repeat { try item(&self) } while take(",")
    guard take(end) else { throw error("expected \(what)") }
  }

  private mutating func member() throws(SyntaxError) {
    skipSpace()
    guard current == "\"" else { throw error("expected a key in quotation marks") }
    try string()
    guard take(":") else { throw error("expected a colon") }
    try value()
  }

  private mutating func string() throws(SyntaxError) {
    let start = position
    position += 1
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"): try escape()
      case 0..<0x20: throw error("expected no control characters in a string")
      default: position += 1
      }
    }
    position = start
    throw error("the string is never closed")
  }

  private mutating func escape() throws(SyntaxError) {
    position += 1
    if current == "u" {
      position += 1
      for _ in 0..<4 {
        guard let current, current.isHexDigit else { throw error("expected four hexadecimal digits") }
        position += 1
      }
      return
    }
    guard let current, "\"\\/bfnrt".contains(current) else { throw error("this escape is unknown") }
    position += 1
  }

  private mutating func number() throws(SyntaxError) {
    if current == "-" { position += 1 }
    if current == "0" { position += 1 } else { try digits() }
    if current == "." {
      position += 1
      try digits()
    }
    if current == "e" || current == "E" {
      position += 1
      if current == "+" || current == "-" { position += 1 }
      try digits()
    }
  }

  private mutating func digits() throws(SyntaxError) {
    let start = position
    while let current, current.isASCII, current.isNumber { position += 1 }
    guard position > start else { throw error("expected a digit") }
  }
}
