import Foundation
import Testing

/// What executables need that are built on a part of the package.
@Suite struct LinkageTests {
  private static func executable(_ name: String) -> URL {
    Tool.executable.deletingLastPathComponent().appendingPathComponent(name)
  }

  /// What an executable prints. The names of the libraries that it asks for, and of their functions and its own,
  /// stand in its file as text: none of `absent` may.
  private func output(
    of name: String, _ arguments: [String] = [], without absent: [String]
  ) throws -> String {
    let process = Process()
    process.executableURL = Self.executable(name)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try #require(try pipe.fileHandleForReading.readToEnd())
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let file = try Data(contentsOf: Self.executable(name))
    for text in absent { #expect(file.range(of: Data(text.utf8)) == nil, "\(text) in \(name)") }
    #expect(file.range(of: Data("libswiftCore".utf8)) != nil)
    return String(decoding: output, as: UTF8.self)
  }

  private static let libraries = ["libflint", "libgmp", "libarb", "__gmp", "fmpz_", "arb_"]

  @Test("The engine in Swift works without FLINT and GMP, and does not link them")
  func noForeignLibraries() throws {
    // The same data have four minima by an independent numerical enumeration.
    #expect(
      try output(of: "swift-engine-probe", without: Self.libraries)
        == "4 real solutions, 4 local minima\n")
  }

  @Test("Results are read without any engine")
  func modelNeedsNoEngine() async throws {
    let folder = try TemporaryFolder()
    let result = try await Tool.run(
      ["enumerate", "-", "--units", "1", "--ridge", "1/10", "--format", "json"],
      input: "-2,1\n-1,-1/2\n0,3/2\n1,0\n2,2\n")
    let file = try folder.file("result.json", result.standardOutput).path
    let modules = ["Algebra", "FlintEngine", "SwiftEngine", "GroebnerBases", "Landscapes", "BigInt"]
    let text = try output(
      of: "model-probe", [file], without: Self.libraries + modules.map { "$s\($0.utf8.count)\($0)" })
    let lines = text.split(separator: "\n")
    #expect(lines.count == 5 && lines.last == "There are no others.")
    #expect(lines.dropLast().allSatisfy { $0.hasPrefix("loss ") && $0.contains("1 on ") })
  }
}
