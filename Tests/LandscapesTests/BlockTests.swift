import Algebra
import FlintEngine
import Foundation
import LandscapeModel
import Synchronization
import Testing

@testable import Landscapes

/// Runs in parts, and runs that go on from records: the same bytes as in one go.
@Suite("Blocks")
struct BlockTests {
  /// Five blocks.
  static let problem = Result {
    try SmallProblem(
      x: [["-2"], ["-1"], ["0"], ["1"], ["2"], ["3"], ["4"], ["6"]],
      y: ["1", "-2", "3", "0", "-1", "2", "1/2", "1"], units: 4, ridge: "2")
  }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 1 << 28, 1 << 40, Int.max])
  func blocksCoverAllStrata(total: Int) {
    let blocks = StratumBlocks(total: total)
    #expect(blocks.count <= 1 << 16)
    let strata = (0..<blocks.count).map { blocks.strata(in: $0) }
    #expect(strata.allSatisfy { !$0.isEmpty })
    #expect((strata.first?.lowerBound ?? 0, strata.last?.upperBound ?? 0) == (0, total))
    #expect(zip(strata, strata.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    let parts = (0..<7).flatMap { RunPart(index: $0, of: 7).blocks(of: blocks) }
    #expect(parts.sorted() == Array(0..<blocks.count))
  }

  @Test func partsInAnyOrderMakeTheWhole() throws {
    let enumeration = try Self.problem.get().enumeration()
    let expected = try enumeration.run().json()
    #expect(enumeration.blocks.count > 3)
    let records = try recordsOfThirds(enumeration)
    // As they are stored and sent.
    let sent = try JSONDecoder().decode([BlockRecord].self, from: JSONEncoder().encode(records))
    #expect(sent == records)
    #expect(try enumeration.result(of: EnumerationRun(finished: sent)).json() == expected)
  }

  @Test func aRunGoesOnFromItsRecords() throws {
    struct Full: Error {}
    let enumeration = try Self.problem.get().enumeration()
    let expected = try enumeration.run().json()
    let kept = Mutex<[BlockRecord]>([])
    let run = EnumerationRun { record in
      try kept.withLock { kept in
        guard kept.count < 2 else { throw Full() }
        kept.append(record)
      }
    }
    #expect(throws: Full.self) { try enumeration.run(run) }
    #expect(run.records == kept.withLock { $0 })
    let newBlocks = Mutex<[Int]>([])
    let second = EnumerationRun(finished: run.records) { record in
      newBlocks.withLock { $0.append(record.block) }
    }
    #expect(try enumeration.run(second).json() == expected)
    #expect(newBlocks.withLock { $0 } == Array(2..<enumeration.blocks.count))
  }

  /// Interrupted after every piece of work, a run still advances, and ends with the same bytes: neither the screening
  /// table nor a block has to be finished in one go.
  @Test func aRunThatIsAlwaysInterruptedAdvances() throws {
    let problem = try Self.problem.get()
    let expected = try problem.enumerated().json()
    let kept = Mutex(RunPast())
    var (runs, last) = (0, -1)
    while true {
      let control = Control()
      let enumeration = try problem.enumeration(control: control)
      // A limit that comes a little later than the first work that is kept.
      let run = EnumerationRun(past: kept.withLock { $0 }) { work in
        kept.withLock { kept in
          switch work {
          case .finished(let record):
            kept.begun.removeAll { $0.block == record.block }
            kept.finished.append(record)
          case .begun(let record):
            kept.begun.removeAll { $0.block == record.block }
            kept.begun.append(record)
          case .screening(let piece): kept.screening.append(piece)
          }
        }
        control.cancellation.cancel(.time)
      }
      try enumeration.decide(run)
      runs += 1
      let result = try enumeration.result(of: run)
      if result.complete {
        #expect(try result.json() == expected)
        break
      }
      let done = kept.withLock { $0.screening.count + 1_000_000 * $0.finished.count }
      try #require(done > last, "nothing was done in run \(runs)")
      last = done
    }
    #expect(runs > 5)
    #expect(kept.withLock { $0.screening.count } > 2)
  }

  /// What is decided of a block until an interruption is kept, and not decided again.
  @Test func aBlockIsContinuedWhereItWasInterrupted() throws {
    let problem = try Self.problem.get()
    let expected = try problem.enumerated().json()
    let whole = EnumerationRun()
    try problem.enumeration().decide(whole)
    let enumeration = try problem.enumeration()
    var generator = SeededGenerator(seed: 1)
    var begun: [BlockRecord] = []
    for block in [0, 2] {
      var record = BlockRecord(block: block)
      let numbers = enumeration.blocks.strata(in: block)
      let part = numbers.prefix(Int.random(in: 1..<numbers.count, using: &generator))
      try BlockWorker(enumeration, nil).decide(part, into: &record)
      #expect(record.count == part.count)
      begun.append(record)
    }
    let run = EnumerationRun(past: .init(begun: begun))
    #expect(run.count == begun.reduce(0) { $0 + $1.count })
    #expect(try !enumeration.result(of: run).complete)
    var result = try enumeration.run(run)
    #expect(run.begun.isEmpty && run.count == enumeration.strataCount)
    // Without the table other stages decide.
    let same = try JSONDecoder().decode(EnumerationResult.self, from: expected)
    result.strata.decided = same.strata.decided
    #expect(try result.json() == expected)
    #expect(throws: InvalidRecord.self) {
      try enumeration.result(of: EnumerationRun(past: .init(begun: [whole.records[0]])))
    }
  }

  @Test func recordsOfAnotherProblemAreRefused() throws {
    let enumeration = try Self.problem.get().enumeration()
    let run = EnumerationRun()
    try enumeration.decide(run)
    let record = try #require(run.records.first { !$0.minima.isEmpty })
    func expectInvalid(_ change: (inout BlockRecord) -> Void) {
      var changed = record
      change(&changed)
      #expect(throws: InvalidRecord.self) {
        try enumeration.result(of: EnumerationRun(finished: [changed]))
      }
    }
    expectInvalid { $0.block = 1000 }
    expectInvalid { $0.block = -1 }
    expectInvalid { $0.decided.filter += 1 }
    expectInvalid { $0.decided = .init(pruned: -1, filter: $0.count + 1) }
    expectInvalid { $0.minima[0].faces[0] = 10_000 }
    expectInvalid { $0.minima[0].outputSigns = [] }
    expectInvalid { $0.minima[0].shares = ["x"] }
    expectInvalid { $0.minima[0].support = [77] }
    expectInvalid { $0.minima[0].precision = 0 }
  }

  /// What a record says of a minimum is believed in nothing.
  @Test func recordsAreProvedWholly() throws {
    let problem = try SmallProblem(
      x: [["-2"], ["-1"], ["0"], ["1"], ["2"]], y: ["1", "-1/2", "3/2", "0", "2"], units: 2, ridge: "1/10")
    let run = EnumerationRun()
    let expected = try problem.enumeration().run(run).json()
    // Another process, which has proved nothing.
    let reader = try problem.enumeration()
    #expect(try reader.result(of: EnumerationRun(finished: run.records)).json() == expected)
    let records = run.records
    let place = try #require(records.indices.last { records[$0].minima.contains { $0.faces.count > 1 } })
    let number = try #require(records[place].minima.firstIndex { $0.faces.count > 1 })
    func expectInvalid(_ what: String, _ change: (inout BlockRecord.Minimum) -> Void) {
      var changed = records
      change(&changed[place].minima[number])
      let error = #expect(throws: InvalidRecord.self) {
        try reader.result(of: EnumerationRun(finished: changed))
      }
      #expect(error?.reason.contains(what) == true, "\(what): \(error?.reason ?? "no error")")
    }
    expectInvalid("patterns") { $0.patterns[0] = $0.patterns[0].negated }
    expectInvalid("patterns") { $0.patterns.swapAt(0, 1) }
    expectInvalid("output signs") { $0.outputSigns[0] *= -1 }
    expectInvalid("rank") { $0.rank -= 1 }
    expectInvalid("global for every width") { $0.isGlobalForEveryWidth.toggle() }
  }

  @Test func descriptionsTellRunsApart() throws {
    let problem = try Self.problem.get()
    let description = try problem.enumeration().description
    #expect(description.difference(from: description) == nil)
    #expect(try description.problem.problem(FlintEngine.self).targets == problem.y)
    func difference(_ change: (inout SmallProblem) -> Void) throws -> String? {
      var other = problem
      change(&other)
      return try other.enumeration().description.difference(from: description)
    }
    #expect(try difference { $0.units = 3 } == "3 units, not 4")
    #expect(try difference { $0.ridge = 3 } == "ridge 3, not 2")
    #expect(try difference { $0.slope = -1 } == "another activation")
    #expect(try difference { $0.bias = false } == "without bias")
    #expect(try difference { $0.y[0] = 7 } == "other data")
    let options = EnumerationOptions(digits: 20)
    let other = try Enumeration(problem.problem(), options: options).description
    #expect(other.difference(from: description) == "20 digits, not 15")
  }
}
