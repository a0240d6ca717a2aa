import Algebra
import ArgumentParser
import Interchange
import LandscapeModel
import RunStore

/// `allminima shard`: a run on several machines.
struct Shard: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shard",
    abstract: "Enumerate in shards, on as many machines as you like.",
    discussion: """
      'plan' writes a plan with all that a machine needs, 'run' does one shard of it, and 'merge' brings the \
      results together, in any order. Every file carries a hash of its content. A shard that fails or gets \
      lost is named by 'merge', and can be run again, anywhere.
      """,
    subcommands: [Plan.self, Run.self, Merge.self])

  /// Where the results of a plan's shards are: a folder next to it.
  static func resultFile(ofPlan path: String, index: Int) -> String {
    "\(folder(ofPlan: path))/\(index).json"
  }

  static func folder(ofPlan path: String) -> String {
    (path.hasSuffix(".json") ? String(path.dropLast(5)) : path) + ".shards"
  }
}

extension Shard {
  /// `allminima shard plan`.
  struct Plan: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "plan", abstract: "Cut a run into shards.",
      discussion: "The options are those of 'enumerate'. The plan is JSON.")

    @Argument(help: ArgumentHelp("The data; '-' is standard input.", valueName: "data.csv"))
    var data: String

    @Option(help: ArgumentHelp("The number n of shards, 1 to \(ShardPlan.mostShards).", valueName: "n"))
    var shards: Int

    @OptionGroup(title: "Data")
    var reading: DataOptions

    @OptionGroup(title: "Network")
    var network: NetworkOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("Significant digits, 1 to 1000.", valueName: "D"))
    var digits = 15

    @Flag(help: "Describe every component exactly.")
    var exact = false

    @OptionGroup(title: "Run and output")
    var running: RunningOptions

    var options: EnumerationOptions { EnumerationOptions(digits: digits, describesExactly: exact) }

    func validate() throws {
      guard (1...ShardPlan.mostShards).contains(shards) else {
        throw ValidationError("--shards must be from 1 to \(ShardPlan.mostShards), not \(shards).")
      }
      try SearchOptions.validate(digits: digits)
    }

    func run() throws {
      try FailureReport.reporting {
        try running.engine.perform(self)
        return .success
      }
    }
  }

  /// `allminima shard run`.
  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run", abstract: "Do one shard of a plan.",
      discussion: """
        The result goes to a folder next to the plan (plan.shards/0.json for shard 0 of plan.json) or to \
        --output, which a plan from standard input ('-') needs. A shard whose result is there already is not \
        done again.
        """)

    @Argument(help: ArgumentHelp("The plan.", valueName: "plan.json"))
    var plan: String

    @Option(help: ArgumentHelp("The shard, from 0.", valueName: "i"))
    var index: Int

    @OptionGroup(title: "Store")
    var storage: StoreOptions

    @OptionGroup(title: "Run and output")
    var running: RunningOptions

    func run() throws {
      try FailureReport.reporting { try running.engine.perform(self) }
    }
  }

  /// `allminima shard merge`.
  struct Merge: EngineCommand {
    static let configuration = CommandConfiguration(
      commandName: "merge", abstract: "Bring the results of shards together.",
      discussion: """
        A plan stands for all results in its folder; '-' is standard input. The result is that of 'enumerate', to \
        the last byte. If shards are missing, damaged or of another run they are named, what there is is printed, \
        and the exit code is 75.
        """)

    @Argument(help: ArgumentHelp("Plans and results of shards, of one run.", valueName: "file"))
    var files: [String]

    @OptionGroup(title: "Run and output")
    var shared: SharedOptions
  }
}

extension Shard.Plan: EngineWork {
  func run<Engine: AlgebraEngine>(on engine: Engine.Type) throws {
    let source = InputSource(argument: data)
    try ShardPlanner(RunContext(running, keeping: [source.file]))
      .plan(source, reading, network, options, shards: shards, on: engine)
  }
}

extension Shard.Run: EngineWork {
  func run<Engine: AlgebraEngine>(on engine: Engine.Type) throws -> ExitCode {
    try ShardRunner.run(self, on: engine)
  }
}

extension Shard.Merge {
  func run<Engine: AlgebraEngine>(on engine: Engine.Type) throws -> ExitCode {
    try ShardMerger(RunContext(shared, keeping: files)).merge(files, on: engine)
  }
}
