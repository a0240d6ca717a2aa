import CSQLite
import Interchange
import LandscapeModel
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A run in an SQLite file: what it depends on, the record of every finished block, what was decided of blocks when the
/// run was interrupted, and the pieces of its screening table, each committed by a transaction of its own.
///
/// Guarantees: when the process is killed at any moment, every block whose `save` has returned is kept; when
/// the whole machine fails, the last of them may be missing (they are then decided again), and the file is
/// not damaged. Records carry a hash of their content, and whatever is missing or changed in the file is
/// either found out when it is opened or decided again. While a store is open no other process can use it.
///
/// Beside the file SQLite keeps another one, `-wal`, until the store is closed; they belong together.
///
/// Cost: a transaction writes the block's record, some hundred bytes and about 500 for every local minimum. A piece of
/// the table has a bit for every face and each of its sets; the pieces are removed when the result is saved.
public final class RunStore: Sendable {
  /// What had been done when the store was opened, in the order of the blocks.
  public let past: RunPast
  private let path: String
  /// Whoever uses it has it alone.
  private let database: Mutex<Database>

  /// `AlMi`, which marks the file as ours.
  private static let applicationID = 0x416C_4D69
  /// The version of the tables.
  private static let format = 2

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
    let database = try Self.open(file, description, path: path)
    do {
      past = RunPast(
        finished: try Self.readRecords("block", database, path: path),
        begun: try Self.readRecords("begun", database, path: path),
        screening: try Self.readScreening(database))
    } catch let error as Database.Failure {
      throw RunStoreError(path: path, problem: .opening(error))
    }
    self.database = Mutex(database)
  }

  /// Of several processes that open a store at the same time one gets it: the others let go of their locks and try
  /// again after different times.
  private static func open(
    _ file: String, _ description: RunDescription, path: String
  ) throws -> sending Database {
    var attempts = 8
    while true {
      attempts -= 1
      do {
        let database = try Database(path: file)
        // Also keeps SQLite from sharing memory between processes, which not all file systems can do.
        try database.execute("PRAGMA locking_mode = EXCLUSIVE")
        try begin(database, description, path: path)
        return database
      } catch let error as Database.Failure {
        let problem = RunStoreError.Problem.opening(error)
        guard problem == .inUse, attempts > 0 else { throw RunStoreError(path: path, problem: problem) }
        usleep(.random(in: 10_000...150_000))
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

  /// Commits a piece of work. May be called from any thread.
  ///
  /// - Throws: `RunStoreError`; everything that was committed before is kept.
  public func save(_ work: RunWork) throws {
    switch work {
    case .finished(let record):
      let text = try JSONText.compact(record)
      try write { database in
        try database.query(
          "INSERT INTO block (number, record, sha256) VALUES (?, ?, ?)",
          [.integer(record.block), .text(text), .text(ContentHash.of(text.utf8))])
        try database.query("DELETE FROM begun WHERE number = ?", [.integer(record.block)])
      }
    case .begun(let record):
      let text = try JSONText.compact(record)
      try write { database in
        try database.query(
          "INSERT OR REPLACE INTO begun (number, record, sha256) VALUES (?, ?, ?)",
          [.integer(record.block), .text(text), .text(ContentHash.of(text.utf8))])
      }
    case .screening(let piece):
      try write { database in
        try database.query(
          "INSERT OR REPLACE INTO screening (size, number, bits, sha256) VALUES (?, ?, ?, ?)",
          [
            .integer(piece.size), .integer(piece.number), .words(piece.words),
            .text(Self.hash(of: piece.words)),
          ])
      }
    }
  }

  /// Keeps the result of the finished run, for readers of the file.
  ///
  /// - Throws: `RunStoreError`.
  public func save(_ result: EnumerationResult) throws {
    let text = try JSONText.of(result)
    try write { database in
      try database.query("INSERT OR REPLACE INTO result (id, json) VALUES (1, ?)", [.text(text)])
      try database.execute("DELETE FROM screening")
    }
  }

  /// Makes one file of all. Nothing can be saved afterwards.
  ///
  /// - Throws: `RunStoreError`.
  public func close() throws {
    do {
      try database.withLock { try $0.close() }
    } catch let error as Database.Failure {
      throw RunStoreError(path: path, problem: .writing(error))
    }
  }

  /// Has SQLite behave as on a disk with room for so many pages.
  package func limitSize(pages: Int) throws {
    try write { try $0.execute("PRAGMA max_page_count = \(pages)") }
  }

  private func write(_ updates: @Sendable (Database) throws -> Void) throws {
    do {
      try database.withLock { database in try database.transaction { try updates(database) } }
    } catch let error as Database.Failure {
      throw RunStoreError(path: path, problem: .writing(error))
    }
  }

  // MARK: - Opening

  /// Takes the lock, checks the file, and makes the tables if there are none.
  private static func begin(_ database: Database, _ description: RunDescription, path: String) throws {
    // Before the first read, so that nothing is read from a file of another program.
    let isEmpty = try database.integer("SELECT count(*) FROM sqlite_master") == 0
    let identity = try database.integer("PRAGMA application_id") ?? 0
    guard isEmpty || identity == applicationID else { throw RunStoreError(path: path, problem: .notAStore) }
    try database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
    guard !isEmpty else {
      return try database.transaction { try create(database, description) }
    }
    // An empty transaction, to find out whether somebody else has the file.
    try database.transaction {}
    let problems = try database.texts("PRAGMA integrity_check(1)")
    guard problems == ["ok"] else {
      throw RunStoreError(path: path, problem: .damaged(problems.first ?? "the check has no answer"))
    }
    guard try database.integer("PRAGMA user_version") == format else {
      throw RunStoreError(path: path, problem: .otherRun("its format is that of another version"))
    }
    let tables = try database.texts("SELECT name FROM sqlite_master WHERE type = 'table'")
    guard ["run", "block", "begun", "screening", "result"].allSatisfy(tables.contains) else {
      throw RunStoreError(path: path, problem: .damaged("a table is missing"))
    }
    try compare(database, description, path: path)
  }

  private static func create(_ database: Database, _ description: RunDescription) throws {
    let text = try JSONText.compact(description)
    try database.execute(
      """
      PRAGMA application_id = \(applicationID);
      PRAGMA user_version = \(format);
      CREATE TABLE run (id INTEGER PRIMARY KEY CHECK (id = 1), description TEXT NOT NULL, sha256 TEXT NOT NULL);
      CREATE TABLE block (number INTEGER PRIMARY KEY, record TEXT NOT NULL, sha256 TEXT NOT NULL);
      CREATE TABLE begun (number INTEGER PRIMARY KEY, record TEXT NOT NULL, sha256 TEXT NOT NULL);
      CREATE TABLE screening (
        size INTEGER NOT NULL, number INTEGER NOT NULL, bits BLOB NOT NULL, sha256 TEXT NOT NULL,
        PRIMARY KEY (size, number));
      CREATE TABLE result (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL);
      CREATE VIEW statistics AS
        SELECT count(*) AS blocks,
          ifnull(sum(record ->> '$.decided.groups'), 0) AS groups,
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
    try database.query(
      "INSERT INTO run (id, description, sha256) VALUES (1, ?, ?)",
      [.text(text), .text(ContentHash.of(text.utf8))])
  }

  private static func compare(_ database: Database, _ description: RunDescription, path: String) throws {
    var row: (text: String?, hash: String?) = (nil, nil)
    try database.query("SELECT description, sha256 FROM run") { row = ($0.text(0), $0.text(1)) }
    guard let text = row.text, ContentHash.of(text.utf8) == row.hash
    else { throw RunStoreError(path: path, problem: .damaged("the description of its run")) }
    guard text != (try JSONText.compact(description)) else { return }
    let stored = try? JSONText.decode(RunDescription.self, from: text)
    throw RunStoreError(
      path: path, problem: .otherRun(stored?.difference(from: description) ?? "of another version"))
  }

  private static func readRecords(
    _ table: String, _ database: Database, path: String
  ) throws -> [BlockRecord] {
    var records: [BlockRecord] = []
    try database.query("SELECT number, record, sha256 FROM \(table) ORDER BY number") { row in
      let number = row.integer(0)
      guard let text = row.text(1), ContentHash.of(text.utf8) == row.text(2),
        let record = try? JSONText.decode(BlockRecord.self, from: text), record.block == number,
        record.isPlausible
      else { throw RunStoreError(path: path, problem: .damaged("the record of block \(number ?? 0)")) }
      records.append(record)
    }
    return records
  }

  /// Pieces that were changed are left out: they are made again.
  private static func readScreening(_ database: Database) throws -> [ScreeningPiece] {
    var pieces: [ScreeningPiece] = []
    try database.query("SELECT size, number, bits, sha256 FROM screening") { row in
      if let size = row.integer(0), let number = row.integer(1), let words = row.words(2),
        hash(of: words) == row.text(3)
      {
        pieces.append(ScreeningPiece(size: size, number: number, words: words))
      }
    }
    return pieces
  }

  private static func hash(of words: [UInt64]) -> String {
    var hash = ContentHash()
    words.withUnsafeBytes { hash.update($0.bindMemory(to: UInt8.self)) }
    return hash.hexadecimal
  }
}

extension RunStoreError.Problem {
  /// What went wrong while something was written.
  fileprivate static func writing(_ error: Database.Failure) -> Self {
    error.code == SQLITE_CORRUPT ? .damaged(error.description) : .unwritable(error.description)
  }

  /// What went wrong while a store was opened.
  fileprivate static func opening(_ error: Database.Failure) -> Self {
    switch error.code {
    case SQLITE_BUSY, SQLITE_LOCKED: .inUse
    case SQLITE_NOTADB: .notAStore
    case SQLITE_CORRUPT, SQLITE_ERROR, SQLITE_MISMATCH: .damaged(error.description)
    case SQLITE_FULL, SQLITE_IOERR: .unwritable(error.description)
    default: .unreadable(error.description)
    }
  }
}
