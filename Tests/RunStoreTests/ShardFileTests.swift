import FlintEngine
import Foundation
import Interchange
import LandscapeModel
import Landscapes
import RunStore
import Strata
import Testing

/// Files of sharded runs that carry the right hash of what no run has written.
@Suite struct ShardFileTests {
  private static func enumeration() throws -> Enumeration<FlintEngine> {
    let x: [FlintEngine.Rational] = [-2, -1, 0, 1, 2]
    return try Enumeration(
      Problem(
        inputs: x.map { [$0] }, targets: [1, -2, 3, 0, -1], units: 2,
        ridge: FlintEngine.Rational(exactly: "1/2")))
  }

  private static let source = ShardPlan.Source(name: "data", inputNames: nil, targetName: nil, dataSHA256: "")

  private func read(_ value: some Encodable) throws -> ShardFile {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "shard-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try JSONText.of(value).write(to: file, atomically: true, encoding: .utf8)
    return try ShardFile(reading: .file(file.path))
  }

  private func expectDamaged(_ value: some Encodable) {
    let error = #expect(throws: ShardFileError.self) { try read(value) }
    #expect(error?.problem == .damaged)
  }

  @Test func absurdPlansAreDamaged() throws {
    var run = try Self.enumeration().description
    _ = try read(ShardPlan(run: run, source: Self.source, shards: 3))
    for digits in [0, -1, 1_000_000_000] {
      run.options.digits = digits
      try expectDamaged(ShardPlan(run: run, source: Self.source, shards: 3))
    }
  }

  @Test func absurdRecordsAreDamaged() throws {
    let enumeration = try Self.enumeration()
    let run = EnumerationRun()
    try enumeration.decide(run)
    let plan = try ShardPlan(run: enumeration.description, source: Self.source, shards: 1)
    let record = try #require(run.records.first)
    _ = try read(ShardResult(plan: plan, index: 0, records: [record]))
    var huge = record
    huge.decided.filter = Int.max
    var negative = record
    negative.block = -1
    for records in [[record, record], [huge], [negative]] {
      try expectDamaged(ShardResult(plan: plan, index: 0, records: records))
    }
  }

  @Test func invalidMinimaAreFound() throws {
    let enumeration = try Self.enumeration()
    let run = EnumerationRun()
    try enumeration.decide(run)
    let record = try #require(run.records.first)
    let place = try #require(record.minima.firstIndex { !$0.shares.isEmpty })
    let changes: [(inout BlockRecord.Minimum) -> Void] = [
      { $0.outputSigns = $0.outputSigns.map { _ in 3 } },
      { $0.shares = $0.shares.map { "-\($0)" } },
      { $0.shares[0] = "1/0" },
    ]
    for change in changes {
      var forged = record
      change(&forged.minima[place])
      let result = EnumerationRun(finished: [forged])
      // Without what this process has proved.
      let other = try Self.enumeration()
      #expect(throws: InvalidRecord.self) { try other.result(of: result) }
    }
  }
}
