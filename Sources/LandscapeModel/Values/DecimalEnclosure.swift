/// An enclosure of a real number by two decimal numbers, in a canonical form.
///
/// `lower` and `upper` are the decimal with the wanted number of significant digits that is nearest to the
/// number, minus and plus one unit in its last place; both are the same where the number is known exactly to be
/// that decimal. Whatever encloses the number tightly enough leads to the same enclosure, which is why results do
/// not depend on the engine.
public struct DecimalEnclosure: Hashable, Sendable, Codable {
  public let lower: DecimalNumber
  public let upper: DecimalNumber

  public init(lower: DecimalNumber, upper: DecimalNumber) {
    self.lower = lower
    self.upper = upper
  }

  /// A number that is known exactly.
  public init(exact number: DecimalNumber) { self.init(lower: number, upper: number) }

  public static let zero = Self(exact: "0")
  public static let one = Self(exact: "1")

  /// Whether the two enclosures have a number in common.
  public func overlaps(_ other: Self) -> Bool { lower <= other.upper && other.lower <= upper }

  /// The double nearest to the middle of the enclosure.
  public var doubleValue: Double { lower.middle(to: upper).doubleValue }

  /// The decimal nearest to the middle of the enclosure, for people to read.
  ///
  /// - Parameter digits: significant decimal digits, at least 1.
  public func rounded(toDigits digits: Int) -> DecimalNumber {
    lower.middle(to: upper).rounded(toDigits: digits)
  }
}
