import Algebra
import ArgumentParser
import Interchange
import LandscapeModel

/// A file that lists rows of a benchmark.
struct SuiteFile: Decodable {
  struct Row: Decodable {
    let name: String?
    let arguments: [String]

    private enum Key: String, CodingKey, CaseIterable {
      case name
      case arguments
    }

    init(from decoder: any Decoder) throws {
      try decoder.refuseKeys(besides: Key.allCases.map(\.rawValue))
      let container = try decoder.container(keyedBy: Key.self)
      name = try container.decodeIfPresent(String.self, forKey: .name)
      arguments = try container.decode([String].self, forKey: .arguments)
    }
  }

  static let schema = "allminima/benchmark-suite/1"

  let rows: [Row]

  private enum Key: String, CodingKey, CaseIterable {
    case schema
    case rows
  }

  init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(besides: Key.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: Key.self)
    let schema = try container.decode(String.self, forKey: .schema)
    guard schema == Self.schema else {
      throw DecodingError.dataCorruptedError(
        forKey: .schema, in: container, debugDescription: "The schema must be \(Self.schema).")
    }
    rows = try container.decode([Row].self, forKey: .rows)
    guard !rows.isEmpty else {
      throw DecodingError.dataCorruptedError(
        forKey: .rows, in: container, debugDescription: "There are no rows.")
    }
  }

  /// - Throws: `InputError`, `SyntaxError`, `SuiteError`, `Interruption`.
  init(_ source: InputSource, _ control: Control) throws {
    let text = try source.text(control)
    try JSONSyntax.check(text, file: source.name)
    do {
      self = try JSONText.decode(Self.self, from: text)
    } catch let error as DecodingError {
      throw SuiteError(file: source.name, error)
    }
  }
}

/// What is wrong with a suite, and where.
struct SuiteError: EndingError, CustomStringConvertible {
  let description: String

  var exitCode: ExitCode { .invalidData }

  init(file: String, row: Int, _ reason: String) { description = "\(file), row \(row): \(reason)" }

  fileprivate init(file: String, _ error: DecodingError) {
    let (context, reason): (DecodingError.Context, String) =
      switch error {
      case .keyNotFound(let key, let context): (context, "'\(key.stringValue)' is missing")
      case .typeMismatch(_, let context), .valueNotFound(_, let context): (context, context.debugDescription)
      case .dataCorrupted(let context): (context, context.debugDescription)
      @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), "\(error)")
      }
    description = "\(file)\(Self.place(context.codingPath)): \(Excerpt.printable(reason))"
  }

  /// The rows are counted from 1, as are their arguments.
  private static func place(_ path: [any CodingKey]) -> String {
    let names = path.map { key in key.intValue.map { "number \($0 + 1)" } ?? "'\(key.stringValue)'" }
    return names.isEmpty ? "" : ", in \(names.joined(separator: ", "))"
  }
}

extension Decoder {
  /// A key that is misspelt must not be passed over in silence.
  fileprivate func refuseKeys(besides known: [String]) throws {
    for key in try container(keyedBy: AnyKey.self).allKeys where !known.contains(key.stringValue) {
      throw DecodingError.dataCorrupted(
        .init(codingPath: codingPath, debugDescription: "'\(key.stringValue)' is not known here."))
    }
  }
}

private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
