/// Splits bytes into rows of cells as they arrive (RFC 4180, Shafranovich 2005, doi:10.17487/RFC4180).
///
/// Beyond the standard: other separators; rows end with LF, CRLF or CR; blank lines and lines that begin with
/// `#` are skipped; spaces around a cell are dropped.
struct CSVScanner {
  struct Row {
    /// The number of the line on which the row starts, from 1.
    let line: Int
    let cells: [[UInt8]]
    /// What separates the cells, if it is known yet.
    let separator: UInt8?
  }

  /// What a file may have at most; keeps an endless or absurd one from filling the memory.
  struct Limits {
    var cells = 2_000_000
    var cellLength = 20_000
  }

  private enum State {
    case unquoted
    case quoted
    /// Right after a quotation mark inside a quoted cell: it closes the cell unless another one follows.
    case quoteInQuoted
    case afterQuoted
    case comment
  }

  private static let longestRemark = 1000

  private let source: String
  private let limits: Limits
  private let candidates: [UInt8]
  /// The separator, as soon as it is known.
  private(set) var separator: UInt8?
  /// The last line before the first row that is skipped as a comment, without its `#`.
  private(set) var remark: (line: Int, text: [UInt8])?
  private var state = State.unquoted
  private var line = 1
  private var rowLine = 1
  private var quoteLine = 1
  private var previousWasCarriageReturn = false
  private var cell: [UInt8] = []
  private var cellIsQuoted = false
  private var row: [[UInt8]] = []
  private var cellCount = 0

  init(source: String, format: TableFormat = TableFormat(), limits: Limits = Limits()) {
    self.source = source
    self.limits = limits
    candidates = format.candidates
    separator = format.separator?.byte
  }

  private var isSeparatedBySpaces: Bool { separator == UInt8(ascii: " ") }

  /// Takes more bytes, and calls `body` for every row that they complete.
  mutating func consume(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Row) throws -> Void) throws {
    for byte in bytes {
      try consume(byte, body)
      previousWasCarriageReturn = byte == UInt8(ascii: "\r")
    }
  }

  /// Ends the last row if no line end did.
  mutating func finish(_ body: (Row) throws -> Void) throws {
    guard state != .quoted else {
      throw InputError(
        source: source, line: quoteLine, column: row.count + 1, problem: .unterminatedQuote)
    }
    if state != .comment { try endRow(body) }
  }

  private mutating func consume(_ byte: UInt8, _ body: (Row) throws -> Void) throws {
    guard byte != 0 else { throw error(.nulByte) }
    switch state {
    case .quoted: return try quoted(byte)
    case .comment where byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r"):
      if cellCount == 0, let text = remark?.text, text.count < Self.longestRemark {
        remark?.text.append(byte)
      }
      return
    default: break
    }
    switch byte {
    case UInt8(ascii: "\""):
      try quotationMark()
    case UInt8(ascii: "\n"):
      if previousWasCarriageReturn {
        // The second half of CRLF; the row has ended already.
        return
      }
      try endLine(body)
    case UInt8(ascii: "\r"):
      try endLine(body)
    case UInt8(ascii: "#") where state == .unquoted && rowIsBlank:
      cell.removeAll(keepingCapacity: true)
      if cellCount == 0 { remark = (line, []) }
      state = .comment
    case UInt8(ascii: " ") where isSeparatedBySpaces, UInt8(ascii: "\t") where isSeparatedBySpaces:
      if !cell.isEmpty || cellIsQuoted { try endCell() }
    case _ where separator == nil && candidates.contains(byte):
      separator = byte
      try endCell()
    case _ where byte == separator:
      try endCell()
    default:
      try plain(byte)
    }
  }

  private mutating func quoted(_ byte: UInt8) throws {
    // CRLF is one line end.
    if byte == UInt8(ascii: "\n") || previousWasCarriageReturn { line += 1 }
    if byte == UInt8(ascii: "\"") { state = .quoteInQuoted } else { try append(byte) }
  }

  private mutating func quotationMark() throws {
    switch state {
    case .quoteInQuoted:
      state = .quoted
      try append(UInt8(ascii: "\""))
    case .unquoted where cell.allSatisfy { $0 == UInt8(ascii: " ") }:
      cell.removeAll()
      cellIsQuoted = true
      quoteLine = line
      state = .quoted
    case .unquoted: try append(UInt8(ascii: "\""))
    case .quoted, .afterQuoted, .comment: throw error(.textAfterQuote)
    }
  }

  private mutating func plain(_ byte: UInt8) throws {
    if state == .unquoted { return try append(byte) }
    guard byte == UInt8(ascii: " ") else { throw error(.textAfterQuote) }
    state = .afterQuoted
  }

  private mutating func append(_ byte: UInt8) throws {
    guard cell.count < limits.cellLength else {
      // Most likely a quotation mark that is never closed.
      throw InputError(
        source: source, line: state == .quoted ? quoteLine : line, column: row.count + 1,
        problem: .tooLarge(limit: "\(limits.cellLength) bytes in a cell"))
    }
    cell.append(byte)
  }

  private mutating func endCell() throws {
    cellCount += 1
    guard cellCount <= limits.cells else {
      throw InputError(source: source, line: line, problem: .tooLarge(limit: "\(limits.cells) cells"))
    }
    row.append(cellIsQuoted ? cell : Self.trimmed(cell))
    cell.removeAll(keepingCapacity: true)
    cellIsQuoted = false
    state = .unquoted
  }

  private mutating func endLine(_ body: (Row) throws -> Void) throws {
    if state == .comment { state = .unquoted } else { try endRow(body) }
    line += 1
    rowLine = line
  }

  private mutating func endRow(_ body: (Row) throws -> Void) throws {
    if rowIsBlank {
      cell.removeAll(keepingCapacity: true)
      return
    }
    // Spaces at the end of a line separate nothing.
    if !isSeparatedBySpaces || !cell.isEmpty || cellIsQuoted { try endCell() }
    defer { row.removeAll() }
    try body(Row(line: rowLine, cells: row, separator: separator))
  }

  private var rowIsBlank: Bool { row.isEmpty && !cellIsQuoted && Self.trimmed(cell).isEmpty }

  private static func trimmed(_ cell: [UInt8]) -> [UInt8] {
    func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    guard let first = cell.firstIndex(where: { !isSpace($0) }),
      let last = cell.lastIndex(where: { !isSpace($0) })
    else { return [] }
    return Array(cell[first...last])
  }

  private func error(_ problem: InputError.Problem) -> InputError {
    InputError(source: source, line: line, column: row.count + 1, problem: problem)
  }
}
