import Algebra
import Foundation
import Landscapes
import TestSupport
import Testing

/// Runs that are kept in a store: killed, limited, refused, and always the same bytes in the end.
@Suite(.timeLimit(.minutes(5))) struct StoreTests {
  /// Four blocks.
  static let data = "x,y\n-2,1\n-1.5,-1\n-1,-0.5\n0,1.5\n0.5,1\n1,0\n2,2\n"
  private static let options = [
    "--units", "4", "--ridge", "1/2", "--format", "json", "--no-timing", "--quiet",
  ]

  private let folder: TemporaryFolder
  private let arguments: [String]
  private let store: URL

  init() throws {
    folder = try TemporaryFolder()
    arguments = ["enumerate", try folder.file("data.csv", Self.data).path] + Self.options
    store = folder.url.appendingPathComponent("run.sqlite")
  }

  private var resuming: [String] { arguments + ["--store", store.path, "--resume"] }

  @Test func theStoreDoesNotChangeTheResult() async throws {
    let expected = try await Tool.run(arguments)
    #expect(expected.status == 0)
    let stored = try await Tool.run(arguments + ["--store", store.path])
    #expect(stored.status == 0 && stored.standardOutput == expected.standardOutput)
    let resumed = try await Tool.run(resuming)
    #expect(resumed.status == 0 && resumed.standardOutput == expected.standardOutput)
    let refused = try await Tool.run(arguments + ["--store", store.path])
    #expect(refused.status == 64)
    #expect(refused.standardError.contains("--resume goes on with the run in it"))
    let other = try await Tool.run(resuming + ["--digits", "20"])
    #expect(other.status == 65)
    #expect(other.standardError.contains("belongs to another run: 15 digits, not 20"))
  }

  @Test func aKilledRunGoesOn() async throws { try await killAndResume(arguments, times: 3, seed: 1) }

  @Test(.tags(.long), .onlyInLongRuns)
  func aRunKilledAtManyMomentsGoesOn() async throws {
    let cars = try folder.file("cars.csv", SampleData.cars).path
    let options = ["--units", "3", "--ridge", "1", "--format", "json", "--no-timing", "--quiet"]
    try await killAndResume(["enumerate", cars] + options, times: 20, seed: 2)
  }

  /// Starts a run so often, and kills it every time when a few more blocks are done, if it has not ended by then.
  private func killAndResume(_ arguments: [String], times: Int, seed: UInt64) async throws {
    let resuming = arguments.filter { $0 != "--quiet" } + ["--store", store.path, "--resume", "--verbose"]
    let expected = try await Tool.run(arguments)
    var generator = SeededGenerator(seed: seed)
    var kills = 0
    for _ in 0..<times {
      let blocks = Int.random(in: 0...2, using: &generator)
      let output = try await Tool.run(resuming) { tool in
        try tool.waitForMessage("divided into")
        if blocks > 0 { try tool.waitForMessage("visited ", times: blocks) }
        tool.send(SIGKILL)
      }
      guard output.status == 0 else {
        #expect(output.status == 128 + SIGKILL, "\(output.standardError)")
        kills += 1
        continue
      }
      #expect(output.standardOutput == expected.standardOutput)
      for suffix in ["", "-wal"] { try? FileManager.default.removeItem(atPath: store.path + suffix) }
    }
    #expect(kills > 0)
    let output = try await Tool.run(resuming)
    #expect(output.status == 0)
    #expect(output.standardOutput == expected.standardOutput)
  }

  /// Nothing used to be kept until the screening table was finished, nor of a block that was not.
  @Test func limitsOfASecondEndInTheWholeResult() async throws {
    let path = try folder.file("cars.csv", SampleData.cars).path
    let limited = [
      "enumerate", path, "--units", "3", "--ridge", "10", "--format", "json", "--no-timing", "--quiet",
    ]
    let expected = try await Tool.run(limited)
    #expect(expected.status == 0)
    var runs = 0
    while true {
      let output = try await Tool.run(limited + ["--store", store.path, "--resume", "--time-limit", "1"])
      runs += 1
      guard output.status == 75, runs < 60 else {
        #expect(output.status == 0, "\(output.standardError)")
        #expect(output.standardOutput == expected.standardOutput)
        break
      }
    }
    #expect(runs > 1)
  }

  @Test func anInterruptedRunGoesOn() async throws {
    let long = ["enumerate", try folder.file("cars.csv", SampleData.cars).path] + SampleData.longOptions
    let interrupted = try await Tool.run(long + ["--store", store.path, "--verbose"]) { tool in
      try tool.waitForMessage("visited ")
      tool.send(SIGINT)
    }
    #expect(interrupted.status == 75)
    #expect(interrupted.standardError.contains("strata: --resume goes on."))
    let again = try await Tool.run(
      long + ["--store", store.path, "--resume", "--time-limit", "2", "--verbose"])
    #expect(again.status == 75)
    #expect(again.standardError.contains("'\(store.path)' contains "))
    let second = try await Tool.run(long + ["--store", store.path])
    #expect(second.status == 64)
  }

  /// Both used to give up.
  @Test func ofTwoRunsThatStartTogetherOneGetsTheStore() async throws {
    let expected = try await Tool.run(arguments)
    for _ in 0..<5 {
      async let first = Tool.run(resuming)
      async let second = Tool.run(resuming)
      let outputs = try await [first, second]
      #expect(outputs.contains { $0.status == 0 })
      for output in outputs {
        if output.status == 0 {
          #expect(output.standardOutput == expected.standardOutput)
        } else {
          #expect(output.status == 74)
          #expect(output.standardError.contains("in use by another process"))
        }
      }
      try FileManager.default.removeItem(at: store)
    }
  }

  @Test func whatCannotBeAStoreIsNamed() async throws {
    let missing = folder.url.appendingPathComponent("no/such/folder.sqlite").path
    for (path, reason) in [
      (missing, "No such file or directory"), (folder.url.path, "Is a directory"),
      ("/dev/null", "it is no regular file"),
    ] {
      let output = try await Tool.run(arguments + ["--store", path, "--resume"])
      #expect(output.status == 65)
      #expect(output.standardError.contains(reason), "\(output.standardError)")
    }
  }

  @Test func theOutputReplacesNeitherTheDataNorTheStore() async throws {
    let data = arguments[1]
    let text = try String(contentsOfFile: data, encoding: .utf8)
    let link = folder.url.appendingPathComponent("link.csv").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: data)
    for options in [
      ["--output", data], ["--output", link], ["--store", store.path, "--output", store.path],
    ] {
      let output = try await Tool.run(arguments + options)
      #expect(output.status == 64)
      #expect(output.standardError.contains("the result would replace"), "\(output.standardError)")
    }
    #expect(try String(contentsOfFile: data, encoding: .utf8) == text)
    #expect(!FileManager.default.fileExists(atPath: store.path))
  }

  /// A file that cannot grow any more, as on a full disk.
  @Test func whatWasCommittedIsKept() async throws {
    let expected = try await Tool.run(arguments)
    let command = ([Tool.executable.path] + arguments + ["--store", store.path])
      .map { "'\($0)'" }.joined(separator: " ")
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    // In units of 512 bytes. Standard output is no file.
    shell.arguments = ["-c", "ulimit -f 60; exec \(command)"]
    let (output, errors) = (Pipe(), Pipe())
    shell.standardOutput = output
    shell.standardError = errors
    try shell.run()
    let message = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 74)
    #expect(message.contains("cannot write the run store"), "\(message)")
    let resumed = try await Tool.run(resuming)
    #expect(resumed.status == 0)
    #expect(resumed.standardOutput == expected.standardOutput)
  }
}
