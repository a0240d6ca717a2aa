/// Yes, no, or not decided.
public enum Trilean: Hashable, Sendable, Codable {
  case yes
  case no
  case undecided

  /// Reads `true`, `false` or `"undecided"`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = value ? .yes : .no
      return
    }
    guard try container.decode(String.self) == "undecided" else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected true, false or \"undecided\"")
    }
    self = .undecided
  }

  /// Writes `true`, `false` or `"undecided"`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .yes: try container.encode(true)
    case .no: try container.encode(false)
    case .undecided: try container.encode("undecided")
    }
  }
}
