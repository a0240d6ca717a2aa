/// What a table's text cannot tell about itself, or need not.
public struct TableFormat: Hashable, Sendable {
  /// What stands between two cells.
  public enum Separator: String, CaseIterable, Hashable, Sendable {
    case comma
    case semicolon
    case tab
    /// Any number of spaces and tabs; those at the ends of a line do not count.
    case space

    var byte: UInt8 {
      switch self {
      case .comma: UInt8(ascii: ",")
      case .semicolon: UInt8(ascii: ";")
      case .tab: UInt8(ascii: "\t")
      case .space: UInt8(ascii: " ")
      }
    }

    init?(byte: UInt8) {
      guard let separator = Self.allCases.first(where: { $0.byte == byte }) else { return nil }
      self = separator
    }
  }

  /// The separator; `nil` for the first of comma, semicolon and tab that occurs outside of quotation marks.
  public var separator: Separator?
  /// Whether numbers are written `1,5`; a comma then separates no cells.
  public var hasDecimalComma: Bool
  /// The columns to be left out, by their names or by their numbers from 1. They may contain anything.
  public var ignoredColumns: [String]

  public init(separator: Separator? = nil, hasDecimalComma: Bool = false, ignoredColumns: [String] = []) {
    self.separator = separator
    self.hasDecimalComma = hasDecimalComma
    self.ignoredColumns = ignoredColumns
  }

  /// The bytes that may turn out to be the separator.
  var candidates: [UInt8] {
    if let separator { return [separator.byte] }
    return (hasDecimalComma ? [] : [Separator.comma.byte]) + [Separator.semicolon.byte, Separator.tab.byte]
  }
}
