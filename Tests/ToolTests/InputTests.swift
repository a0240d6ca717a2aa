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
    ("1,2\nnan,2\n", "line 2, column 1: 'nan' is no value"),
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

  private static let network = ["--units", "1", "--ridge", "1", "--format", "json", "--no-timing"]

  /// Files from the wild that are read: they have the components of their plain numbers.
  @Test(arguments: [
    ("# measured on a Monday\nx,y\n1,2\n2,3\n# repeated\n2,5\n4,1\n", [], "x,y\n1,2\n2,3\n2,5\n4,1\n"),
    ("x,y,\n1,2,\n2,3,\n3,1,\n", [], "x,y\n1,2\n2,3\n3,1\n"),
    ("x y\n1 2\n2 3\n3 1\n4 2\n", ["--separator", "space"], "x,y\n1,2\n2,3\n3,1\n4,2\n"),
    (
      "x;y\n-1,5;0,7\n-1,0;-0,3\n0,0;-0,3\n0,25;0,4\n", ["--decimal-comma"],
      "x,y\n-1.5,0.7\n-1,-0.3\n0,-0.3\n1/4,0.4\n"
    ),
    (
      "\"\",\"speed\",\"distance\"\n\"1\",4,2\n\"2\",7,4\n\"3\",9,10\n", ["--ignore", "1"],
      "speed,distance\n4,2\n7,4\n9,10\n"
    ),
    ("car,y,x\nMazda,2,1\nFiat,3,4\n", ["--ignore", "car", "--target", "y"], "x,y\n1,2\n4,3\n"),
    ("car,y,x\nMazda,2,1\nFiat,3,4\n", ["--ignore", "1", "--target", "2"], "x,y\n1,2\n4,3\n"),
  ])
  func filesFromTheWildAreRead(_ text: String, _ options: [String], _ plain: String) async throws {
    let output = try await Tool.run(["enumerate", "-"] + Self.network + options, input: text)
    #expect(output.status == 0)
    #expect(output.standardError.isEmpty)
    let expected = try await Tool.run(["enumerate", "-"] + Self.network, input: plain)
    #expect(try Self.withoutHash(output.standardOutput) == Self.withoutHash(expected.standardOutput))
  }

  @Test func rowNamesDrawAWarning() async throws {
    let text = "\"\",\"speed\",\"distance\"\n\"1\",4,2\n\"2\",7,4\n\"3\",9,10\n"
    let output = try await Tool.run(["enumerate", "-"] + Self.network, input: text)
    #expect(output.status == 0)
    #expect(
      output.standardError
        == "Warning: standard input: column 1 counts the rows and is used as data: --ignore 1 leaves it out\n"
    )
    let quiet = try await Tool.run(["enumerate", "-", "--quiet"] + Self.network, input: text)
    #expect(quiet.standardError.isEmpty)
    #expect(quiet.standardOutput == output.standardOutput)
  }

  @Test(arguments: [
    ("x y\n1 2\n", "line 1: the cells seem to be separated by spaces: --separator space reads them"),
    (
      "x;y\n-1,5;0,7\n",
      "line 2, column 1: '-1,5' is not a number unless the comma is a decimal mark: --decimal-comma reads it as one"
    ),
    (
      "-1,5;0,7\n",
      "line 1, column 2: '5;0' is not a number; perhaps cells are separated by semicolons: "
        + "--separator semicolon reads them"
    ),
  ])
  func messagesNameTheOptionThatHelps(_ text: String, _ message: String) async throws {
    let output = try await Tool.run(["enumerate", "-"] + Self.network, input: text)
    #expect(output.status == 65)
    #expect(output.standardError == "Error: standard input, \(message)\n")
  }

  @Test(arguments: [
    (["--ignore", "z"], "there is no column 'z'; the columns are 'x', 'y'"),
    (["--ignore", "y", "--target", "y"], "at least two columns are needed"),
    (
      ["--decimal-comma", "--separator", "comma"], "--decimal-comma and --separator comma exclude each other"
    ),
    (["--separator", "pipe"], "The value 'pipe' is invalid for '--separator"),
  ])
  func badOptionsOfTheDataAreRefused(_ options: [String], _ message: String) async throws {
    let output = try await Tool.run(["enumerate", "-"] + Self.network + options, input: "x,y\n1,2\n2,3\n")
    #expect(output.status == (options[1] == "y" ? 65 : 64))
    #expect(output.standardError.contains(message), "\(output.standardError)")
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
    #expect(try Self.withoutHash(plain.standardOutput) == Self.withoutHash(other.standardOutput))
    #expect(plain.standardOutput != other.standardOutput, "the hash of the bytes differs")
  }

  /// The JSON without what names the source.
  private static func withoutHash(_ json: String) throws -> String {
    var object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    var problem = try #require(object["problem"] as? [String: Any])
    (problem["dataSHA256"], problem["columns"]) = (nil, nil)
    object["problem"] = problem
    let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .prettyPrinted])
    return String(decoding: data, as: UTF8.self)
  }
}
