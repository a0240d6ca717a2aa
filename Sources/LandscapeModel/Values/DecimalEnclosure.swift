/// An enclosure of a real number by two decimal numbers, in a canonical form.
///
/// `lower` and `upper` are the decimal with the wanted number of significant digits that is nearest to the
/// number, minus and plus one unit in its last place; both are the same text where the number is known
/// exactly to be that decimal by the caller. Whatever encloses the number tightly enough leads to the same
/// text, which is why results do not depend on the engine.
public struct DecimalEnclosure: Hashable, Sendable, Codable {
  public let lower: String
  public let upper: String

  public init(lower: String, upper: String) {
    self.lower = lower
    self.upper = upper
  }

  /// A number that is known exactly and printed as it is.
  public init(exact text: String) {
    self.init(lower: text, upper: text)
  }
}
