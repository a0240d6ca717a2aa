import ArgumentParser

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where the result goes: standard output, or a file that appears only once it is whole.
struct OutputDestination: Sendable {
  /// Why a result cannot be written, with the system's reason.
  struct Failure: Error, CustomStringConvertible {
    let description: String

    fileprivate init(_ path: String, _ code: Int32) {
      description = "cannot write '\(path)': \(String(cString: strerror(code)))"
    }
  }

  static let standardOutput = OutputDestination()

  private let path: String?

  var isStandardOutput: Bool { path == nil }

  private init() { path = nil }

  /// Checks that the file can be written, before anything is computed for it.
  ///
  /// - Parameter path: `nil` or `-` for standard output.
  /// - Throws: `Failure`.
  init(path: String?) throws(Failure) {
    guard let path, path != "-" else {
      self.path = nil
      return
    }
    guard !path.isEmpty, !path.utf8.contains(0) else { throw Failure(path, ENOENT) }
    // What a symbolic link points to is replaced, not the link.
    let target = Self.resolved(path)
    self.path = target
    guard Self.isReplaceable(target) else {
      // Opening a pipe and closing it again would be an end of file to its reader.
      guard !Self.isDirectory(target) else { throw Failure(path, EISDIR) }
      guard access(target, W_OK) == 0 else { throw Failure(path, errno) }
      return
    }
    let temporary = try Self.createTemporary(for: target)
    close(temporary.descriptor)
    unlink(temporary.path)
  }

  /// Whether the result goes to this regular file, under any of its names.
  func isFile(_ other: String) -> Bool {
    guard let path, Self.isReplaceable(path) else { return false }
    var (first, second) = (stat(), stat())
    guard stat(path, &first) == 0, stat(other, &second) == 0 else {
      return URL(fileURLWithPath: path).standardizedFileURL == URL(fileURLWithPath: other).standardizedFileURL
    }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// Writes the whole result. A file that was there before stays until then.
  ///
  /// - Throws: `Failure`.
  func write(_ text: String) throws(Failure) {
    guard let path else { return try Self.write(text, to: STDOUT_FILENO, named: "standard output") }
    guard Self.isReplaceable(path) else {
      let descriptor = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
      guard descriptor >= 0 else { throw Failure(path, errno) }
      defer { close(descriptor) }
      return try Self.write(text, to: descriptor, named: path)
    }
    let temporary = try Self.createTemporary(for: path)
    var code = FileDescriptor.writeAll(text, to: temporary.descriptor)
    if code == 0, fsync(temporary.descriptor) != 0 { code = errno }
    close(temporary.descriptor)
    if code == 0, rename(temporary.path, path) != 0 { code = errno }
    guard code == 0 else {
      unlink(temporary.path)
      throw Failure(path, code)
    }
  }

  /// Whether the path is free or a regular file; a device or a pipe is written to as it is.
  private static func isReplaceable(_ path: String) -> Bool {
    guard let mode = mode(of: path) else { return true }
    return mode & S_IFMT == S_IFREG
  }

  private static func isDirectory(_ path: String) -> Bool {
    mode(of: path).map { $0 & S_IFMT == S_IFDIR } ?? false
  }

  private static func mode(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode : nil
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// Opens a new file next to the given one, with the permissions that it will have.
  private static func createTemporary(
    for path: String
  ) throws(Failure) -> (descriptor: Int32, path: String) {
    let mode = mode(of: path).map { $0 & 0o777 } ?? 0o666
    let temporary = "\(path).partial-\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw Failure(path, errno) }
    return (descriptor, temporary)
  }

  private static func write(_ text: String, to descriptor: Int32, named name: String) throws(Failure) {
    let code = FileDescriptor.writeAll(text, to: descriptor)
    guard code == 0 else { throw Failure(name, code) }
  }
}
