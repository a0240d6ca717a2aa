import Algebra
import FlintEngine
import Testing

@testable import Interchange

/// What R, pandas, spreadsheets and instruments write: read where it has one meaning, refused where it may have two.
@Suite struct WrittenTableTests {
  private func table(_ text: String, _ format: TableFormat = TableFormat()) throws -> DataTable<Rational> {
    try DataTable(csv: Array(text.utf8), named: "data.csv", format: format)
  }

  // MARK: - What is read

  /// All of these are the rows 1, 2 and 3, 4 with the names x and y.
  @Test(arguments: [
    "# measured on a Monday\nx,y\n1,2\n# repeated, twice\n3,4\n", "  # indented\nx,y\n1,2\n3,4\n#",
    "#\r\nx,y\r\n1,2\r\n#x\r\n3,4\r\n", "#a\rx,y\r1,2\r3,4\r", "x,y,\n1,2,\n3,4,\n",
    "x,y,,,\n1,2,,,\n3,4,,,\n",
    "x,y\n1,2,\n3,4,\n", "x,y,\n1,2\n3,4\n", "x;y;\r\n1;2;\r\n3;4;\r\n", "x,y\n1,2\n3,4\n,\n,\n",
    ",\nx,y\n1,2\n3,4\n",
    "sep=;\nx;y\n1;2\n3;4\n", "sep=,\r\nx,y\r\n1,2\r\n3,4\r\n", "\"sep=;\"\nx;y\n1;2\n3;4\n",
    "SEP=\t\nx\ty\n1\t2\n3\t4",
    "\u{FEFF}sep=;\nx;y\n1;2\n3;4\n", "\"x\",\"y\"\n\"1\",\"2\"\n\"3\",\"4\"\n",
    "x,y\n\u{A0}1,2\u{A0}\n3,\u{202F}4\n",
    "x,y\n\" 1\",\"2 \"\n3,4\n", "x,y\n1.,02.0\n3E0,+4\n", "x,y\n1D0,2d+00\n0.3D+01,40D-1\n",
  ])
  func isTheSameTable(_ text: String) throws {
    let table = try table(text)
    #expect(table.rows == [[1, 2], [3, 4]])
    #expect(table.columnNames == ["x", "y"])
    #expect(table.warnings.isEmpty)
    let utf16 = Array(text.drop { $0 == "\u{FEFF}" }.utf16)
    let little: [UInt8] = [0xFF, 0xFE] + utf16.flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + utf16.flatMap { unit in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    for bytes in [little, big] {
      let other = try DataTable<Rational>(csv: bytes, named: "data.csv")
      #expect(other.rows == table.rows && other.columnNames == table.columnNames)
    }
  }

  @Test(arguments: [
    "x y\n1 2\n3 4\n", "x  y\n 1\t2 \n\n3   4   ", "\"x\" \"y\"\r\n1 2\r\n3 4\r\n", "#x y\nx y\n1 2\n3 4\n",
    "sep= \nx y\n1 2\n3 4",
  ])
  func spacesSeparateOnRequest(_ text: String) throws {
    let table = try table(text, TableFormat(separator: .space))
    #expect(table.rows == [[1, 2], [3, 4]])
    #expect(table.columnNames == ["x", "y"])
  }

  @Test(arguments: [
    ("1'234", "1234"), ("1\u{2019}234\u{2019}567.5", "2469135/2"), ("1\u{A0}234", "1234"),
    ("12\u{202F}345.25", "49381/4"),
    ("\"1,234,567\"", "1234567"), ("\"-1,234.5\"", "-2469/2"), ("\u{2212}1.5", "-3/2"),
    ("2e\u{2212}1", "1/5"),
    ("\"1,234.\"", "1234"), ("+1'000", "1000"), ("1/3", "1/3"), ("-0", "0"),
  ])
  func numbersHaveOneMeaning(_ cell: String, _ value: String) throws {
    #expect(try table("x,y\n0,\(cell)\n").rows[0][1].description == value)
  }

  @Test(arguments: [
    ("-1,5", "-3/2"), ("1.234,5", "2469/2"), ("1.234.567", "1234567"), ("1'234,5", "2469/2"),
    ("2,5e3", "2500"),
    (",5", "1/2"), ("7", "7"), ("1/2", "1/2"), ("1\u{202F}234,25", "4937/4"), ("\u{2212}0,7", "-7/10"),
  ])
  func commasAreDecimalMarksOnRequest(_ cell: String, _ value: String) throws {
    let table = try table("x;y\n0;\(cell)\n", TableFormat(hasDecimalComma: true))
    #expect(table.rows[0][1].description == value)
  }

  @Test func withDecimalCommasTheCommaSeparatesNothing() throws {
    let table = try table("1,5;0,5\n2,5;1\n", TableFormat(hasDecimalComma: true))
    #expect(table.rows.map { $0.map(\.description) } == [["3/2", "1/2"], ["5/2", "1"]])
  }

  @Test func ignoredColumnsMayContainAnything() throws {
    let text = "car,x,note,y\nMazda RX4,1,NA,2\nFiat 128,3,,4\n"
    for ignored in [["car", "note"], ["1", "3"], ["note", "1"]] {
      let table = try table(text, TableFormat(ignoredColumns: ignored))
      #expect(table.rows == [[1, 2], [3, 4]])
      #expect(table.columnNames == ["x", "y"] && table.columnNumbers == [2, 4])
      #expect(try table.observations(target: "x").targets == [1, 3])
      #expect(try table.observations(target: "4").targets == [2, 4])
      #expect(throws: ColumnError.ignored(column: "3")) { try table.observations(target: "3") }
      #expect(throws: ColumnError.unknown(column: "note", names: ["x", "y"])) {
        try table.observations(target: "note")
      }
    }
    let nameless = try self.table("a,1,2\nb,3,4\n", TableFormat(ignoredColumns: ["1"]))
    #expect(nameless.rows == [[1, 2], [3, 4]] && nameless.columnNames == nil)
  }

  @Test func ignoredColumnsMustBeThere() throws {
    #expect(throws: ColumnError.unknown(column: "z", names: ["x", "y"])) {
      try table("x,y\n1,2\n", TableFormat(ignoredColumns: ["z"]))
    }
    #expect(throws: ColumnError.noNames(column: "3", count: 2)) {
      try table("1,2\n", TableFormat(ignoredColumns: ["3"]))
    }
    #expect(throws: ColumnError.ambiguous(column: "", numbers: [1, 3])) {
      try table(",x,,y\n1,2,3,4\n", TableFormat(ignoredColumns: [""]))
    }
    let few = #expect(throws: InputError.self) { try table("x,y\n1,2\n", TableFormat(ignoredColumns: ["x"])) }
    #expect(few?.problem == .tooFewColumns(found: 1))
  }

  // MARK: - What is doubted

  @Test(arguments: [
    (
      "\"\",\"speed\",\"distance\"\n\"1\",4,2\n\"2\",7,4\n",
      "data.csv: column 1 counts the rows and is used as data"
    ),
    (",x,y\n0,4,2\n1,7,4\n", "data.csv: column 1 counts the rows and is used as data"),
    (
      "Unnamed: 0,x,y\n0,4,2\n1,7,4\n",
      "data.csv: column 1 ('Unnamed: 0') counts the rows and is used as data"
    ),
    ("x,y\n\"1\",4,2\n\"2\",7,4\n", "data.csv: column 1 counts the rows and is used as data"),
    ("\"1\",4,2\n\"2\",7,4\n", "data.csv: column 1 counts the rows and is used as data"),
    (",x,y\n3,4,2\n7,7,4\n", "data.csv: column 1 has no name and is used as data"),
    ("0,1\n2.5,4\n", "data.csv, line 1: the first row counts the columns and is used as data, not as names"),
    (
      "# x,y\n1,2\n3,4\n",
      "data.csv, line 1: the comment ' x,y' is skipped, even if it should be the columns' names"
    ),
  ])
  func isReadWithAWarning(_ text: String, _ warning: String) throws {
    let table = try table(text)
    #expect(table.warnings.map(\.description) == [warning])
    guard case .ignore(let column) = table.warnings[0].remedy else { return }
    #expect(try self.table(text, TableFormat(ignoredColumns: ["\(column)"])).warnings.isEmpty)
  }

  // MARK: - What is refused

  @Test(arguments: [
    ("x;y\n-1,5;0,7\n", 2, 1, "'-1,5' is not a number unless the comma is a decimal mark"),
    ("1,5;0,7\n2,5;1\n", 1, 2, "'5;0' is not a number; perhaps cells are separated by semicolons"),
    ("x\ty\n1,5\t2\n", 2, 1, "'1,5' is not a number unless the comma is a decimal mark"),
    (
      "x,y\n\"1,234\",2\n", 2, 1,
      "'1,234' may be a number of thousands or one with a decimal comma: write it without the comma"
    ),
    ("x;y\n0,500;2\n", 2, 1, "'0,500' is not a number unless the comma is a decimal mark"),
    ("x y\n1 2\n", 1, nil, "the cells seem to be separated by spaces"),
    (
      "x|y\n1|2\n", 1, nil,
      "at least two columns are needed, found 1; cells are separated by ',', ';' or tabs"
    ),
    (
      "sep=|\nx|y\n1|2\n", 1, nil,
      "the separator '|' is not known; cells are separated by ',', ';', tabs or spaces"
    ),
    ("x,y\n1,NA\n", 2, 2, "'NA' is no value: rows with missing values must be left out"),
    ("x,y\n1,#N/A\n", 2, 2, "'#N/A' is no value: rows with missing values must be left out"),
    ("x,y\n1,-Inf\n", 2, 2, "'-Inf' is no value: rows with missing values must be left out"),
    ("NA,NA\n1,2\n", 1, 1, "'NA' is no value: rows with missing values must be left out"),
    ("x,y\n12%,3\n", 2, 1, "'12%' is a percentage: write it without the percent sign, in one unit"),
    ("12%,3%\n13%,4%\n", 1, 1, "'12%' is a percentage: write it without the percent sign, in one unit"),
    (
      "x,y\n[m],[s]\n1,2\n", 2, 1,
      "'[m]' is not a number, nor is any cell of this row: a second line of names or of units must begin with '#'"
    ),
    ("x,y\n1,2\n,\n3,4\n", 3, nil, "all cells of the row are empty"),
    ("x,y\n1,2,\n3,4,5\n", 2, 3, "the cell is empty"), ("x,y,\n1,2,\n3,4,5\n", 2, 3, "the cell is empty"),
    ("1,2,\n3,4,5\n", 1, 3, "the cell is empty"),
    ("x,y\n1,2,\n3,4\n", 3, nil, "found 2 cells, where the first row has 3"),
    ("x,y\n1,2,3,4\n", 2, nil, "found 4 cells, where the first row has 2"),
    ("x,y\n1 000,2\n", 2, 1, "'1 000' is not a number"), ("x,y\n5 kg,2\n", 2, 1, "'5 kg' is not a number"),
    ("x,y\nTRUE,2\n", 2, 1, "'TRUE' is not a number"), ("x,y\n$5,2\n", 2, 1, "'$5' is not a number"),
    ("x,y\n2020-01-31,2\n", 2, 1, "'2020-01-31' is not a number"),
    ("x,y\n1.234.567,2\n", 2, 1, "'1.234.567' is not a number"),
    ("x,y\n12'34,2\n", 2, 1, "'12'34' is not a number"),
    ("x,y\n\u{2013}1,2\n", 2, 1, "'\u{2013}1' is not a number"),
    ("x,y\n1\u{200B},2\n", 2, 1, "'1\\u{200B}' is not a number"),
    (
      "x,2019,2020\n1,2,3\n", 1, 1,
      "'x' is not a number, but '2019' in column 2 is: the first row must be all names or all numbers"
    ),
  ])
  func isRefused(_ text: String, _ line: Int, _ column: Int?, _ problem: String) throws {
    let error = #expect(throws: InputError.self) { try table(text) }
    #expect(error?.line == line && error?.column == column, "\(error as Any)")
    #expect(error?.problem.description == problem)
  }

  @Test(arguments: [
    ("x;y\n1.5;2\n", 2, "'1.5' has a decimal point, where a decimal comma is expected"),
    (
      "x;y\n1.500;2\n", 2,
      "'1.500' may be a number of thousands or one with a decimal point: write it without the point"
    ),
    ("x,y\n1,2\n", 1, "at least two columns are needed, found 1; cells are separated by ',', ';' or tabs"),
  ])
  func isRefusedWithDecimalCommas(_ text: String, _ line: Int, _ problem: String) throws {
    let error = #expect(throws: InputError.self) { try table(text, TableFormat(hasDecimalComma: true)) }
    #expect(error?.line == line)
    #expect(error?.problem.description == problem)
  }

  @Test(
    arguments: [
      (
        Array("PK".utf8) + [3, 4, 20, 0],
        "data.csv: the file is a spreadsheet or another ZIP archive, not text: save it as text with separated cells (CSV)"
      ),
      (
        [0x1F, 0x8B, 8, 0],
        "data.csv: the file is compressed by gzip, not text: save it as text with separated cells (CSV)"
      ),
      (
        [0xFF, 0xFE, 0x31, 0, 0x2C, 0, 0x00, 0xD8, 0x31, 0],
        "data.csv, line 1, column 2: '\\xFF1' is not valid UTF-8"
      ),
      ([0xFF, 0xFE, 0x31, 0, 0x2C, 0, 0x31], "data.csv, line 1, column 2: '\\xFF' is not valid UTF-8"),
      (
        [0xFF, 0xFE, 0, 0, 0x31, 0, 0, 0],
        "data.csv, line 1, column 1: there is a NUL byte; text in UTF-8, or in UTF-16 with a byte order mark, is expected"
      ),
    ] as [([UInt8], String)])
  func foreignFilesAreRefused(_ bytes: [UInt8], _ message: String) throws {
    let error = #expect(throws: InputError.self) { try DataTable<Rational>(csv: bytes, named: "data.csv") }
    #expect(error?.description == message)
  }

  @Test func theFilesSeparatorIsNotOverruledSilently() throws {
    let error = #expect(throws: InputError.self) {
      try table("sep=;\nx;y\n1;2\n", TableFormat(separator: .comma))
    }
    #expect(error?.problem == .otherSeparator(.semicolon, chosen: .comma))
  }

  @Test func quotedLineEndsAreCountedOnce() throws {
    for lineEnd in ["\n", "\r\n", "\r"] {
      let error = #expect(throws: InputError.self) { try table("\"a\(lineEnd)b\",y\(lineEnd)1,z\(lineEnd)") }
      #expect(error?.line == 3)
    }
  }
}
