import Foundation
import Testing

/// `--output`.
@Suite struct OutputTests {
  private static let options = ["enumerate", "-", "--no-timing"] + SampleData.posterOptions

  @Test func aFileHoldsWhatStandardOutputWould() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("result.txt", "what was there before")
    let plain = try await Tool.run(Self.options, input: SampleData.poster)
    let output = try await Tool.run(Self.options + ["--output", file.path], input: SampleData.poster)
    #expect(output.status == 0)
    #expect(output.standardOutput.isEmpty)
    #expect(try String(contentsOf: file, encoding: .utf8) == plain.standardOutput)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["result.txt"])
  }

  @Test func aDashIsStandardOutput() async throws {
    let output = try await Tool.run(Self.options + ["--output", "-"], input: SampleData.poster)
    #expect(output.standardOutput.hasPrefix("standard input: 5 rows"))
  }

  /// The disk is full when the result is ready.
  @Test func whatCannotBeWrittenIsNotLost() async throws {
    let plain = try await Tool.run(Self.options, input: SampleData.poster)
    let output = try await Tool.run(Self.options + ["--output", "/dev/full"], input: SampleData.poster)
    #expect(output.status == 74)
    #expect(output.standardOutput == plain.standardOutput)
    #expect(output.standardError == "Error: cannot write '/dev/full': No space left on device\n")
  }

  /// A run with bad input leaves a file that was there before as it was.
  @Test func aFailedRunKeepsTheOldFile() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("result.txt", "before")
    let output = try await Tool.run(Self.options + ["--output", file.path], input: "1,x\n")
    #expect(output.status == 65)
    #expect(try String(contentsOf: file, encoding: .utf8) == "before")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["result.txt"])
  }
}
