/// What a user can ask for to have a table read otherwise.
public enum TableRemedy: Hashable, Sendable {
  case ignore(column: Int)
  case separator(TableFormat.Separator)
  case decimalComma
}

extension InputError {
  /// What may help.
  public var remedy: TableRemedy? {
    switch problem {
    case .decimalComma, .thousandsOrDecimalComma: .decimalComma
    case .separatedBySpaces: .separator(.space)
    case .uncutCell(_, let separator): .separator(separator)
    default: nil
    }
  }
}
