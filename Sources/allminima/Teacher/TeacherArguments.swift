import Algebra
import ArgumentParser
import Interchange
import PolynomialNetworks

/// The teacher, the width, and the metric.
struct TeacherArguments: ParsableArguments {
  @Argument(help: ArgumentHelp("The teacher; '-' is standard input.", valueName: "teacher"))
  var file: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number r of units, 1 to \(TeacherError.mostWidth).", valueName: "r"))
  var width: Int

  @Option(
    help: ArgumentHelp(
      "The inner product of forms: of Gaussian inputs, of symmetric tensors, of independent inputs with "
        + "variance 1 and kurtosis K (m = 2), of given moments, or of the rows of a table. (default: gaussian)",
      valueName: "gaussian|frobenius|iid:K|moments:file|data:file"),
    transform: MetricArgument.parse)
  var metric = MetricArgument.gaussian

  @Option(
    help: ArgumentHelp(
      "The covariance of Gaussian inputs, a symmetric matrix (default: the unit matrix).", valueName: "file"))
  var covariance: String?

  @Option(
    help: ArgumentHelp(
      "Find the discriminant in unknown entries. The file has lines of a name and a value, '?' for unknown ones: "
        + "T12 is an entry of a matrix (T21 for higher degrees a coefficient, by exponents), m22 a moment; what it "
        + "does not name is as in the teacher and the metric. Two numbers after '?' are bounds for the chambers.",
      valueName: "file"))
  var discriminant: String?

  var source: InputSource { InputSource(argument: file) }

  /// What the output must not replace.
  var files: [String?] {
    switch metric {
    case .moments(let file), .data(let file): [source.file, covariance, discriminant, file]
    case .gaussian, .frobenius, .independent: [source.file, covariance, discriminant]
    }
  }

  func validate() throws {
    guard (1...TeacherError.mostWidth).contains(width) else {
      throw ValidationError("--width must be from 1 to \(TeacherError.mostWidth), not \(width).")
    }
    if covariance != nil, metric != .gaussian {
      throw ValidationError("--covariance needs --metric gaussian.")
    }
  }
}

/// Where the inner product of forms comes from.
enum MetricArgument: Hashable {
  case gaussian
  case frobenius
  case independent(kurtosis: TextNumber)
  case moments(file: String)
  case data(file: String)

  /// - Throws: `ValidationError` with a short reason, which follows the name of the option.
  static func parse(_ text: String) throws -> MetricArgument {
    switch text {
    case "gaussian": return .gaussian
    case "frobenius": return .frobenius
    default: break
    }
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    if parts.count == 2 {
      switch parts[0] {
      case "iid":
        let kurtosis = try ExactNumber.parse(parts[1])
        guard kurtosis > 1 else { throw ValidationError("a kurtosis must be greater than 1.") }
        return .independent(kurtosis: kurtosis)
      case "moments": return .moments(file: parts[1])
      case "data": return .data(file: parts[1])
      default: break
      }
    }
    throw ValidationError("expected gaussian, frobenius, iid:K, moments:file or data:file.")
  }
}
