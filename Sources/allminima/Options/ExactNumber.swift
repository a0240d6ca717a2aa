import Algebra
import ArgumentParser
import LandscapeModel
import Strata

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

  /// - Throws: `ValidationError` for a negative number.
  static func parseNonnegative(_ text: String) throws -> TextNumber {
    let value = try parse(text)
    guard value >= 0 else { throw ValidationError("the number must not be negative.") }
    return value
  }
}

extension UnitActivation {
  /// Reads `relu`, `abs`, `linear`, `leaky:α` or `power:m`.
  ///
  /// - Throws: `ValidationError` with a short reason, which follows the name of the option.
  static func parse(_ text: String) throws -> UnitActivation<TextNumber> {
    switch text {
    case "relu": return .twoPiece(.relu)
    case "abs": return .twoPiece(.absoluteValue)
    case "linear": return .twoPiece(.linear)
    default: break
    }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, parts[0] == "leaky" {
      return .twoPiece(try Activation<TextNumber>(slope: ExactNumber.parse(parts[1])))
    }
    let most = TrainingProblem<TextEngine>.maximumPower
    if parts.count == 2, parts[0] == "power", let exponent = Int(parts[1]), (1...most).contains(exponent) {
      return .power(exponent)
    }
    throw ValidationError(
      "expected relu, leaky:α (such as leaky:1/10), abs, linear or power:m with m from 1 to \(most).")
  }

  /// The same activation with the numbers of an engine.
  func converted<Number: ExactRational>() -> UnitActivation<Number> {
    switch self {
    case .twoPiece(let activation):
      .twoPiece(Activation(slope: Number(converting: activation.slope)))
    case .power(let exponent): .power(exponent)
    }
  }
}
