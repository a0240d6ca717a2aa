import Foundation
import Testing

/// Runs the built executable as users do.
struct Tool {
  struct Output {
    let status: Int32
    let standardOutput: String
    let standardError: String
  }

  /// The products are built next to the tests' resources.
  static var executable: URL {
    Bundle.module.bundleURL.deletingLastPathComponent().appendingPathComponent("allminima")
  }

  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - input: what comes on standard input; nothing at all if `nil`.
  ///   - keepsInputOpen: whether standard input stays open without an end.
  ///   - wrapper: a command that runs the tool as its child.
  ///   - meanwhile: called while the process runs, on a thread of its own: the tests' threads may be busy with other
  ///     tests for long, and a process that waits for a signal would go on computing.
  static func run(
    _ arguments: [String], input: String? = nil, keepsInputOpen: Bool = false, in directory: URL? = nil,
    wrapper: [String] = [],
    meanwhile: (@Sendable (RunningTool) throws -> Void)? = nil
  ) async throws -> Output {
    let folder = try TemporaryFolder()
    let output = try folder.file("stdout", "")
    let errors = try folder.file("stderr", "")
    let process = Process()
    let command = wrapper + [executable.path] + arguments
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = directory ?? folder.url
    // The width of help texts.
    process.environment = ProcessInfo.processInfo.environment.merging(["COLUMNS": "80"]) { $1 }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    let pipe = Pipe()
    process.standardInput = pipe
    let ended = AsyncStream<Int32> { continuation in
      process.terminationHandler = { process in
        // A signal is reported as the shell does.
        let signalled = process.terminationReason == .uncaughtSignal
        continuation.yield(process.terminationStatus + (signalled ? 128 : 0))
        continuation.finish()
      }
    }
    try process.run()
    if let input { try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8)) }
    if !keepsInputOpen { try pipe.fileHandleForWriting.close() }
    if let meanwhile {
      let tool = RunningTool(process: process, errors: errors)
      do {
        try await withCheckedThrowingContinuation { continuation in
          Thread.detachNewThread { continuation.resume(with: Result { try meanwhile(tool) }) }
        }
      } catch {
        kill(process.processIdentifier, SIGKILL)
        throw error
      }
    }
    var status: Int32?
    for await code in ended { status = code }
    return Output(
      status: try #require(status),
      standardOutput: try String(contentsOf: output, encoding: .utf8),
      standardError: try String(contentsOf: errors, encoding: .utf8))
  }
}

/// A process that has not ended yet.
struct RunningTool: Sendable {
  let process: Process
  let errors: URL

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until standard error contains the text so many times, or the process has ended.
  func waitForMessage(_ text: String, times: Int = 1) throws {
    while process.isRunning {
      let messages = try String(contentsOf: errors, encoding: .utf8)
      if messages.components(separatedBy: text).count > times { return }
      usleep(5000)
    }
  }
}

/// A new folder, removed at the end of its life.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("allminima-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String, _ text: String) throws -> URL { try file(name, Data(text.utf8)) }

  func file(_ name: String, _ data: Data) throws -> URL {
    let file = url.appendingPathComponent(name)
    try data.write(to: file)
    return file
  }
}

/// The text of a file among the tests' resources.
func resource(_ name: String) throws -> String {
  try String(
    contentsOf: Bundle.module.bundleURL.appendingPathComponent("Resources/\(name)"), encoding: .utf8)
}
