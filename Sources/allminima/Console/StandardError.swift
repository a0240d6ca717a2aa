import Interchange
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where messages and progress go.
enum StandardError {
  /// Whether every line is an object in JSON, for programs. Set once, before anything is written.
  static let writesJSON = Atomic(false)

  private struct Message: Encodable {
    struct Failure: Encodable {
      let message: String
      let line: Int?
      let column: Int?
    }

    var message: String?
    var warning: String?
    var error: Failure?
  }

  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes a line in one piece, so that lines of different threads do not mix.
  static func print(_ line: String) {
    guard writesJSON.load(ordering: .relaxed) else { return write(line + "\n") }
    write(object: Message(message: line))
  }

  /// Writes an object as a line of JSON.
  static func write(object: some Encodable) {
    // Only numbers that are not finite cannot be written; there are none in messages.
    if let text = try? JSONText.compact(object) { write(text + "\n") }
  }

  /// Writes text as it is. A message that cannot be written is lost; there is nobody left to tell.
  static func write(_ text: String) { _ = FileDescriptor.writeAll(text, to: STDERR_FILENO) }

  /// Writes a line about something that went wrong, in the form of the argument parser's.
  ///
  /// - Parameters:
  ///   - line: of the input, from 1, if the fault is in a line; likewise the column.
  static func report(_ message: String, line: Int? = nil, column: Int? = nil) {
    guard writesJSON.load(ordering: .relaxed) else { return print("Error: \(message)") }
    write(object: Message(error: .init(message: message, line: line, column: column)))
  }

  /// Writes a line about something that may be wrong.
  static func warn(_ message: String) {
    guard writesJSON.load(ordering: .relaxed) else { return print("Warning: \(message)") }
    write(object: Message(warning: message))
  }
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
