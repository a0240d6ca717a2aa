import Algebra

/// Builds a table from bytes as they arrive.
struct DataTableReader<Rational: ExactRational> {
  private let source: String
  private var format: TableFormat
  private var hash = ContentHash()
  private var decoder: TextDecoder
  /// The first bytes of the text, until there are enough to tell a line that names the separator.
  private var head: [UInt8]? = []
  private var scanner: CSVScanner
  private var header: CSVScanner.Row?
  private var firstRow: CSVScanner.Row?
  private var shape: TableShape?
  private var rows: [[Rational]] = []
  /// The first of the empty rows at the end.
  private var emptyLine: Int?

  init(source: String, format: TableFormat = TableFormat()) {
    self.source = source
    self.format = format
    decoder = TextDecoder(source: source)
    scanner = CSVScanner(source: source, format: format)
  }

  mutating func consume(_ bytes: UnsafeBufferPointer<UInt8>, _ control: Control) throws {
    hash.update(bytes)
    var decoder = decoder
    defer { self.decoder = decoder }
    try decoder.decode(bytes) { try take($0, control) }
  }

  mutating func finish(_ control: Control) throws -> DataTable<Rational> {
    var decoder = decoder
    try decoder.finish { try take($0, control) }
    try scanHead(control)
    var scanner = scanner
    try scanner.finish { try add($0, control) }
    self.scanner = scanner
    guard header != nil || shape != nil else { throw InputError(source: source, problem: .empty) }
    guard let shape else { throw InputError(source: source, problem: .noRows) }
    let names = shape.names.map { names in shape.kept.map { names[$0] } }
    return DataTable(
      columnNames: names, columnNumbers: shape.kept.map { $0 + 1 }, rows: rows, sha256: hash.hexadecimal,
      warnings: warnings(shape))
  }

  // MARK: - The beginning of the text

  private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>, _ control: Control) throws {
    guard let start = head else { return try scan(bytes, control) }
    head = start + bytes
    guard start.count + bytes.count >= SeparatorLine.length else { return }
    try scanHead(control)
  }

  private mutating func scanHead(_ control: Control) throws {
    guard let start = head else { return }
    head = nil
    let line = try SeparatorLine(start, source: source)
    if let separator = line?.separator {
      if let chosen = format.separator, chosen != separator {
        throw InputError(source: source, line: 1, problem: .otherSeparator(separator, chosen: chosen))
      }
      format.separator = separator
      scanner = CSVScanner(source: source, format: format)
    }
    try start[(line?.length ?? 0)...].withUnsafeBufferPointer { try scan($0, control) }
  }

  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, _ control: Control) throws {
    var scanner = scanner
    defer { self.scanner = scanner }
    try scanner.consume(bytes) { try add($0, control) }
  }

  // MARK: - Rows

  private mutating func add(_ row: CSVScanner.Row, _ control: Control) throws {
    try control.check()
    if row.cells.count > 1, row.cells.allSatisfy(\.isEmpty) {
      emptyLine = emptyLine ?? row.line
      return
    }
    if let emptyLine, !rows.isEmpty { throw InputError(source: source, line: emptyLine, problem: .emptyRow) }
    emptyLine = nil
    if shape != nil { return try addNumbers(row) }
    if header != nil { return try beginNumbers(row) }
    if try isHeader(row) {
      guard row.cells.count >= 2 else { throw tooFewColumns(row) }
      try checkNames(row)
      header = row
    } else {
      try beginNumbers(row)
    }
  }

  /// The first row of numbers.
  private mutating func beginNumbers(_ row: CSVScanner.Row) throws {
    let shape = try TableShape(header: header?.cells, row: row.cells, ignoring: format.ignoredColumns)
    guard let shape else { throw raggedRow(row, expected: header?.cells.count ?? 0) }
    guard shape.kept.count >= 2 else { throw tooFewColumns(row, found: shape.kept.count) }
    if header != nil, shape.kept.allSatisfy({ isForeignText(row, $0) }) {
      throw error(.secondHeader(Excerpt.of(row.cells[shape.kept[0]])), row, shape.kept[0])
    }
    self.shape = shape
    firstRow = row
    try addNumbers(row)
  }

  private mutating func addNumbers(_ row: CSVScanner.Row) throws {
    guard let shape, let firstRow else { return }
    guard row.cells.count == shape.cellCount else { throw raggedRow(row, expected: shape.cellCount) }
    if row.cells[shape.columnCount...].contains(where: { !$0.isEmpty }) {
      // There is one more column, but not in the first row.
      throw error(.emptyCell, firstRow, shape.columnCount)
    }
    rows.append(
      try shape.kept.map { column in
        let cell = cell(row, column)
        if let value = cell.value { return value }
        throw error(explained(cell.problem ?? .emptyCell, row, column), row, column)
      })
  }

  private func cell(_ row: CSVScanner.Row, _ column: Int) -> NumberCell<Rational> {
    NumberCell(row.cells[column], hasDecimalComma: format.hasDecimalComma)
  }

  /// Whether a cell has nothing to do with numbers.
  private func isForeignText(_ row: CSVScanner.Row, _ column: Int) -> Bool {
    guard let problem = cell(row, column).problem else { return false }
    if case .notANumber = explained(problem, row, column) { return true }
    return false
  }

  /// Whether the first row consists of names.
  private func isHeader(_ row: CSVScanner.Row) throws -> Bool {
    // Nobody knows yet which names are ignored, but then there must be some.
    let ignored = Set(format.ignoredColumns.compactMap { Int($0) }.map { $0 - 1 })
    let filled = (row.cells.lastIndex { !$0.isEmpty } ?? 0) + 1
    let columns = (0..<filled).filter { !ignored.contains($0) }
    let cells = columns.map { cell(row, $0) }
    for (column, cell) in zip(columns, cells) {
      // What is no text at all is reported as such.
      if case .text(let problem) = cell, case .invalidUTF8 = problem { throw error(problem, row, column) }
    }
    guard let number = cells.firstIndex(where: \.isNumeral) else {
      return cells.isEmpty || !cells.allSatisfy(\.isMissing)
    }
    for (column, cell) in zip(columns, cells) {
      guard case .text(let problem) = cell else { continue }
      let explained = explained(problem, row, column)
      guard explained == problem else { throw error(explained, row, column) }
      throw error(
        .mixedFirstRow(
          text: Excerpt.of(row.cells[column]), number: Excerpt.of(row.cells[columns[number]]),
          numberColumn: columns[number] + 1), row, column)
    }
    return false
  }

  private func checkNames(_ row: CSVScanner.Row) throws {
    var columns: [[UInt8]: Int] = [:]
    for (column, cell) in row.cells.enumerated() where !cell.isEmpty {
      guard let first = columns.updateValue(column, forKey: cell) else { continue }
      throw error(.duplicateName(Excerpt.of(cell), firstColumn: first + 1), row, column)
    }
  }

  // MARK: - Errors

  private func error(_ problem: InputError.Problem, _ row: CSVScanner.Row, _ column: Int) -> InputError {
    InputError(source: source, line: row.line, column: column + 1, problem: problem)
  }

  private func raggedRow(_ row: CSVScanner.Row, expected: Int) -> InputError {
    InputError(
      source: source, line: row.line,
      problem: .raggedRow(expected: expected, found: row.cells.count))
  }

  private func tooFewColumns(_ row: CSVScanner.Row, found: Int = 1) -> InputError {
    let space = UInt8(ascii: " ")
    let isSpaced = row.cells.count == 1 && row.cells[0].contains(space) && row.separator == nil
    return InputError(
      source: source, line: row.line,
      problem: isSpaced ? .separatedBySpaces : .tooFewColumns(found: found))
  }

  /// A cell that contains what usually separates cells was perhaps not cut.
  private func explained(
    _ problem: InputError.Problem, _ row: CSVScanner.Row, _ column: Int
  ) -> InputError.Problem {
    guard case .notANumber(let text) = problem else { return problem }
    let others: [TableFormat.Separator] = [.semicolon, .tab]
    let other = others.first { row.cells[column].contains($0.byte) && $0.byte != row.separator }
    return other.map { .uncutCell(text, $0) } ?? problem
  }

  // MARK: - Warnings

  private func warnings(_ shape: TableShape) -> [TableWarning] {
    var doubts: [TableWarning.Doubt] = []
    for (place, column) in shape.kept.enumerated() {
      let name = shape.names?[column]
      let isNameless =
        name.map { $0.isEmpty || $0.hasPrefix("Unnamed: ") } ?? (column == 0 && shape.kept.count > 2)
      guard isNameless else { continue }
      if countsRows(place) {
        doubts.append(.countsRows(column: column + 1, name: Excerpt.of(Array((name ?? "").utf8))))
      } else if name?.isEmpty == true {
        doubts.append(.nameless(column: column + 1))
      }
    }
    if shape.names == nil, let firstRow, rows.count > 1 {
      if rows[0].enumerated().allSatisfy({ $1 == Rational($0) }) {
        doubts.append(.firstRowCountsColumns(line: firstRow.line))
      }
      if let remark = scanner.remark, remark.line < firstRow.line,
        looksLikeNames(remark.text, firstRow.cells.count)
      {
        doubts.append(.namesInComment(line: remark.line, text: Excerpt.of(remark.text)))
      }
    }
    return doubts.map { TableWarning(source: source, doubt: $0) }
  }

  private func countsRows(_ place: Int) -> Bool {
    guard rows.count > 1, rows[0][place] == 0 || rows[0][place] == 1 else { return false }
    let first = rows[0][place]
    return rows.enumerated().allSatisfy { $1[place] == first + Rational($0) }
  }

  private func looksLikeNames(_ text: [UInt8], _ count: Int) -> Bool {
    guard let separator = scanner.separator else { return false }
    return text.split(separator: separator).count == count
  }
}

/// A first line such as `sep=;`, by which spreadsheets learn the separator.
private struct SeparatorLine {
  static let length = 8

  let separator: TableFormat.Separator
  /// The number of its bytes, without the line end.
  let length: Int

  /// - Parameter text: at least the first eight bytes of the text, if it has as many.
  /// - Throws: `InputError` if the line names a separator that is not known.
  init?(_ text: [UInt8], source: String) throws {
    let line = text.prefix(Self.length).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let quote = UInt8(ascii: "\"")
    let isQuoted = line.first == quote && line.last == quote && line.count == 7
    let inner = isQuoted ? line.dropFirst().dropLast() : line
    guard inner.count == 5, String(decoding: inner.prefix(4), as: UTF8.self).lowercased() == "sep=",
      let byte = inner.last
    else { return nil }
    guard let separator = TableFormat.Separator(byte: byte) else {
      throw InputError(source: source, line: 1, problem: .unknownSeparator(Excerpt.of([byte])))
    }
    self.separator = separator
    length = line.count
  }
}
