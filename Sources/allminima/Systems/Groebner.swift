import Algebra
import ArgumentParser

/// `allminima groebner`: the reduced Gröbner basis of an ideal.
struct Groebner: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "groebner",
    abstract: "Compute the reduced Gröbner basis of a polynomial system.",
    discussion: """
      Over GF(p) the basis is monic, over Q it has primitive integer coefficients with positive leading ones; \
      the element with the largest leading monomial comes last. Dimension and degree of the ideal are told \
      with it.

      \(SystemOptions.help)
      """)

  @OptionGroup
  var system: SystemOptions

  @OptionGroup(title: "Basis")
  var basis: BasisOptions

  @OptionGroup(title: "Run and output")
  var shared: SharedOptions

  func run() throws {
    try FailureReport.reporting {
      let task = GroebnerTask(order: basis.order, proves: basis.proved)
      return try SystemSession(task, source: system.source, options: shared).run()
    }
  }
}

/// The options that say which basis is wanted, and how sure.
struct BasisOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The monomial order; elim:k eliminates the first k variables and also prints the basis of the"
        + " elimination ideal. (default: degrevlex)",
      valueName: "degrevlex|lex|deglex|elim:k"),
    transform: MonomialOrder.parse)
  var order = MonomialOrder.degreeReverseLexicographic

  @Flag(help: "Prove the basis; else it is right with overwhelming probability. Costs far more.")
  var proved = false
}
