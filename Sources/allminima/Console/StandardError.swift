#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where messages and progress go.
enum StandardError {
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes a line in one piece, so that lines of different threads do not mix.
  static func print(_ line: String) { write(line + "\n") }

  /// Writes text as it is. A message that cannot be written is lost; there is nobody left to tell.
  static func write(_ text: String) { _ = FileDescriptor.writeAll(text, to: STDERR_FILENO) }

  /// Writes a line about something that went wrong, in the form of the argument parser's.
  static func report(_ message: String) { print("Error: \(message)") }
}

enum FileDescriptor {
  /// Writes all of the text.
  ///
  /// - Returns: 0, or the system's error number.
  static func writeAll(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = write(descriptor, rest.baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return 0
    }
  }
}
