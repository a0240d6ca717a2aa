import Algebra
import ArgumentParser
import Interchange
import TrainedNetworks

/// The weights of a network in JSON.
struct WeightsFile: Decodable {
  /// A number, or a text that is one exactly.
  struct Number: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        text = "\(number)"
      } else {
        text = try container.decode(String.self)
      }
    }
  }

  let a: [Number]
  let w: [[Number]]

  /// - Throws: `UnsuitableWeights`, `InputError`.
  static func weights<Rational: ExactRational>(
    _ source: InputSource, control: Control
  ) throws -> NetworkWeights<Rational> {
    let file: WeightsFile
    do {
      file = try JSONText.decode(WeightsFile.self, from: try source.text(control))
    } catch let error as DecodingError {
      throw UnsuitableWeights(source: source.name, reason: reason(error))
    }
    func exact(_ number: Number, _ place: String) throws -> Rational {
      do {
        return try Rational(exactly: number.text)
      } catch {
        throw UnsuitableWeights(source: source.name, reason: "\(place): '\(number.text)' is not a number")
      }
    }
    do {
      return try NetworkWeights(
        a: file.a.enumerated().map { try exact($1, "a, unit \($0 + 1)") },
        w: file.w.enumerated().map { unit, row in
          try row.enumerated().map { try exact($1, "w, unit \(unit + 1), entry \($0 + 1)") }
        })
    } catch let error as WeightsError {
      throw UnsuitableWeights(source: source.name, reason: "\(error)")
    }
  }

  private static func reason(_ error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      context.codingPath.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }.joined(separator: ", ")
    }
    return switch error {
    case .keyNotFound(let key, _): "there is no '\(key.stringValue)'"
    case .typeMismatch(_, let context) where !context.codingPath.isEmpty,
      .valueNotFound(_, let context) where !context.codingPath.isEmpty:
      "\(place(context)): expected numbers, as in {\"a\": [1, 2], \"w\": [[1, 0], [2, \"1/3\"]]}"
    default: "is no JSON object with weights, such as {\"a\": [1, 2], \"w\": [[1, 0], [2, \"1/3\"]]}"
    }
  }
}

/// Weights that do not fit.
struct UnsuitableWeights: EndingError, CustomStringConvertible {
  let source: String
  let reason: String

  var exitCode: ExitCode { .invalidData }
  var description: String { "\(source): \(reason)" }
}
