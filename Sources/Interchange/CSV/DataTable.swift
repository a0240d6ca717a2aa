import Algebra

/// A table of exact numbers with at least two columns and one row, read from comma-separated text.
///
/// Numbers are integers, decimals with an optional exponent, and fractions `p/q`; all are exact: `0.1` is one
/// tenth. There are column names iff no cell of the first row is a number; a first row that mixes names and
/// numbers is an error. The text is UTF-8, with or without a byte order mark.
public struct DataTable<Rational: ExactRational>: Sendable {
  /// The names of the columns, if the first row has them; may be empty, but are not repeated otherwise.
  public let columnNames: [String]?
  /// The rows, all of the same length, at least 2.
  public let rows: [[Rational]]
  /// The SHA-256 of the bytes that were read, as 64 lower-case hexadecimal digits.
  public let sha256: String

  /// Reads a file. Cost: linear in its size; only the numbers are kept.
  ///
  /// - Parameter control: polled while reading.
  /// - Throws: `InputError`, `Interruption`.
  public init(csv source: InputSource, control: Control = Control()) throws {
    var reader = DataTableReader<Rational>(source: source.name)
    try source.forEachChunk(control) { try reader.consume($0, control) }
    self = try reader.finish(control)
  }

  /// Reads bytes in memory.
  ///
  /// - Parameter name: what messages call them.
  /// - Throws: `InputError`.
  public init(csv bytes: [UInt8], named name: String) throws {
    var reader = DataTableReader<Rational>(source: name)
    try bytes.withUnsafeBufferPointer { try reader.consume($0, Control()) }
    self = try reader.finish(Control())
  }

  init(columnNames: [String]?, rows: [[Rational]], sha256: String) {
    self.columnNames = columnNames
    self.rows = rows
    self.sha256 = sha256
  }
}
