/// What a result leaves open.
public enum Undecided: Hashable, Sendable {
  /// A stratum, by its faces: it may hold further local minima.
  case stratum([Face], reason: String)
  /// A component, by its faces: it is listed, but could not be described exactly though that was asked for.
  case component([Face], reason: String)
  /// Something about the list as a whole.
  case global(reason: String)

  /// Of a stratum or component.
  public var faces: [Face] {
    switch self {
    case .stratum(let faces, _), .component(let faces, _): faces
    case .global: []
    }
  }

  /// Why, in words.
  public var reason: String {
    switch self {
    case .stratum(_, let reason), .global(let reason): reason
    case .component(_, let reason): Self.componentPrefix + reason
    }
  }

  private static let componentPrefix = "the exact description: "

  public var isStratum: Bool {
    if case .stratum = self { return true }
    return false
  }
}

extension Undecided: Codable {
  private enum CodingKeys: String, CodingKey {
    case faces
    case reason
  }

  /// Reads faces and reason, which tell what is undecided. The stratum of the origin, which has no faces, is read
  /// as the list as a whole.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let faces = try container.decode([Face].self, forKey: .faces)
    let reason = try container.decode(String.self, forKey: .reason)
    if reason.hasPrefix(Self.componentPrefix) {
      self = .component(faces, reason: String(reason.dropFirst(Self.componentPrefix.count)))
    } else {
      self = faces.isEmpty ? .global(reason: reason) : .stratum(faces, reason: reason)
    }
  }

  /// Writes faces and reason.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(faces, forKey: .faces)
    try container.encode(reason, forKey: .reason)
  }
}
