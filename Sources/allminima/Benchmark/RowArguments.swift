import Algebra
import ArgumentParser
import Interchange

/// What a row's arguments are read with: the options of the subcommands without those of run and output.
protocol RowArguments: ParsableCommand {
  /// - Throws: what `RowFiles` throws; errors of the data and of options that do not fit them.
  func work(_ files: RowFiles) throws -> BenchmarkWork
}

/// Where the rows' systems and data come from.
protocol RowFiles {
  /// The text of a file, with the name that messages give it.
  func text(of file: String) throws -> (name: String, text: String)
}

extension RowFiles {
  fileprivate func system(_ options: SystemOptions) throws -> PolynomialSystem {
    let (name, text) = try text(of: options.file)
    return try SystemParser<TextEngine>.parse(text, file: name)
  }
}

/// The arguments of any row.
struct AnyRowArguments: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "row", subcommands: [EnumerateRow.self, GroebnerRow.self, DecomposeRow.self, SolveRow.self])

  /// - Throws: `RefusedRun` with what is wrong with the arguments.
  static func parse(_ arguments: [String]) throws -> any RowArguments {
    do {
      if let row = try parseAsRoot(arguments) as? any RowArguments { return row }
    } catch  where exitCode(for: error) != .success {
      throw RefusedRun(message(for: error))
    } catch {
      // The parser's way to print help.
    }
    throw RefusedRun(
      "the arguments must begin with enumerate, groebner, decompose or solve, and not ask for help")
  }
}

struct EnumerateRow: RowArguments {
  static let configuration = CommandConfiguration(commandName: "enumerate")

  @Argument var data: String
  @OptionGroup var reading: DataOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var search: SearchOptions

  func work(_ files: RowFiles) throws -> BenchmarkWork {
    let (name, text) = try files.text(of: data)
    return .enumerate(
      try EnumerationWork(name: name, data: text, reading: reading, network: network, search: search))
  }
}

struct GroebnerRow: RowArguments {
  static let configuration = CommandConfiguration(commandName: "groebner")

  @OptionGroup var system: SystemOptions
  @OptionGroup var basis: BasisOptions

  func work(_ files: RowFiles) throws -> BenchmarkWork {
    let task = GroebnerTask(order: basis.order, proves: basis.proved)
    return .groebner(try SystemWork(task, files.system(system)))
  }
}

struct DecomposeRow: RowArguments {
  static let configuration = CommandConfiguration(commandName: "decompose")

  @OptionGroup var system: SystemOptions
  @OptionGroup var components: ComponentOptions

  func work(_ files: RowFiles) throws -> BenchmarkWork {
    let task = DecompositionTask(options: .init(kind: components.kind, checks: components.check))
    return .decompose(try SystemWork(task, files.system(system)))
  }
}

struct SolveRow: RowArguments {
  static let configuration = CommandConfiguration(commandName: "solve")

  @OptionGroup var system: SystemOptions
  @OptionGroup var solutions: SolutionOptions

  func work(_ files: RowFiles) throws -> BenchmarkWork {
    .solve(try SystemWork(SolvingTask(digits: solutions.digits), files.system(system)))
  }
}
