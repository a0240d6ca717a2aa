import Algebra
import ArgumentParser
import Landscapes

/// Reads exact numbers and activations from the command line.
enum ExactNumber {
  /// An integer, a decimal or a fraction.
  ///
  /// - Throws: `ValidationError` with a short reason, which follows the name of the option.
  static func parse(_ text: String) throws -> TextNumber {
    do {
      return try TextNumber(exactly: text)
    } catch AlgebraError.divisionByZero {
      throw ValidationError("the denominator is zero.")
    } catch AlgebraError.tooLarge {
      throw ValidationError("the number has too many digits.")
    } catch {
      throw ValidationError("expected a number such as 10, 0.1 or 1/10.")
    }
  }

  /// - Throws: `ValidationError` unless the number is positive.
  static func parsePositive(_ text: String) throws -> TextNumber {
    let value = try parse(text)
    guard value > 0 else { throw ValidationError("the number must be positive.") }
    return value
  }
}

extension Activation {
  /// Reads `relu`, `abs`, `linear` or `leaky:α`.
  ///
  /// - Throws: `ValidationError` with a short reason, which follows the name of the option.
  static func parse(_ text: String) throws -> Activation<TextNumber> {
    switch text {
    case "relu": return .relu
    case "abs": return .absoluteValue
    case "linear": return .linear
    default: break
    }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, parts[0] == "leaky" {
      return try Activation<TextNumber>(slope: ExactNumber.parse(parts[1]))
    }
    if parts.count == 2, parts[0] == "power" { throw ValidationError.unavailable("the activation power:m") }
    throw ValidationError("expected relu, leaky:α (such as leaky:1/10), abs or linear.")
  }
}
