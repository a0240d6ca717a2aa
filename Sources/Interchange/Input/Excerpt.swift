/// Parts of foreign text, made fit for a message on one line.
public enum Excerpt {
  /// At most 40 characters of the bytes, with what cannot be printed written as an escape.
  public static func of(_ bytes: [UInt8]) -> String {
    // More bytes than 40 characters have, short of absurd ones.
    let head = bytes.count > 400 ? withoutPartialCharacter(Array(bytes.prefix(400))) : bytes
    guard let text = String(validating: head, as: UTF8.self) else {
      let shown = head.prefix(40).map { byte in
        byte < 0x80 ? printable(String(UnicodeScalar(byte))) : hexadecimal(byte)
      }
      return shown.joined() + (bytes.count > 40 ? "…" : "")
    }
    let isWhole = text.count <= 40 && head.count == bytes.count
    return printable(String(text.prefix(40))) + (isWhole ? "" : "…")
  }

  /// The text with control characters, line and paragraph separators written as escapes.
  public static func printable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .format:
        result += scalar.escaped(asASCII: true)
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    "\\x" + String(byte, radix: 16, uppercase: true)
  }

  /// Without the bytes of a character at the end that may have been cut in two.
  private static func withoutPartialCharacter(_ bytes: [UInt8]) -> [UInt8] {
    guard let start = bytes.lastIndex(where: { $0 & 0xC0 != 0x80 }), bytes[start] >= 0x80 else {
      return bytes
    }
    return Array(bytes[..<start])
  }
}
