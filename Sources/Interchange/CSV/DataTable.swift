import Algebra

/// A table of exact numbers with at least two columns and one row, read from comma-separated text.
///
/// Numbers are integers, decimals with an optional exponent, and fractions `p/q`; all are exact: `0.1` is one
/// tenth. There are column names iff no cell of the first row is a number; a first row that mixes names and
/// numbers is an error. The text is UTF-8, with or without a byte order mark, or UTF-16 with one. Lines that
/// begin with `#` are comments, empty columns at the end are left out, and so are empty rows at the end; a
/// first line `sep=;` names the separator.
public struct DataTable<Rational: ExactRational>: Sendable {
  /// The names of the columns, if the first row has them; may be empty, but are not repeated otherwise.
  public let columnNames: [String]?
  /// The numbers from 1 of the columns in the file, where ignored ones count.
  public let columnNumbers: [Int]
  /// The rows, all of the same length, at least 2.
  public let rows: [[Rational]]
  /// The SHA-256 of the bytes that were read, as 64 lower-case hexadecimal digits.
  public let sha256: String
  /// What may be meant otherwise than it was read.
  public let warnings: [TableWarning]

  /// Reads a file. Cost: linear in its size; only the numbers are kept.
  ///
  /// - Parameter control: polled while reading.
  /// - Throws: `InputError`, `ColumnError` for ignored columns that are not there, `Interruption`.
  public init(csv source: InputSource, format: TableFormat = TableFormat(), control: Control = Control())
    throws
  {
    var reader = DataTableReader<Rational>(source: source.name, format: format)
    try source.forEachChunk(control) { try reader.consume($0, control) }
    self = try reader.finish(control)
  }

  /// Reads bytes in memory.
  ///
  /// - Parameter name: what messages call them.
  /// - Throws: `InputError`, `ColumnError` for ignored columns that are not there.
  public init(csv bytes: [UInt8], named name: String, format: TableFormat = TableFormat()) throws {
    var reader = DataTableReader<Rational>(source: name, format: format)
    try bytes.withUnsafeBufferPointer { try reader.consume($0, Control()) }
    self = try reader.finish(Control())
  }

  init(
    columnNames: [String]?, columnNumbers: [Int], rows: [[Rational]], sha256: String, warnings: [TableWarning]
  ) {
    self.columnNames = columnNames
    self.columnNumbers = columnNumbers
    self.rows = rows
    self.sha256 = sha256
    self.warnings = warnings
  }
}
