/// What may be chosen; `usesFilter` and `prunes` leave the components unchanged.
public struct EnumerationOptions: Codable, Hashable, Sendable {
  /// What a user may ask for; more takes long and is of no use.
  public static let mostDigits = 1000

  /// Significant decimal digits of all enclosures, at least 1.
  public var digits = 15
  /// Whether the floating-point filter is used. Without it every stratum is decided in ball arithmetic.
  public var usesFilter = true
  /// Whether the filter may reject a stratum by what it found out about a part of it.
  public var prunes = true
  /// Whether components are described in exact numbers as well. Costs much more than finding them.
  public var describesExactly = false
  /// Whether units have their directions, and each component's point its fitted values and residuals. Records of runs do not depend on it.
  public var describesFit = true

  private enum CodingKeys: CodingKey {
    case digits, usesFilter, prunes, describesExactly
  }

  public init(
    digits: Int = 15, usesFilter: Bool = true, prunes: Bool = true, describesExactly: Bool = false,
    describesFit: Bool = true
  ) {
    self.digits = digits
    self.usesFilter = usesFilter
    self.prunes = prunes
    self.describesExactly = describesExactly
    self.describesFit = describesFit
  }
}
