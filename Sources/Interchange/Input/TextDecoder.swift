/// Turns the bytes of a text file into UTF-8 as they arrive, without its byte order mark.
///
/// UTF-16 is recognised by its byte order mark, everything else is taken for UTF-8. What is no text in its
/// encoding becomes bytes that are no UTF-8, for the reader to report where they stand.
struct TextDecoder {
  private enum Encoding {
    case utf8
    case utf16(isBigEndian: Bool)
  }

  private static let longestSignature = 4

  private let source: String
  private var encoding: Encoding?
  /// The first bytes, until the encoding is known; later the first half of a code unit.
  private var rest: [UInt8] = []
  private var highSurrogate: UInt16?

  init(source: String) { self.source = source }

  /// Takes more bytes, and hands over what they decode to.
  ///
  /// - Throws: `InputError` for files that are known not to be text; what `body` throws.
  mutating func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    if encoding == nil {
      rest += bytes
      guard rest.count >= Self.longestSignature else { return }
      return try begin(body)
    }
    try decodeKnown(bytes, body)
  }

  /// Hands over what is left at the end of the file.
  ///
  /// - Throws: as `decode`.
  mutating func finish(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    if encoding == nil { try begin(body) }
    var last: [UInt8] = []
    flushSurrogate(into: &last)
    if !rest.isEmpty { last.append(Self.invalidByte) }
    try last.withUnsafeBufferPointer(body)
  }

  private mutating func begin(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    let head = rest
    rest = []
    let mark: Int
    switch head {
    case _ where head.starts(with: [0xEF, 0xBB, 0xBF]): (encoding, mark) = (.utf8, 3)
    case _ where head.starts(with: [0xFF, 0xFE]): (encoding, mark) = (.utf16(isBigEndian: false), 2)
    case _ where head.starts(with: [0xFE, 0xFF]): (encoding, mark) = (.utf16(isBigEndian: true), 2)
    case _ where head.starts(with: [0x50, 0x4B, 0x03, 0x04]):
      throw InputError(source: source, problem: .notText("a spreadsheet or another ZIP archive"))
    case _ where head.starts(with: [0x1F, 0x8B]):
      throw InputError(source: source, problem: .notText("compressed by gzip"))
    default: (encoding, mark) = (.utf8, 0)
    }
    try head.withUnsafeBufferPointer { try decodeKnown(UnsafeBufferPointer(rebasing: $0[mark...]), body) }
  }

  private mutating func decodeKnown(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws {
    guard case .utf16(let isBigEndian) = encoding else { return try body(bytes) }
    var decoded: [UInt8] = []
    for byte in bytes {
      guard let first = rest.first else {
        rest = [byte]
        continue
      }
      rest = []
      let (high, low) = isBigEndian ? (first, byte) : (byte, first)
      append(UInt16(high) << 8 | UInt16(low), to: &decoded)
    }
    try decoded.withUnsafeBufferPointer(body)
  }

  // MARK: - UTF-16

  private static let invalidByte: UInt8 = 0xFF

  private mutating func append(_ unit: UInt16, to decoded: inout [UInt8]) {
    if let high = highSurrogate, UTF16.isTrailSurrogate(unit) {
      highSurrogate = nil
      decoded += Array(String(decoding: [high, unit], as: UTF16.self).utf8)
      return
    }
    flushSurrogate(into: &decoded)
    if UTF16.isLeadSurrogate(unit) {
      highSurrogate = unit
    } else if let scalar = UnicodeScalar(unit) {
      decoded += Array(String(Character(scalar)).utf8)
    } else {
      decoded.append(Self.invalidByte)
    }
  }

  /// Half a character is none.
  private mutating func flushSurrogate(into decoded: inout [UInt8]) {
    guard highSurrogate != nil else { return }
    highSurrogate = nil
    decoded.append(Self.invalidByte)
  }
}
