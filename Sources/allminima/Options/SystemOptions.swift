import Algebra
import ArgumentParser
import Interchange

/// The polynomial system that a subcommand works on.
struct SystemOptions: ParsableArguments {
  static let help = """
    The file has the variables, separated by commas, on the first line; the characteristic (0 or a prime \
    below 2^31) on the second; then polynomials or equations lhs = rhs, separated by commas or semicolons. \
    They may use + - * / ^ ( ), integers, fractions and exact decimals; 2x and 2(x+1) are products, xy is a \
    name. What follows a # on a line is a comment.
    """

  @Argument(help: ArgumentHelp("The polynomial system; '-' is standard input.", valueName: "system.ms"))
  var file: String

  var source: InputSource { InputSource(argument: file) }
}

extension MonomialOrder {
  /// Reads `degrevlex`, `lex`, `deglex` or `elim:k`.
  ///
  /// - Throws: `ValidationError` with a short reason, which follows the name of the option.
  static func parse(_ text: String) throws -> MonomialOrder {
    switch text {
    case "degrevlex": return .degreeReverseLexicographic
    case "lex": return .lexicographic
    case "deglex": return .degreeLexicographic
    default: break
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "elim", let count = Int(parts[1]), count >= 1 else {
      throw ValidationError("expected degrevlex, lex, deglex or elim:k (such as elim:2).")
    }
    return .elimination(count: count)
  }
}
