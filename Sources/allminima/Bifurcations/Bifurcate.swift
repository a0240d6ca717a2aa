import Algebra
import ArgumentParser
import Bifurcations
import LandscapeModel

/// `allminima bifurcate`: how the landscape of a leaky ReLU student around its teacher changes with the slope.
struct Bifurcate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bifurcate",
    abstract: "Follow the critical points of a leaky ReLU student around its teacher as the slope changes.",
    discussion: """
      A student with k units learns Σ σ(x_i) from k Gaussian inputs x; W = I is its global minimum. The Hessian \
      there is decomposed by the symmetric group, and the values of the parameter at which it is singular are \
      found, in closed form and enclosed. The parameter is the slope α of the activation, or that of the homotopy: \
      λ = (1−α)²/(1+α²) of the normalised loss, 0 linear, 1 ReLU, 2 absolute value, and defined beyond. Points on \
      branches are proved; what --search finds is proved to exist, not to be all there is.
      """)

  @OptionGroup(title: "Landscape")
  var landscape: LandscapeOptions

  @OptionGroup(title: "Result")
  var solutions: SolutionOptions

  @OptionGroup(title: "Report")
  var report: ReportOptions

  @OptionGroup(title: "Run and output")
  var shared: SharedOptions

  func run() throws {
    try FailureReport.reporting {
      try BifurcationSession(landscape, digits: solutions.digits, report: report, options: shared).run()
    }
  }
}

/// The options that say which landscape is looked at, and where.
struct LandscapeOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number k of units, and of inputs: 4 to 20.", valueName: "k"))
  var units: Int

  @Option(
    help: ArgumentHelp("The parameter: λ of the homotopy, or the slope α.", valueName: "homotopy|slope"))
  var family: BifurcationResult.Family = .homotopy

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Print the Hessian's spectrum at this value, exact: 1, 0.1 or 1/10.", valueName: "v"),
    transform: ExactNumber.parse)
  var at: TextNumber?

  @Option(
    help: ArgumentHelp(
      "Look at --at for critical points that permutations within blocks of these sizes fix, such as S1xS4.",
      valueName: "type"),
    transform: LandscapeOptions.blocks)
  var search: [Int]?

  @Flag(help: "Follow the branches that leave W = I.")
  var branches = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How far --branches follows them (default: 1, the ReLU).", valueName: "v"),
    transform: ExactNumber.parse)
  var to: TextNumber?

  @Flag(help: "Add the subgroups of S_k and the equivariant degrees, for k up to 7.")
  var degree = false

  func validate() throws {
    if search != nil, at == nil { throw ValidationError("--search needs --at.") }
    if to != nil, !branches { throw ValidationError("--to needs --branches.") }
  }

  func options<Rational: ExactRational>(digits: Int) throws -> BifurcationOptions<Rational> {
    try BifurcationOptions(
      units: units, family: family, digits: digits, at: at.map(Rational.init(converting:)), search: search,
      branchesTo: branches ? to.map(Rational.init(converting:)) ?? 1 : nil, computesDegrees: degree)
  }

  /// Reads `S1xS4`.
  ///
  /// - Throws: `ValidationError` with a short reason, which follows the name of the option.
  private static func blocks(_ text: String) throws -> [Int] {
    try text.split(separator: "x", omittingEmptySubsequences: false).map { factor in
      guard factor.first == "S", let size = Int(factor.dropFirst()), size >= 1 else {
        throw ValidationError("expected a product of symmetric groups such as S1xS4 or S2xS3.")
      }
      return size
    }
  }
}

extension BifurcationResult.Family: Choice {}
