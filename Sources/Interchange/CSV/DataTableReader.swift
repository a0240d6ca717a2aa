import Algebra

/// Builds a table from bytes as they arrive.
struct DataTableReader<Rational: ExactRational> {
  private static var byteOrderMark: [UInt8] { [0xEF, 0xBB, 0xBF] }

  private let source: String
  private var scanner: CSVScanner
  private var hash = ContentHash()
  /// The first bytes, until there are enough to tell a byte order mark.
  private var head: [UInt8]? = []
  private var columnNames: [String]?
  private var columnCount: Int?
  private var rows: [[Rational]] = []

  init(source: String) {
    self.source = source
    scanner = CSVScanner(source: source)
  }

  mutating func consume(_ bytes: UnsafeBufferPointer<UInt8>, _ control: Control) throws {
    hash.update(bytes)
    guard let start = head else { return try scan(bytes, control) }
    head = start + bytes
    guard start.count + bytes.count >= Self.byteOrderMark.count else { return }
    try scanHead(control)
  }

  mutating func finish(_ control: Control) throws -> DataTable<Rational> {
    try scanHead(control)
    var scanner = scanner
    try scanner.finish { try add($0, control) }
    guard columnCount != nil else { throw InputError(source: source, problem: .empty) }
    guard !rows.isEmpty else { throw InputError(source: source, problem: .noRows) }
    return DataTable(columnNames: columnNames, rows: rows, sha256: hash.hexadecimal)
  }

  private mutating func scanHead(_ control: Control) throws {
    guard let start = head else { return }
    head = nil
    let text = start.starts(with: Self.byteOrderMark) ? start.dropFirst(Self.byteOrderMark.count) : start[...]
    try text.withUnsafeBufferPointer { try scan($0, control) }
  }

  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, _ control: Control) throws {
    var scanner = scanner
    defer { self.scanner = scanner }
    try scanner.consume(bytes) { try add($0, control) }
  }

  // MARK: - Rows

  private mutating func add(_ row: CSVScanner.Row, _ control: Control) throws {
    try control.check()
    guard let columnCount else { return try addFirst(row) }
    guard row.cells.count == columnCount else {
      throw InputError(
        source: source, line: row.line,
        problem: .raggedRow(expected: columnCount, found: row.cells.count))
    }
    rows.append(
      try row.cells.enumerated().map { column, cell in
        switch Self.classify(cell) {
        case .number(let value): return value
        case .numeral(let problem), .other(let problem):
          throw InputError(source: source, line: row.line, column: column + 1, problem: problem)
        }
      })
  }

  private mutating func addFirst(_ row: CSVScanner.Row) throws {
    let kinds = row.cells.map(Self.classify)
    let firstNumber = kinds.firstIndex { $0.isNumeral }
    // What is no text at all is reported as such.
    for (column, kind) in kinds.enumerated() {
      guard case .other(let problem) = kind else { continue }
      if case .invalidUTF8 = problem { throw error(problem, row, column) }
    }
    guard row.cells.count >= 2 else {
      throw InputError(source: source, line: row.line, problem: .tooFewColumns(found: row.cells.count))
    }
    columnCount = row.cells.count
    guard let firstNumber else {
      columnNames = try names(row)
      return
    }
    if let column = kinds.firstIndex(where: { !$0.isNumeral }) {
      let problem = InputError.Problem.mixedFirstRow(
        text: Excerpt.of(row.cells[column]), number: Excerpt.of(row.cells[firstNumber]),
        numberColumn: firstNumber + 1)
      throw error(problem, row, column)
    }
    rows.append(
      try kinds.enumerated().map { column, kind in
        switch kind {
        case .number(let value): return value
        case .numeral(let problem), .other(let problem): throw error(problem, row, column)
        }
      })
  }

  private func names(_ row: CSVScanner.Row) throws -> [String] {
    var columns: [String: Int] = [:]
    return try row.cells.enumerated().map { column, cell in
      let name = String(decoding: cell, as: UTF8.self)
      if !name.isEmpty, let first = columns.updateValue(column, forKey: name) {
        throw error(.duplicateName(Excerpt.of(cell), firstColumn: first + 1), row, column)
      }
      return name
    }
  }

  private func error(_ problem: InputError.Problem, _ row: CSVScanner.Row, _ column: Int) -> InputError {
    InputError(source: source, line: row.line, column: column + 1, problem: problem)
  }

  // MARK: - Cells

  private enum CellKind {
    case number(Rational)
    /// Written like a number, but not one that can be used.
    case numeral(InputError.Problem)
    case other(InputError.Problem)

    var isNumeral: Bool {
      if case .other = self { return false }
      return true
    }
  }

  private static func classify(_ cell: [UInt8]) -> CellKind {
    guard !cell.isEmpty else { return .other(.emptyCell) }
    guard let text = String(validating: cell, as: UTF8.self) else {
      return .other(.invalidUTF8(Excerpt.of(cell)))
    }
    do {
      return .number(try Rational(exactly: text))
    } catch AlgebraError.divisionByZero {
      return .numeral(.zeroDenominator(Excerpt.of(cell)))
    } catch AlgebraError.tooLarge {
      return .numeral(.hugeNumber(Excerpt.of(cell)))
    } catch {
      return .other(.notANumber(Excerpt.of(cell)))
    }
  }
}
