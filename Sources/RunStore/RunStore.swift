import Foundation
import GRDB
import Interchange
import LandscapeModel

/// A run in an SQLite file: what it depends on, and the record of every finished block, each committed by a
/// transaction of its own.
///
/// Guarantees: when the process is killed at any moment, every block whose `save` has returned is kept; when
/// the whole machine fails, the last of them may be missing (they are then decided again), and the file is
/// not damaged. Records carry a hash of their content, and whatever is missing or changed in the file is
/// either found out when it is opened or decided again. While a store is open no other process can use it.
///
/// Beside the file SQLite keeps another one, `-wal`, until the store is closed; they belong together.
///
/// Cost: a transaction writes the block's record, some hundred bytes and about 500 for every local minimum.
public final class RunStore: Sendable {
  /// The blocks that had been finished when the store was opened, in order.
  public let finished: [BlockRecord]
  private let path: String
  private let queue: DatabaseQueue

  /// `AlMi`, which marks the file as ours.
  private static let applicationID = 0x416C_4D69
  /// The version of the tables.
  private static let format = 1

  /// Opens a store.
  ///
  /// - Parameters:
  ///   - resumes: whether to go on with the run in an existing file; a missing or empty one is begun anew
  ///     in any case.
  /// - Throws: `RunStoreError`.
  public init(path: String, for description: RunDescription, resumes: Bool) throws {
    self.path = path
    // As a full path no name has a special meaning to SQLite.
    let file = URL(fileURLWithPath: path).standardizedFileURL.path
    let size = try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
    guard resumes || (size ?? 0) == 0 else { throw RunStoreError(path: path, problem: .exists) }
    if let reason = Self.obstacle(to: file) { throw RunStoreError(path: path, problem: .unreadable(reason)) }
    (queue, finished) = try Self.open(file, description, path: path)
  }

  /// Of several processes that open a store at the same time one gets it: the others let go of their locks and try
  /// again after different times.
  private static func open(
    _ file: String, _ description: RunDescription, path: String
  ) throws -> (DatabaseQueue, [BlockRecord]) {
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      // Also keeps SQLite from sharing memory between processes, which not all file systems can do.
      try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
    }
    var attempts = 8
    while true {
      attempts -= 1
      do {
        let queue = try DatabaseQueue(path: file, configuration: configuration)
        let finished = try queue.inDatabase { database in
          try begin(database, description, path: path)
          return try readRecords(database, path: path)
        }
        return (queue, finished)
      } catch let error as DatabaseError {
        let problem = RunStoreError.Problem.opening(error)
        guard problem == .inUse, attempts > 0 else { throw RunStoreError(path: path, problem: problem) }
        Thread.sleep(forTimeInterval: .random(in: 0.01...0.15))
      }
    }
  }

  /// Why a file cannot be opened for reading and writing, in the system's words. Does not open it: to close it again
  /// would end the locks of other stores in this process.
  private static func obstacle(to file: String) -> String? {
    var status = stat()
    if stat(file, &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFREG: return access(file, R_OK | W_OK) == 0 ? nil : String(cString: strerror(errno))
      case S_IFDIR: return String(cString: strerror(EISDIR))
      default: return "it is no regular file"
      }
    }
    guard errno == ENOENT else { return String(cString: strerror(errno)) }
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    return access(folder, W_OK | X_OK) == 0 ? nil : String(cString: strerror(errno))
  }

  /// Commits a block. May be called from any thread.
  ///
  /// - Throws: `RunStoreError`; everything that was committed before is kept.
  public func save(_ record: BlockRecord) throws {
    let text = try JSONText.compact(record)
    try write { database in
      try database.execute(
        sql: "INSERT INTO block (number, record, sha256) VALUES (?, ?, ?)",
        arguments: [record.block, text, ContentHash.of(text.utf8)])
    }
  }

  /// Keeps the result of the finished run, for readers of the file.
  ///
  /// - Throws: `RunStoreError`.
  public func save(_ result: EnumerationResult) throws {
    let text = try JSONText.of(result)
    try write { database in
      try database.execute(sql: "INSERT OR REPLACE INTO result (id, json) VALUES (1, ?)", arguments: [text])
    }
  }

  /// Makes one file of all. Nothing can be saved afterwards.
  ///
  /// - Throws: `RunStoreError`.
  public func close() throws {
    do {
      try queue.close()
    } catch let error as DatabaseError {
      throw RunStoreError(path: path, problem: .writing(error))
    }
  }

  /// Has SQLite behave as on a disk with room for so many pages.
  package func limitSize(pages: Int) throws {
    try write { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
  }

  private func write(_ updates: (Database) throws -> Void) throws {
    do {
      try queue.write(updates)
    } catch let error as DatabaseError {
      throw RunStoreError(path: path, problem: .writing(error))
    }
  }

  // MARK: - Opening

  /// Takes the lock, checks the file, and makes the tables if there are none.
  private static func begin(_ database: Database, _ description: RunDescription, path: String) throws {
    // Before the first read, so that nothing is read from a file of another program.
    let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
    let identity = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    guard isEmpty || identity == applicationID else { throw RunStoreError(path: path, problem: .notAStore) }
    try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
    guard !isEmpty else {
      return try database.inTransaction(.immediate) {
        try create(database, description)
        return .commit
      }
    }
    // An empty transaction, to find out whether somebody else has the file.
    try database.inTransaction(.immediate) { .commit }
    let problems = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)")
    guard problems == ["ok"] else {
      throw RunStoreError(path: path, problem: .damaged(problems.first ?? "the check has no answer"))
    }
    guard try Int.fetchOne(database, sql: "PRAGMA user_version") == format else {
      throw RunStoreError(path: path, problem: .otherRun("its format is that of another version"))
    }
    let tables = try String.fetchSet(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
    guard tables.isSuperset(of: ["run", "block", "result"]) else {
      throw RunStoreError(path: path, problem: .damaged("a table is missing"))
    }
    try compare(database, description, path: path)
  }

  private static func create(_ database: Database, _ description: RunDescription) throws {
    let text = try JSONText.compact(description)
    try database.execute(
      sql: """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(format);
        CREATE TABLE run (id INTEGER PRIMARY KEY CHECK (id = 1), description TEXT NOT NULL, sha256 TEXT NOT NULL);
        CREATE TABLE block (number INTEGER PRIMARY KEY, record TEXT NOT NULL, sha256 TEXT NOT NULL);
        CREATE TABLE result (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL);
        CREATE VIEW statistics AS
          SELECT count(*) AS blocks,
            ifnull(sum(record ->> '$.decided.pruned'), 0) AS pruned,
            ifnull(sum(record ->> '$.decided.filter'), 0) AS filter,
            ifnull(sum(record ->> '$.decided.ball'), 0) AS ball,
            ifnull(sum(record ->> '$.decided.exact'), 0) AS exact,
            ifnull(sum(json_array_length(record, '$.minima')), 0) AS minima,
            ifnull(sum(json_array_length(record, '$.undecided')), 0) AS undecided
          FROM block;
        CREATE VIEW minimum AS
          SELECT number AS block, value AS minimum FROM block, json_each(record, '$.minima');
        CREATE VIEW undecided AS
          SELECT number AS block, value ->> '$.faces' AS faces, value ->> '$.reason' AS reason
          FROM block, json_each(record, '$.undecided');
        """)
    try database.execute(
      sql: "INSERT INTO run (id, description, sha256) VALUES (1, ?, ?)",
      arguments: [text, ContentHash.of(text.utf8)])
  }

  private static func compare(_ database: Database, _ description: RunDescription, path: String) throws {
    let row = try Row.fetchOne(database, sql: "SELECT description, sha256 FROM run")
    guard let text: String = row?["description"], let hash: String = row?["sha256"],
      ContentHash.of(text.utf8) == hash
    else { throw RunStoreError(path: path, problem: .damaged("the description of its run")) }
    guard text != (try JSONText.compact(description)) else { return }
    let stored = try? JSONText.decode(RunDescription.self, from: text)
    throw RunStoreError(
      path: path, problem: .otherRun(stored?.difference(from: description) ?? "of another version"))
  }

  private static func readRecords(_ database: Database, path: String) throws -> [BlockRecord] {
    var records: [BlockRecord] = []
    let rows = try Row.fetchCursor(database, sql: "SELECT number, record, sha256 FROM block ORDER BY number")
    while let row = try rows.next() {
      guard let text: String = row["record"], let hash: String = row["sha256"],
        ContentHash.of(text.utf8) == hash,
        let record = try? JSONText.decode(BlockRecord.self, from: text), record.block == row["number"],
        record.isPlausible
      else {
        let number: Int64? = row["number"]
        throw RunStoreError(path: path, problem: .damaged("the record of block \(number ?? 0)"))
      }
      records.append(record)
    }
    return records
  }
}

extension DatabaseError {
  fileprivate var reason: String { message ?? "SQLite error \(extendedResultCode.rawValue)" }
}

extension RunStoreError.Problem {
  /// What went wrong while something was written.
  fileprivate static func writing(_ error: DatabaseError) -> Self {
    error.resultCode == .SQLITE_CORRUPT ? .damaged(error.reason) : .unwritable(error.reason)
  }

  /// What went wrong while a store was opened.
  fileprivate static func opening(_ error: DatabaseError) -> Self {
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: .inUse
    case .SQLITE_NOTADB: .notAStore
    case .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_MISMATCH: .damaged(error.reason)
    case .SQLITE_FULL, .SQLITE_IOERR: .unwritable(error.reason)
    default: .unreadable(error.reason)
    }
  }
}
