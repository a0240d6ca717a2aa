import Algebra
import ArgumentParser
import Landscapes

/// Reads exact numbers and activations from the command line.
enum ExactNumber {
  /// An integer, a decimal or a fraction.
  ///
  /// - Throws: `ValidationError` with a short reason, which follows the name of the option.
  static func parse(_ text: String) throws -> Engine.Rational {
    do {
      return try Engine.Rational(exactly: text)
    } catch AlgebraError.divisionByZero {
      throw ValidationError("the denominator is zero.")
    } catch AlgebraError.tooLarge {
      throw ValidationError("the number has too many digits.")
    } catch {
      throw ValidationError("expected a number such as 10, 0.1 or 1/10.")
    }
  }

  /// - Throws: `ValidationError` for a negative number.
  static func parseNonnegative(_ text: String) throws -> Engine.Rational {
    let value = try parse(text)
    guard value >= 0 else { throw ValidationError("the number must not be negative.") }
    return value
  }
}

extension UnitActivation {
  /// Reads `relu`, `abs`, `linear`, `leaky:α` or `power:m`.
  ///
  /// - Throws: `ValidationError` with a short reason, which follows the name of the option.
  static func parse(_ text: String) throws -> UnitActivation<Engine.Rational> {
    switch text {
    case "relu": return .twoPiece(.relu)
    case "abs": return .twoPiece(.absoluteValue)
    case "linear": return .twoPiece(.linear)
    default: break
    }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, parts[0] == "leaky" {
      return .twoPiece(try Activation<Engine.Rational>(slope: ExactNumber.parse(parts[1])))
    }
    let most = TrainingProblem<Engine>.maximumPower
    if parts.count == 2, parts[0] == "power", let exponent = Int(parts[1]), (1...most).contains(exponent) {
      return .power(exponent)
    }
    throw ValidationError(
      "expected relu, leaky:α (such as leaky:1/10), abs, linear or power:m with m from 1 to \(most).")
  }
}
