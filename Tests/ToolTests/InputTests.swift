import Foundation
import Testing

/// Input that cannot be read: exit code 65, one line that says where, nothing on standard output.
@Suite struct InputTests {
  /// Texts whose characters stand for bytes.
  private static let cases: [(String, String)] = [
    ("", "there are no data"),
    ("x,y\n", "there are column names, but no rows of numbers"),
    ("1,2\n3\n", "line 2: found 1 cell, where the first row has 2"),
    ("1,2\n3,abc\n", "line 2, column 2: 'abc' is not a number"),
    ("1\n2\n", "line 1: at least two columns are needed, found 1"),
    ("1,1e999999999\n", "line 1, column 2: '1e999999999' has too many digits"),
    ("1,2\n1/0,2\n", "line 2, column 1: '1/0' has the denominator zero"),
    ("1,2\nnan,2\n", "line 2, column 1: 'nan' is not a number"),
    ("1,2\n\u{FF}\u{FE},2\n", "line 2, column 1: '\\xFF\\xFE' is not valid UTF-8"),
    ("1,2\n\u{0}", "line 2, column 1: there is a NUL byte"),
    ("1,two\n", "line 1, column 2: 'two' is not a number, but '1' in column 1 is"),
  ]

  @Test(arguments: cases)
  func isRefused(_ characters: String, _ message: String) async throws {
    let folder = try TemporaryFolder()
    let bytes = characters.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    _ = try folder.file("data.csv", Data(bytes))
    let output = try await Tool.run(
      ["enumerate", "data.csv", "--units", "1", "--ridge", "1"], in: folder.url)
    #expect(output.status == 65)
    #expect(output.standardOutput.isEmpty)
    #expect(output.standardError.hasPrefix("Error: data.csv"))
    #expect(output.standardError.contains(message), "\(output.standardError)")
    #expect(output.standardError.split(separator: "\n").count == 1)
  }

  @Test(arguments: [("missing.csv", "No such file or directory"), (".", "Is a directory")])
  func whatCannotBeOpenedIsRefused(_ path: String, _ reason: String) async throws {
    let output = try await Tool.run(["enumerate", path, "--units", "1", "--ridge", "1"])
    #expect(output.status == 65)
    #expect(output.standardError == "Error: \(path): cannot be read: \(reason)\n")
  }

  @Test func messagesNameStandardInput() async throws {
    let output = try await Tool.run(["enumerate", "-", "--units", "1", "--ridge", "1"], input: "1,x\n")
    #expect(output.status == 65)
    #expect(output.standardError.hasPrefix("Error: standard input, line 1, column 2: 'x' is not a number"))
  }

  /// The same numbers in other clothes give the same components.
  @Test(arguments: [
    "\u{FEFF}x,y\r\n-2,1\r\n-1,-1/2\r\n0,1.5\r\n1,0\r\n2,2\r\n",
    "-2;1\n-1;-0.5\n0;3/2\n1;0\n2;2",
    "y\tx\n1\t-2\n-5e-1\t-1\n1.50\t0\n0\t1\n2\t2\n",
  ])
  func formatsDoNotMatter(_ text: String) async throws {
    let options = ["enumerate", "-", "--format", "json", "--no-timing"] + SampleData.posterOptions
    let plain = try await Tool.run(options, input: SampleData.poster)
    let target = text.hasPrefix("y") ? ["--target", "y"] : []
    let other = try await Tool.run(options + target, input: text)
    #expect(other.status == 0)
    #expect(Self.withoutHash(plain.standardOutput) == Self.withoutHash(other.standardOutput))
    #expect(plain.standardOutput != other.standardOutput, "the hash of the bytes differs")
  }

  private static func withoutHash(_ json: String) -> [Substring] {
    json.split(separator: "\n").filter { !$0.contains("dataSHA256") }
  }
}
