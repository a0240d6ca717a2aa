import Algebra
import FlintEngine
import Foundation
import LandscapeModel
import Landscapes
import RunStore
import Strata
import Testing

/// The file that keeps a run.
@Suite struct RunStoreTests {
  private let folder: URL
  private var path: String { folder.appendingPathComponent("run.sqlite").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("run-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private static func enumeration(ridge: Int = 2) throws -> Enumeration<FlintEngine> {
    let x: [FlintEngine.Rational] = [-2, -1, 0, 1, 2, 3, 4]
    return try Enumeration(
      Problem(
        inputs: x.map { [$0] }, targets: [1, -2, 3, 0, -1, 2, 1], units: 4,
        ridge: FlintEngine.Rational(ridge)))
  }

  /// A store with all blocks of a run.
  private func finishedStore() throws -> Enumeration<FlintEngine> {
    let enumeration = try Self.enumeration()
    let store = try RunStore(path: path, for: enumeration.description, resumes: false)
    let run = EnumerationRun(past: .init(), keep: store.save)
    try store.save(enumeration.run(run))
    try store.close()
    return enumeration
  }

  private func remove() throws { try FileManager.default.removeItem(at: folder) }

  @Test func recordsSurvive() throws {
    let enumeration = try finishedStore()
    let expected = try enumeration.run()
    // One file, for nobody uses it.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["run.sqlite"])
    let store = try RunStore(path: path, for: enumeration.description, resumes: true)
    #expect(store.past.finished.map(\.block) == Array(0..<enumeration.blocks.count))
    let run = EnumerationRun(finished: store.past.finished) { _ in Issue.record("a block is decided again") }
    #expect(try enumeration.run(run) == expected)
    try store.close()
    try remove()
  }

  @Test func aMissingTableIsDamage() throws {
    let enumeration = try finishedStore()
    let database = try Database(path: path)
    try database.execute("DROP TABLE result")
    try database.close()
    let error = #expect(throws: RunStoreError.self) {
      try RunStore(path: path, for: enumeration.description, resumes: true)
    }
    #expect(error?.problem == .damaged("a table is missing"))
    try remove()
  }

  /// What other programs read.
  @Test func viewsShowTheRun() throws {
    let enumeration = try finishedStore()
    let result = try enumeration.run()
    let database = try Database(path: path)
    let decided = result.strata.decided
    var statistics: [Int?] = []
    try database.query("SELECT blocks, pruned, filter, ball, exact, minima FROM statistics") { row in
      statistics = (0..<6).map { row.integer($0) }
    }
    #expect(
      try statistics == [
        enumeration.blocks.count, decided.pruned, decided.filter, decided.ball, decided.exact,
        database.integer("SELECT count(*) FROM minimum"),
      ])
    let json = try #require(try database.texts("SELECT json FROM result").first)
    #expect(try JSONDecoder().decode(EnumerationResult.self, from: Data(json.utf8)) == result)
    try database.close()
    try remove()
  }

  @Test func aFailedTransactionLeavesNothing() throws {
    struct Stop: Error {}
    let database = try Database(path: path)
    try database.execute("CREATE TABLE t (number INTEGER PRIMARY KEY, name TEXT)")
    try database.transaction { try database.query("INSERT INTO t VALUES (?, ?)", [.integer(-1), .text("")]) }
    #expect(throws: Stop.self) {
      try database.transaction {
        try database.query("INSERT INTO t VALUES (2, 'b')")
        throw Stop()
      }
    }
    let failure = #expect(throws: Database.Failure.self) {
      try database.transaction {
        try database.query("INSERT INTO t VALUES (3, 'c')")
        try database.query("INSERT INTO t VALUES (-1, 'd')")
      }
    }
    #expect(failure?.description == "UNIQUE constraint failed: t.number")
    var rows: [String] = []
    try database.query("SELECT name, number FROM t") {
      rows.append("\($0.text(0) ?? "?") \($0.integer(1) ?? 0)")
    }
    #expect(rows == [" -1"])
    try database.close()
    let closed = #expect(throws: Database.Failure.self) { try database.execute("SELECT 1") }
    #expect(closed?.description == "the file is closed")
    try remove()
  }

  @Test func anExistingFileIsNotOverwritten() throws {
    let description = try finishedStore().description
    expect(.exists) { try RunStore(path: path, for: description, resumes: false) }
    try remove()
  }

  /// As after a kill before anything was written.
  @Test(arguments: [true, false])
  func anEmptyFileIsANewStore(resumes: Bool) throws {
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let store = try RunStore(path: path, for: Self.enumeration().description, resumes: resumes)
    #expect(store.past.finished.isEmpty)
    try store.close()
    try remove()
  }

  @Test func aStoreOfAnotherRunIsRefused() throws {
    var description = try finishedStore().description
    description.version = "0.0.0"
    expect(.otherRun("version \(AllMinimaVersion.current), not 0.0.0")) {
      try RunStore(path: path, for: description, resumes: true)
    }
    expect(.otherRun("ridge 2, not 3")) {
      try RunStore(path: path, for: Self.enumeration(ridge: 3).description, resumes: true)
    }
    try remove()
  }

  @Test func otherFilesAreRefused() throws {
    let description = try Self.enumeration().description
    try Data(String(repeating: "not a database\n", count: 500).utf8).write(to: URL(fileURLWithPath: path))
    expect(.notAStore) { try RunStore(path: path, for: description, resumes: true) }
    try FileManager.default.removeItem(atPath: path)
    let database = try Database(path: path)
    try database.execute("CREATE TABLE other (id INTEGER)")
    try database.close()
    expect(.notAStore) { try RunStore(path: path, for: description, resumes: true) }
    #expect(throws: RunStoreError.self) {
      try RunStore(path: folder.path, for: description, resumes: true)
    }
    #expect(throws: RunStoreError.self) {
      try RunStore(path: "/no/such/folder/run.sqlite", for: description, resumes: true)
    }
    try remove()
  }

  @Test func aSecondWriterIsRefused() throws {
    let description = try Self.enumeration().description
    let store = try RunStore(path: path, for: description, resumes: false)
    expect(.inUse) { try RunStore(path: path, for: description, resumes: true) }
    try store.close()
    try RunStore(path: path, for: description, resumes: true).close()
    try remove()
  }

  /// A changed bit or a missing end is found out, or does not matter: what is read is what was written.
  @Test func damageIsDetected() throws {
    let enumeration = try finishedStore()
    let records = try RunStore(path: path, for: enumeration.description, resumes: true).past.finished
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var generator = SeededGenerator(seed: 5)
    var detected = 0
    for trial in 0..<120 {
      var damaged = whole
      if trial % 3 == 0 {
        damaged = damaged.prefix(Int.random(in: 1..<whole.count, using: &generator))
      } else {
        let byte = Int.random(in: 0..<whole.count, using: &generator)
        damaged[byte] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      let copy = folder.appendingPathComponent("\(trial).sqlite")
      try damaged.write(to: copy)
      do {
        let store = try RunStore(path: copy.path, for: enumeration.description, resumes: true)
        #expect(store.past.finished.allSatisfy(records.contains), "trial \(trial)")
      } catch let error as RunStoreError {
        detected += 1
        switch error.problem {
        case .damaged, .notAStore, .otherRun, .unreadable: break
        default: Issue.record("trial \(trial): \(error)")
        }
      }
    }
    #expect(detected > 30)
    try remove()
  }

  /// A full disk, as SQLite reports it.
  @Test func aFullDiskLosesNothing() throws {
    let enumeration = try Self.enumeration()
    let store = try RunStore(path: path, for: enumeration.description, resumes: false)
    try store.limitSize(pages: 12)
    var saved: [BlockRecord] = []
    let run = EnumerationRun()
    try enumeration.decide(run)
    do {
      for record in run.records {
        var large = record
        large.undecided = (0..<300).map { .init(faces: [.whole], reason: "\($0) \(record.block)") }
        try store.save(.finished(large))
        saved.append(large)
      }
      Issue.record("everything fits")
    } catch let error as RunStoreError {
      guard case .unwritable(let reason) = error.problem else { throw error }
      #expect(reason.contains("full"))
    }
    #expect(!saved.isEmpty)
    try store.close()
    #expect(
      try RunStore(path: path, for: enumeration.description, resumes: true).past.finished == saved)
    try remove()
  }

  private func expect(_ problem: RunStoreError.Problem, _ open: () throws -> RunStore) {
    #expect(throws: RunStoreError(path: path, problem: problem)) { _ = try open() }
  }
}
