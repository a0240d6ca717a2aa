import Algebra
import ArgumentParser
import Interchange

/// `allminima enumerate`: all local minima of a network's loss.
struct Enumerate: EngineCommand {
  static let configuration = CommandConfiguration(
    commandName: "enumerate",
    abstract: "List all local minima of a network's ridge-regularised squared error, with proof.",
    discussion: """
      The network has one hidden layer: f(x) = Σ a·σ(⟨w, x⟩ + b), a sum over its units. The loss is \
      Σ (y - f(x))² + λ Σ (a² + |w|² + b²), sums over the data and the units. Minima that differ only by \
      the order of the units (for abs, also by the signs of their w and b) are listed once. Sets of minima \
      are listed as connected components with their dimensions.

      The data are rows of numbers separated by ',', ';' or tabs; column names may come first, and lines that \
      begin with # are comments. Integers, decimals and fractions p/q are read exactly.
      """)

  @Argument(help: ArgumentHelp("The data; '-' is standard input.", valueName: "data.csv"))
  var data: String

  @OptionGroup(title: "Data")
  var reading: DataOptions

  @OptionGroup(title: "Network")
  var network: NetworkOptions

  @OptionGroup(title: "Search")
  var search: SearchOptions

  @OptionGroup(title: "Store")
  var storage: StoreOptions

  @OptionGroup(title: "Shards")
  var sharding: ShardOptions

  @OptionGroup(title: "Report")
  var report: ReportOptions

  @OptionGroup(title: "Run and output")
  var shared: SharedOptions

  var source: InputSource { InputSource(argument: data) }
}

extension Enumerate {
  func run<Engine: AlgebraEngine>(on engine: Engine.Type) throws -> ExitCode {
    try EnumerationSession<Engine>(self).run()
  }
}
