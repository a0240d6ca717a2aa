import CSQLite

/// An SQLite file that is open. Whoever has it open waits for no locks of others.
package final class Database {
  /// What SQLite says went wrong.
  package struct Failure: Error, Hashable, CustomStringConvertible {
    /// The primary result code, such as `SQLITE_FULL`.
    package let code: Int32
    package let description: String
  }

  /// A value that takes the place of a `?`.
  package enum Value {
    case integer(Int)
    case text(String)
    case words([UInt64])
  }

  private var connection: OpaquePointer?

  /// Opens a file for reading and writing, and makes it if there is none.
  ///
  /// - Throws: `Failure`.
  package init(path: String) throws {
    let code = sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
    sqlite3_extended_result_codes(connection, 1)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  deinit { sqlite3_close_v2(connection) }

  /// - Throws: `Failure`.
  package func close() throws {
    try check(sqlite3_close(connection))
    connection = nil
  }

  /// Executes statements whose rows, if they have any, do not matter.
  ///
  /// - Throws: `Failure`.
  package func execute(_ statements: String) throws {
    try check(sqlite3_exec(connection, statements, nil, nil, nil))
  }

  /// Executes one statement, and hands over its rows one after the other.
  ///
  /// - Throws: `Failure`; what `body` throws.
  package func query(
    _ statement: String, _ values: [Value] = [], _ body: (borrowing Row) throws -> Void = { _ in }
  )
    throws
  {
    var prepared: OpaquePointer?
    defer { sqlite3_finalize(prepared) }
    try check(sqlite3_prepare_v2(connection, statement, -1, &prepared, nil))
    for (index, value) in values.enumerated() {
      let place = Int32(index + 1)
      switch value {
      case .integer(let number): try check(sqlite3_bind_int64(prepared, place, Int64(number)))
      case .text(let text): try check(Self.bind(text, to: prepared, at: place))
      case .words(let words): try check(Self.bind(words, to: prepared, at: place))
      }
    }
    while true {
      switch sqlite3_step(prepared) {
      case SQLITE_ROW: try body(Row(statement: prepared))
      case SQLITE_DONE: return
      case let code: throw failure(code)
      }
    }
  }

  /// The first column of every row, where it is text.
  ///
  /// - Throws: `Failure`.
  package func texts(_ statement: String) throws -> [String] {
    var list: [String] = []
    try query(statement) { if let text = $0.text(0) { list.append(text) } }
    return list
  }

  /// The number in the first column of the first row; `nil` if there is none.
  ///
  /// - Throws: `Failure`.
  package func integer(_ statement: String) throws -> Int? {
    var list: [Int] = []
    try query(statement) { if let number = $0.integer(0) { list.append(number) } }
    return list.first
  }

  /// Does all that `body` does, or nothing of it. The file is locked before anything is read.
  ///
  /// - Throws: `Failure`; what `body` throws.
  package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // After some errors SQLite has already rolled back by itself.
      if sqlite3_get_autocommit(connection) == 0 { try execute("ROLLBACK") }
      throw error
    }
  }

  private static func bind(_ text: String, to statement: OpaquePointer?, at place: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      // The text is copied: it is gone when the statement is executed.
      let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      return bytes.withMemoryRebound(to: CChar.self) {
        // An empty text has no address, which would bind NULL.
        guard let start = $0.baseAddress else { return sqlite3_bind_text(statement, place, "", 0, copies) }
        return sqlite3_bind_text64(
          statement, place, start, UInt64($0.count), copies, UInt8(SQLITE_UTF8))
      }
    }
  }

  private static func bind(_ words: [UInt64], to statement: OpaquePointer?, at place: Int32) -> Int32 {
    words.withUnsafeBytes { bytes in
      // Copied, as a text is.
      let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      guard let start = bytes.baseAddress else { return sqlite3_bind_zeroblob(statement, place, 0) }
      return sqlite3_bind_blob64(statement, place, start, UInt64(bytes.count), copies)
    }
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw failure(code) }
  }

  private func failure(_ code: Int32) -> Failure {
    Failure(
      code: code & 0xFF,
      description: connection == nil ? "the file is closed" : String(cString: sqlite3_errmsg(connection)))
  }
}

extension Database {
  /// The present row of a statement that is being executed.
  package struct Row: ~Copyable {
    fileprivate let statement: OpaquePointer?

    /// The value of a column, counted from 0; `nil` if it is no integer.
    package func integer(_ column: Int32) -> Int? {
      guard sqlite3_column_type(statement, column) == SQLITE_INTEGER else { return nil }
      return Int(sqlite3_column_int64(statement, column))
    }

    /// The value of a column, counted from 0; `nil` if it is no text.
    package func text(_ column: Int32) -> String? {
      guard sqlite3_column_type(statement, column) == SQLITE_TEXT,
        let start = sqlite3_column_text(statement, column)
      else { return nil }
      let count = Int(sqlite3_column_bytes(statement, column))
      return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The value of a column, counted from 0; `nil` if it is no sequence of words.
    package func words(_ column: Int32) -> [UInt64]? {
      guard sqlite3_column_type(statement, column) == SQLITE_BLOB else { return nil }
      let count = Int(sqlite3_column_bytes(statement, column))
      guard count % 8 == 0 else { return nil }
      var words = [UInt64](repeating: 0, count: count / 8)
      words.withUnsafeMutableBytes { target in
        target.copyMemory(
          from: UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, column), count: count))
      }
      return words
    }
  }
}
