import ArgumentParser
import LandscapeModel
import RunStore

/// The options that keep a run in a file.
struct StoreOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Keep every finished block of the run in this file.", valueName: "file.sqlite"))
  var store: String?

  @Flag(help: "Go on with the run in the store, if there is one.")
  var resume = false

  func validate() throws {
    if resume && store == nil { throw ValidationError("--resume needs --store.") }
    if store?.isEmpty == true { throw ValidationError("--store needs the name of a file.") }
  }

  /// - Throws: `RunStoreError`.
  func open(for description: RunDescription) throws -> RunStore? {
    guard let store else { return nil }
    return try RunStore(path: store, for: description, resumes: resume)
  }
}

/// The option that does a part of a run without a plan.
struct ShardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Do only shard i of n, from 0, and print its result for 'shard merge'.", valueName: "i/n"))
  var shard: ShardNumber?
}

/// One of several shards, written `i/n` with `i` from 0.
struct ShardNumber: ExpressibleByArgument {
  let part: RunPart

  init?(argument: String) {
    let numbers = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let index = numbers[0], let count = numbers[1], count >= 1,
      count <= ShardPlan.mostShards, (0..<count).contains(index)
    else { return nil }
    part = RunPart(index: index, of: count)
  }
}
