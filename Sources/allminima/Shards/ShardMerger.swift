import Algebra
import ArgumentParser
import Interchange
import Landscapes
import RunStore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Brings the results of shards together.
struct ShardMerger {
  private let context: RunContext

  init(_ context: RunContext) { self.context = context }

  /// - Returns: how the process shall end; `limitReached` if shards are missing.
  /// - Throws: what `FailureReport` knows.
  func merge<Engine: AlgebraEngine>(_ files: [String], on engine: Engine.Type) throws -> ExitCode {
    defer { context.progress?.finish() }
    context.supervisor.start()
    let collection = try collect(files)
    let plan = collection.plan
    let named = try NamedProblem<Engine>(plan, in: collection.planFile)
    let enumeration = try named.enumeration(of: plan, for: context.format, control: context.control)
    let result = try enumeration.result(of: EnumerationRun(finished: collection.records))
    // With more shards than blocks, some have nothing to do.
    let missing = collection.missing.filter { !plan.part($0).blocks(of: enumeration.blocks).isEmpty }
    let problem = Self.problem(missing: missing, of: plan.shards)
    if let problem { StandardError.report(problem) }
    guard context.supervisor.beginPrinting() else { context.supervisor.waitForEnd() }
    return try named.printer(digits: plan.run.options.digits, context)
      .print(result, limit: problem)
  }

  private func collect(_ files: [String]) throws -> ShardCollection {
    guard files.count(where: { $0 == "-" }) <= 1 else {
      throw RefusedRun("standard input can be only one of the files")
    }
    let files = files.map { InputSource(argument: $0) }
    let first = try ShardFile(reading: files[0])
    var collection = try ShardCollection(first, named: files[0].name)
    for (number, file) in files.enumerated() {
      try context.control.check()
      let content: ShardFile
      do {
        content = number == 0 ? first : try ShardFile(reading: file)
      } catch let error as ShardFileError {
        // It counts as missing, and can be run again.
        StandardError.report("\(error)")
        continue
      }
      try collection.add(content, named: file.name)
      guard case .plan(let plan) = content, case .file(let path) = file else { continue }
      try addResults(of: plan, in: path, to: &collection)
    }
    return collection
  }

  /// Adds what is in the folder of a plan's results. A file that is no result of this plan is named and left out.
  private func addResults(
    of plan: ShardPlan, in path: String, to collection: inout ShardCollection
  ) throws {
    for index in 0..<plan.shards {
      let path = Shard.resultFile(ofPlan: path, index: index)
      guard FileManager.default.fileExists(atPath: path) else { continue }
      do {
        try collection.add(ShardFile(reading: .file(path)), named: path)
      } catch let error as ShardFileError where !error.isContradiction {
        StandardError.report("\(error)")
      } catch let error as InputError {
        StandardError.report("\(error)")
      }
    }
  }

  private static func problem(missing: [Int], of count: Int) -> String? {
    switch missing.count {
    case 0: nil
    case 1: "shard \(missing[0]) of 0-\(count - 1) is missing"
    default: "shards \(ranges(missing)) of 0-\(count - 1) are missing"
    }
  }

  /// `3,5-7`, as job arrays are written.
  static func ranges(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }
}

extension ShardFileError {
  /// Whether one of two files must be wrong, and nobody knows which.
  fileprivate var isContradiction: Bool {
    if case .contradiction = problem { return true }
    return false
  }
}
