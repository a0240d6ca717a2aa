import Foundation
import Testing

/// What an executable needs that is built on the engine in Swift alone.
@Suite struct LinkageTests {
  private static var executable: URL {
    Tool.executable.deletingLastPathComponent().appendingPathComponent("swift-engine-probe")
  }

  @Test("The engine in Swift works without FLINT and GMP, and does not link them")
  func noForeignLibraries() throws {
    let process = Process()
    process.executableURL = Self.executable
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try #require(try pipe.fileHandleForReading.readToEnd())
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(String(decoding: output, as: UTF8.self) == "4 real solutions, 2 local minima\n")
    // The names of the libraries that a program asks for, and of their functions, stand in its file as text.
    let file = try Data(contentsOf: Self.executable)
    for name in ["libflint", "libgmp", "libarb", "__gmp", "fmpz_", "arb_"] {
      #expect(file.range(of: Data(name.utf8)) == nil, "\(name)")
    }
    #expect(file.range(of: Data("libswiftCore".utf8)) != nil)
  }
}
