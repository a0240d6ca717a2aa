/// Why an enumeration cannot be started.
public enum EnumerationError: Error, Hashable, Sendable {
  /// About this many strata.
  case tooManyStrata(Double)
}

extension EnumerationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooManyStrata(let count): "about \(count) strata are more than can be numbered"
    }
  }
}
