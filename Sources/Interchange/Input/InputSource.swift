import Algebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where data come from: a file (or anything else that the system can open for reading), or standard input.
public enum InputSource: Hashable, Sendable {
  case file(String)
  case standardInput

  /// The name used in messages, without control characters.
  public var name: String {
    switch self {
    case .file(let path): Excerpt.printable(path)
    case .standardInput: "standard input"
    }
  }

  /// Hands over the content piece by piece, so that nobody has to hold all of it.
  ///
  /// - Parameter control: polled for every piece.
  /// - Throws: `InputError` if the system cannot open or read it, `Interruption`, and whatever `body` throws.
  func forEachChunk(_ control: Control, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    let descriptor = try openDescriptor()
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    let capacity = 1 << 16
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity)
    defer { buffer.deallocate() }
    control.log?("reading \(name)")
    while true {
      try control.check()
      let count = read(descriptor, buffer.baseAddress, capacity)
      if count == 0 { return }
      if count < 0 {
        if errno == EINTR { continue }
        throw InputError(source: name, problem: .unreadable(Self.systemMessage()))
      }
      try body(UnsafeBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// The whole content as text, at most 256 MiB of it.
  ///
  /// - Parameter control: polled while reading.
  /// - Throws: `InputError` if it cannot be read, is too large, or is not UTF-8; `Interruption`.
  public func text(_ control: Control = Control()) throws -> String { try text(of: bytes(control)) }

  /// The whole content, at most 256 MiB of it.
  ///
  /// - Parameter control: polled while reading.
  /// - Throws: `InputError` if it cannot be read or is too large; `Interruption`.
  public func bytes(_ control: Control = Control()) throws -> [UInt8] {
    let limit = 256 << 20
    var bytes: [UInt8] = []
    try forEachChunk(control) { chunk in
      guard bytes.count + chunk.count <= limit else {
        throw InputError(source: name, problem: .tooLarge(limit: "256 MiB"))
      }
      bytes += chunk
    }
    return bytes
  }

  /// Content that has been read, as text.
  ///
  /// - Throws: `InputError` if it is not UTF-8.
  public func text(of bytes: [UInt8]) throws -> String {
    guard !bytes.contains(0) else { throw InputError(source: name, problem: .nulByte) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let line = Self.firstInvalidLine(bytes)
      throw InputError(source: name, line: line.number, problem: .invalidUTF8(Excerpt.of(line.bytes)))
    }
    return text
  }

  private static func firstInvalidLine(_ bytes: [UInt8]) -> (number: Int, bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    let index = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
    return index.map { ($0 + 1, lines[$0]) } ?? (1, bytes)
  }

  private func openDescriptor() throws(InputError) -> Int32 {
    switch self {
    case .standardInput: return STDIN_FILENO
    case .file(let path):
      // The system would cut the name at a NUL byte and open something else.
      guard !path.utf8.contains(0) else {
        throw InputError(source: name, problem: .unreadable("a file name cannot contain a NUL byte"))
      }
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw InputError(source: name, problem: .unreadable(Self.systemMessage()))
      }
      return descriptor
    }
  }

  private static func systemMessage() -> String { String(cString: strerror(errno)) }
}
