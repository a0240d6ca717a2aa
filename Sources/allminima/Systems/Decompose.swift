import ArgumentParser
import Ideals

extension DecompositionKind: Choice {}

/// `allminima decompose`: the components of an ideal.
struct Decompose: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decompose",
    abstract: "Decompose the ideal of a polynomial system over Q.",
    discussion: """
      The components are minimal primes, primary ideals with their associated primes, ideals of one dimension \
      each, or the radical; each one with its reduced degrevlex basis, dimension and degree.

      \(SystemOptions.help)
      """)

  @OptionGroup
  var system: SystemOptions

  @OptionGroup(title: "Components")
  var components: ComponentOptions

  @OptionGroup(title: "Run and output")
  var shared: SharedOptions

  func run() throws {
    try FailureReport.reporting {
      let task = DecompositionTask(
        options: DecompositionOptions(kind: components.kind, checks: components.check))
      return try SystemSession(task, source: system.source, options: shared).run()
    }
  }
}

/// The options that say which components are wanted, and how sure.
struct ComponentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("What to decompose into.", valueName: "minimal|primary|radical|equidimensional"))
  var kind: DecompositionKind = .minimal

  @Flag(help: "Check the result in independent ways, and tell which statements are proved.")
  var check = false
}
