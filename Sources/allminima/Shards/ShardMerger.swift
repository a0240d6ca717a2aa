import Algebra
import ArgumentParser
import Foundation
import Interchange
import Landscapes
import RunStore

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
    let named = try NamedProblem<Engine>(plan)
    let enumeration = try named.enumeration(of: plan, control: context.control)
    let result = try enumeration.result(of: EnumerationRun(finished: collection.records))
    let problem = Self.problem(missing: collection.missing, of: plan.shards)
    if let problem { StandardError.report(problem) }
    guard context.supervisor.beginPrinting() else { context.supervisor.waitForEnd() }
    return try named.printer(digits: plan.run.options.digits, context)
      .print(result, limit: problem)
  }

  private func collect(_ files: [String]) throws -> ShardCollection {
    let first = try ShardFile(reading: .file(files[0]))
    var collection = try ShardCollection(first, named: files[0])
    for path in files {
      try context.control.check()
      let file = try ShardFile(reading: .file(path))
      try collection.add(file, named: path)
      guard case .plan(let plan) = file else { continue }
      for index in 0..<plan.shards {
        let path = Shard.resultFile(ofPlan: path, index: index)
        guard FileManager.default.fileExists(atPath: path) else { continue }
        do {
          try collection.add(ShardFile(reading: .file(path)), named: path)
        } catch let error as ShardFileError where error.isLocal {
          // It counts as missing, and can be run again.
          StandardError.report("\(error)")
        }
      }
    }
    return collection
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
  /// Whether only this file is bad, and not what it is put together with.
  fileprivate var isLocal: Bool {
    switch problem {
    case .notAShardFile, .damaged: true
    case .otherPlan, .contradiction, .otherVersion: false
    }
  }
}
