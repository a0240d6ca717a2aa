import Algebra
import ArgumentParser
import Interchange
import LandscapeModel
import Landscapes
import RunStore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Does one shard and writes its result.
struct ShardRunner {
  let plan: ShardPlan
  let index: Int
  let context: RunContext

  /// Does a shard of a plan in a file, unless it is done already.
  ///
  /// - Throws: what `FailureReport` knows.
  static func run<Engine: AlgebraEngine>(
    _ command: Shard.Run, on engine: Engine.Type
  ) throws -> ExitCode {
    let source = InputSource(argument: command.plan)
    guard case .plan(let plan) = try ShardFile(reading: source) else {
      throw RefusedRun("'\(source.name)' is the result of a shard; a plan is needed")
    }
    guard (0..<plan.shards).contains(command.index) else {
      throw RefusedRun("--index must be from 0 to \(plan.shards - 1), not \(command.index)")
    }
    guard plan.run.version == AllMinimaVersion.current else {
      throw ShardFileError(file: source.name, problem: .otherVersion(plan.run.version))
    }
    var options = command.running
    if options.output == nil {
      guard source != .standardInput else { throw RefusedRun("a plan from standard input needs --output") }
      let folder = Shard.folder(ofPlan: command.plan)
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw RefusedRun("the folder '\(folder)' cannot be made")
      }
      options.output = Shard.resultFile(ofPlan: command.plan, index: command.index)
    }
    let context = try RunContext(options, keeping: [source.file, command.storage.store])
    if let output = options.output, output != "-", try isDone(output, plan, command.index) {
      context.tell("'\(output)' is there already.")
      return .success
    }
    context.supervisor.start()
    let enumeration = try NamedProblem<Engine>(plan, in: source.name).enumeration(
      of: plan, for: context.format, control: context.control)
    return try ShardRunner(plan: plan, index: command.index, context: context)
      .run(enumeration, command.storage)
  }

  /// Whether the file is this shard's result. One that is damaged will be replaced.
  ///
  /// - Throws: `RefusedRun` if it is something else of a sharded run.
  private static func isDone(_ path: String, _ plan: ShardPlan, _ index: Int) throws -> Bool {
    guard let file = try? ShardFile(reading: .file(path)) else { return false }
    guard case .result(let result) = file, result.plan == plan, result.index == index else {
      throw RefusedRun(
        "'\(path)' belongs to another shard or plan; it is not replaced: remove it to run the shard again")
    }
    return true
  }

  /// Does the shard of the plan's run. The blocks of a store are the whole run's; those of this shard are written.
  func run<Engine: AlgebraEngine>(
    _ enumeration: Enumeration<Engine>, _ storage: StoreOptions
  ) throws -> ExitCode {
    defer { context.progress?.finish() }
    let stored = try StoredRun(enumeration, storage, part: plan.part(index), control: context.control)
    context.supervisor.setRescue { [index, context] reason in
      guard context.supervisor.beginPrinting() else { return nil }
      StandardError.report("\(reason); shard \(index) is not finished")
      return .limitReached
    }
    try stored.decide()
    guard stored.isFinished else {
      let reason = context.control.cancellation.reason ?? .interrupted
      StandardError.report("\(reason); shard \(index) is not finished")
      if let hint = stored.hint { context.tell(hint) }
      return .limitReached
    }
    guard context.supervisor.beginPrinting() else { context.supervisor.waitForEnd() }
    let blocks = Set(plan.part(index).blocks(of: enumeration.blocks))
    let result = try ShardResult(
      plan: plan, index: index, records: stored.run.records.filter { blocks.contains($0.block) })
    try context.write(JSONText.of(result))
    try stored.close()
    return .success
  }
}
