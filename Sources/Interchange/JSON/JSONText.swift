#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Results as JSON text.
public enum JSONText {
  /// Indented JSON with sorted keys and plain slashes, ending with a newline: the same bytes for equal values.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public static func of(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
