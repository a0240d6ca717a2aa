import CMessageDigest

/// The SHA-256 of content that arrives in pieces.
public struct ContentHash {
  private var context = SHA2_CTX()

  public init() { SHA256Init(&context) }

  public mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    SHA256Update(&context, start, bytes.count)
  }

  /// The hash of all bytes until now, as 64 lower-case hexadecimal digits.
  public var hexadecimal: String {
    var context = context
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    SHA256Final(&digest, &context)
    return digest.map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }.joined()
  }

  /// The hash of a sequence of bytes.
  public static func of(_ bytes: some Sequence<UInt8>) -> String {
    var hash = ContentHash()
    Array(bytes).withUnsafeBufferPointer { hash.update($0) }
    return hash.hexadecimal
  }

  /// The hash of the compact JSON of a value.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public static func of(_ value: some Encodable) throws -> String {
    of(try JSONText.compact(value).utf8)
  }
}
