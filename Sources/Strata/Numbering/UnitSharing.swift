/// How units are shared among faces.
package enum UnitSharing {
  /// All ways to write `total` as an ordered sum of positive numbers.
  package static func compositions(of total: Int, into parts: Int) -> [[Int]] {
    guard parts > 0 else { return total == 0 ? [[]] : [] }
    guard total >= parts else { return [] }
    if parts == 1 { return [[total]] }
    return (1...(total - parts + 1)).flatMap { first in
      compositions(of: total - first, into: parts - 1).map { [first] + $0 }
    }
  }

  /// The number of orders of units of which so many are alike: the multinomial coefficient.
  package static func orders(_ counts: [Int]) -> Int {
    counts.reduce(factorial(counts.reduce(0, +))) { $0 / factorial($1) }
  }

  private static func factorial(_ n: Int) -> Int { (1...max(1, n)).reduce(1, *) }
}
