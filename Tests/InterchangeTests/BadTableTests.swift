import Algebra
import FlintEngine
import Testing

@testable import Interchange

@Suite struct BadTableTests {
  @Test(arguments: [
    ("", "data.csv: there are no data"),
    ("\u{FEFF}", "data.csv: there are no data"),
    ("\n \r\n", "data.csv: there are no data"),
    ("x,y\n", "data.csv: there are column names, but no rows of numbers"),
    (
      "1\n2\n",
      "data.csv, line 1: at least two columns are needed, found 1; cells are separated by ',', ';' or tabs"
    ),
    ("1,2\n3\n", "data.csv, line 2: found 1 cell, where the first row has 2"),
    ("x,y\n\n1,2\n3,4,5\n", "data.csv, line 4: found 3 cells, where the first row has 2"),
    ("1,2\n3,abc\n", "data.csv, line 2, column 2: 'abc' is not a number"),
    (
      "1,2\nnan,4\n",
      "data.csv, line 2, column 1: 'nan' is no value: rows with missing values must be left out"
    ),
    (
      "1,2\n3,inf\n",
      "data.csv, line 2, column 2: 'inf' is no value: rows with missing values must be left out"
    ),
    ("1,2\n3,0x10\n", "data.csv, line 2, column 2: '0x10' is not a number"),
    ("1;2\n3;1,5\n", "data.csv, line 2, column 2: '1,5' is not a number unless the comma is a decimal mark"),
    ("1,2\n3,1..5\n", "data.csv, line 2, column 2: '1..5' is not a number"),
    ("1,2\n3,1e\n", "data.csv, line 2, column 2: '1e' is not a number"),
    ("1,2\n3,1/2/3\n", "data.csv, line 2, column 2: '1/2/3' is not a number"),
    ("1,2\n3,\u{661}\n", "data.csv, line 2, column 2: '\u{661}' is not a number"),
    ("1,2\n3,\n", "data.csv, line 2, column 2: the cell is empty"),
    ("1,2\n3,\"\"\n", "data.csv, line 2, column 2: the cell is empty"),
    ("1,2\n1/0,2\n", "data.csv, line 2, column 1: '1/0' has the denominator zero"),
    ("1/0,2\n", "data.csv, line 1, column 1: '1/0' has the denominator zero"),
    ("1,1e999999999\n", "data.csv, line 1, column 2: '1e999999999' has too many digits"),
    (
      "x,y\n1,1e-99999999999999999999\n",
      "data.csv, line 2, column 2: '1e-99999999999999999999' has too many digits"
    ),
    (
      "1,two\n3,4\n",
      "data.csv, line 1, column 2: 'two' is not a number, but '1' in column 1 is: "
        + "the first row must be all names or all numbers"
    ),
    (
      "nan,2\n3,4\n",
      "data.csv, line 1, column 1: 'nan' is no value: rows with missing values must be left out"
    ),
    (
      "1,,3\n",
      "data.csv, line 1, column 2: the cell is empty, but '1' in column 1 is: "
        + "the first row must be all names or all numbers"
    ),
    ("x,y,x\n1,2,3\n", "data.csv, line 1, column 3: the name 'x' already belongs to column 1"),
    ("1,2\n\"3,4\n5,6\n", "data.csv, line 2, column 1: the quotation mark is never closed"),
    ("1,2\n\"3\"x,4\n", "data.csv, line 2, column 1: there is text after the closing quotation mark"),
    ("1,2\n\"3\" \"4\",5\n", "data.csv, line 2, column 1: there is text after the closing quotation mark"),
    ("1,2\n3,a\u{1B}[31m\u{202E}b\n", "data.csv, line 2, column 2: 'a\\u{1B}[31m\\u{202E}b' is not a number"),
  ])
  func tellsWhatIsWrongAndWhere(_ text: String, _ message: String) {
    expect(Array(text.utf8), message)
  }

  @Test func refusesWhatIsNotText() {
    expect(
      Array("1,2\n3,4".utf8) + [0xE9] + Array("\n".utf8),
      "data.csv, line 2, column 2: '4\\xE9' is not valid UTF-8")
    expect(
      Array("L".utf8) + [0xE4] + Array("nge,y\n1,2\n".utf8),
      "data.csv, line 1, column 1: 'L\\xE4nge' is not valid UTF-8")
    let utf16 = Array("1,2\n".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    expect(
      utf16,
      "data.csv, line 1, column 1: there is a NUL byte; text in UTF-8, or in UTF-16 with a byte order mark, is expected"
    )
  }

  @Test func messagesStayShort() {
    let long = String(repeating: "x", count: 10_000)
    expect(
      Array("1,2\n3,\(long)\n".utf8),
      "data.csv, line 2, column 2: '\(String(repeating: "x", count: 40))…' is not a number")
    let digits = String(repeating: "7", count: 15_000)
    expect(
      Array("1,2\n3,\(digits)\n".utf8),
      "data.csv, line 2, column 2: '\(String(repeating: "7", count: 40))…' has too many digits")
  }

  @Test func endlessInputEnds() {
    let endlessCell = [UInt8](repeating: UInt8(ascii: "1"), count: 100_000)
    expect(endlessCell, "data.csv, line 1, column 1: too large: at most 20000 bytes in a cell are read")
    let endlessQuote = [UInt8(ascii: "\"")] + [UInt8](repeating: UInt8(ascii: "\n"), count: 100_000)
    expect(endlessQuote, "data.csv, line 1, column 1: too large: at most 20000 bytes in a cell are read")
    var scanner = CSVScanner(source: "data.csv", limits: CSVScanner.Limits(cells: 100))
    #expect(throws: InputError(source: "data.csv", line: 51, problem: .tooLarge(limit: "100 cells"))) {
      try Array(String(repeating: "1,2\n", count: 60).utf8).withUnsafeBufferPointer { bytes in
        try scanner.consume(bytes) { _ in }
      }
    }
  }

  @Test func namesTheFileThatCannotBeRead() throws {
    let missing = InputSource.file("no/such\nfile.csv")
    let error = #expect(throws: InputError.self) { try DataTable<Rational>(csv: missing) }
    #expect(error?.description == "no/such\\nfile.csv: cannot be read: No such file or directory")
    let directory = #expect(throws: InputError.self) { try DataTable<Rational>(csv: .file("/")) }
    #expect(directory?.description == "/: cannot be read: Is a directory")
    let cut = #expect(throws: InputError.self) { try DataTable<Rational>(csv: .file("a\0b")) }
    #expect(cut?.description.hasSuffix("a file name cannot contain a NUL byte") == true)
  }

  @Test func anEndlessFileEnds() throws {
    let zero = #expect(throws: InputError.self) { try DataTable<Rational>(csv: .file("/dev/zero")) }
    #expect(zero?.problem == .nulByte)
  }

  @Test func stopsWhenAsked() {
    let control = Control()
    control.cancellation.cancel(.memory)
    #expect(throws: Interruption(.memory)) {
      try DataTable<Rational>(csv: .file("/dev/zero"), control: control)
    }
  }

  private func expect(
    _ bytes: [UInt8], _ message: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: InputError.self, sourceLocation: sourceLocation) {
      try DataTable<Rational>(csv: bytes, named: "data.csv")
    }
    #expect(error?.description == message, sourceLocation: sourceLocation)
  }
}
