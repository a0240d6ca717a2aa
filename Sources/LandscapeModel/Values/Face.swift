/// A set of hidden weights on which a unit is linear: a face of the arrangement of the data.
public enum Face: Hashable, Sendable {
  /// The weights with one activation pattern.
  case pattern(SignVector)
  /// All weights: of a unit whose activation has no kinks.
  case whole

  /// The pattern, if there is one.
  public var signs: SignVector? {
    switch self {
    case .pattern(let signs): signs
    case .whole: nil
    }
  }
}

extension Face: CustomStringConvertible {
  private static let wholeName = "all"

  /// One of `-`, `0`, `+` for each data row; `all` for all weights.
  public var description: String { signs?.description ?? Self.wholeName }

  /// Reads what `description` writes.
  ///
  /// - Throws: `MalformedText`.
  public init(text: String) throws {
    self = text == Self.wholeName ? .whole : .pattern(try SignVector(text: text))
  }
}

extension Face: Codable {
  /// Reads text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      try self.init(text: container.decode(String.self))
    } catch let error as MalformedText {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
    }
  }

  /// Writes `description`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
