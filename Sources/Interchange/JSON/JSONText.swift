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
    try text(value, [.prettyPrinted]) + "\n"
  }

  /// The same on one line, without a newline.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public static func compact(_ value: some Encodable) throws -> String { try text(value, []) }

  /// Reads what `of` and `compact` write.
  ///
  /// - Throws: `DecodingError`.
  public static func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }

  private static func text(
    _ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
