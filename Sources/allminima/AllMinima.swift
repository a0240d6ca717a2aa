import ArgumentParser
import LandscapeModel

@main
struct AllMinima: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "allminima",
    abstract:
      "Find all local minima of a small neural network's training loss, with proof; solve polynomial systems.",
    discussion: """
      Results go to standard output, progress and messages to standard error.

      Exit codes: 0 success, 3 something is undecided in an otherwise complete result, 64 bad usage, \
      65 unreadable or invalid input, 75 a limit was reached or the run was interrupted (the partial \
      result is printed).
      """,
    version: version,
    subcommands: [
      Enumerate.self, TrainInfiniteWidth.self, Locate.self, Shard.self, Groebner.self, Decompose.self,
      Solve.self,
      Bifurcate.self, Teacher.self, Report.self, Benchmark.self,
    ])

  private static var version: String {
    let versions = EngineName.flint.engine.versions
    let libraries = [("FLINT", "flint"), ("GMP", "gmp"), ("Arb", "arb")].compactMap { name, key in
      versions[key].map { "\(name) \($0)" }
    }
    return "allminima \(AllMinimaVersion.current) (\(libraries.joined(separator: ", ")))"
  }
}
