import Algebra
import ArgumentParser
import Interchange
import TrainedNetworks

/// The weights of a network, in JSON or as tensors.
struct WeightsFile: Decodable {
  /// A number, or a text that is one exactly.
  struct Number: Decodable {
    let text: String

    init(text: String) { self.text = text }

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

  /// The first two linear layers, `hidden` and `output` or in the order of their names.
  ///
  /// - Parameter bias: whether hidden units have one, which becomes the last entry of `w`.
  /// - Throws: `Safetensors.Malformed` if there is no such network.
  init(_ file: Safetensors, bias: Bool) throws {
    let layers = try file.linearLayers()
    let (hidden, output) = (layers[0], layers[1])
    guard output.weight.shape[0] == 1 else {
      throw Safetensors.Malformed("'\(output.name)' has \(output.weight.shape[0]) outputs, not one")
    }
    let units = hidden.weight.shape[0]
    guard output.weight.shape[1] == units else {
      throw Safetensors.Malformed(
        "'\(output.name)' takes \(output.weight.shape[1]) values, but '\(hidden.name)' makes \(units)")
    }
    if let values = output.bias?.values, values.contains(where: { Double($0) != 0 }) {
      throw Safetensors.Malformed("'\(output.name)' has a bias, which is no parameter of this problem")
    }
    let biases = hidden.bias?.values ?? Array(repeating: "0", count: units)
    guard biases.count == units else {
      throw Safetensors.Malformed("'\(hidden.name)' has \(biases.count) biases for \(units) units")
    }
    if !bias, biases.contains(where: { Double($0) != 0 }) {
      throw Safetensors.Malformed("'\(hidden.name)' has biases, which --no-bias leaves out")
    }
    let inputs = hidden.weight.shape[1]
    a = output.weight.values.map(Number.init(text:))
    w = (0..<units).map { unit in
      (hidden.weight.values[unit * inputs..<(unit + 1) * inputs] + (bias ? [biases[unit]] : []))
        .map(Number.init(text:))
    }
  }

  /// - Throws: `UnsuitableWeights`, `InputError`.
  ///
  /// - Parameter bias: whether hidden units have one.
  static func weights<Rational: ExactRational>(
    _ source: InputSource, bias: Bool, control: Control
  ) throws -> NetworkWeights<Rational> {
    let bytes = try source.bytes(control)
    let file: WeightsFile
    do {
      file =
        Safetensors.isLikely(bytes)
        ? try WeightsFile(Safetensors(bytes), bias: bias)
        : try JSONText.decode(WeightsFile.self, from: try source.text(of: bytes))
    } catch let error as Safetensors.Malformed {
      throw UnsuitableWeights(source: source.name, reason: error.reason)
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
