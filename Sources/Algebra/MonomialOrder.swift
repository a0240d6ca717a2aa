/// How monomials are compared; the names are the standard ones. The first variable is the greatest.
public enum MonomialOrder: Hashable, Sendable {
  /// Total degree, ties broken by the reverse lexicographic order.
  case degreeReverseLexicographic
  /// Purely lexicographic.
  case lexicographic
  /// Total degree, ties broken lexicographically.
  case degreeLexicographic
  /// Eliminates the first `count` variables: degree reverse lexicographic on them first, then degree reverse
  /// lexicographic on the rest.
  case elimination(count: Int)
  /// The weighted degree with these positive weights, one for each variable; ties broken by the reverse
  /// lexicographic order.
  case weighted([Int])
}

extension MonomialOrder {
  /// Whether monomials of a greater total degree are greater.
  public var refinesDegree: Bool {
    switch self {
    case .degreeReverseLexicographic, .degreeLexicographic: true
    case .lexicographic, .elimination, .weighted: false
    }
  }

  /// Whether the exponent vector `left` is greater than (1), equal to (0) or less than (−1) `right`.
  ///
  /// The definition against which packed implementations are tested; both vectors have one nonnegative
  /// entry for each variable.
  public func compare(_ left: [Int], _ right: [Int]) -> Int {
    precondition(left.count == right.count)
    let whole = 0..<left.count
    switch self {
    case .degreeReverseLexicographic:
      return Self.compareDegreeReverseLexicographic(left[whole], right[whole])
    case .lexicographic:
      return Self.compareLexicographic(left, right)
    case .degreeLexicographic:
      let (leftDegree, rightDegree) = (left.reduce(0, +), right.reduce(0, +))
      return leftDegree == rightDegree
        ? Self.compareLexicographic(left, right) : (leftDegree > rightDegree ? 1 : -1)
    case .elimination(let count):
      let split = min(max(count, 0), left.count)
      let first = Self.compareDegreeReverseLexicographic(left[..<split], right[..<split])
      return first != 0 ? first : Self.compareDegreeReverseLexicographic(left[split...], right[split...])
    case .weighted(let weights):
      precondition(weights.count == left.count)
      let leftDegree = zip(weights, left).reduce(0) { $0 + $1.0 * $1.1 }
      let rightDegree = zip(weights, right).reduce(0) { $0 + $1.0 * $1.1 }
      return leftDegree == rightDegree
        ? Self.compareReverseLexicographic(left[whole], right[whole]) : (leftDegree > rightDegree ? 1 : -1)
    }
  }

  private static func compareLexicographic(_ left: [Int], _ right: [Int]) -> Int {
    for (a, b) in zip(left, right) where a != b { return a > b ? 1 : -1 }
    return 0
  }

  private static func compareReverseLexicographic(_ left: ArraySlice<Int>, _ right: ArraySlice<Int>) -> Int {
    for (a, b) in zip(left.reversed(), right.reversed()) where a != b { return a < b ? 1 : -1 }
    return 0
  }

  private static func compareDegreeReverseLexicographic(
    _ left: ArraySlice<Int>, _ right: ArraySlice<Int>
  ) -> Int {
    let (leftDegree, rightDegree) = (left.reduce(0, +), right.reduce(0, +))
    return leftDegree == rightDegree
      ? compareReverseLexicographic(left, right) : (leftDegree > rightDegree ? 1 : -1)
  }
}
