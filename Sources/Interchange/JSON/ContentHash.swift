import Crypto

/// The SHA-256 of content, as 64 lower-case hexadecimal digits.
public enum ContentHash {
  public static func of(_ bytes: some Sequence<UInt8>) -> String {
    hexadecimal(SHA256.hash(data: Array(bytes)))
  }

  /// Of the compact JSON of a value.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public static func of(_ value: some Encodable) throws -> String {
    of(try JSONText.compact(value).utf8)
  }

  static func hexadecimal(_ digest: SHA256.Digest) -> String {
    digest.map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
  }
}
