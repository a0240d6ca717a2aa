/// Numbers the sets of at most `maximumSize` elements of `0..<count`: first by size, then
/// lexicographically. These are the strata of a network's parameter space up to permutations of the units.
package struct StratumIndex: Sendable {
  package let count: Int
  package let maximumSize: Int
  /// `startOfSize[m]` is the number of the first set of size `m`; the last entry is the number of sets.
  private let startOfSize: [Int]

  /// - Returns: `nil` if the number of sets does not fit a machine word.
  package init?(count: Int, maximumSize: Int) {
    self.count = count
    self.maximumSize = min(maximumSize, count)
    var starts = [0]
    for size in 0...self.maximumSize {
      guard let sets = Self.binomial(count, size) else { return nil }
      let (sum, overflow) = starts[size].addingReportingOverflow(sets)
      guard !overflow else { return nil }
      starts.append(sum)
    }
    startOfSize = starts
  }

  /// The number of sets, `Σ_m C(count, m)`.
  package var total: Int { startOfSize[maximumSize + 1] }

  /// `C(n, k)`, or `nil` if it does not fit a machine word.
  package static func binomial(_ n: Int, _ k: Int) -> Int? {
    guard k >= 0, k <= n else { return 0 }
    var result = 1
    for i in 1...max(1, min(k, n - k)) where min(k, n - k) > 0 {
      // result · (n − i + 1) is divisible by i.
      let (high, low) = result.multipliedFullWidth(by: n - min(k, n - k) + i)
      guard high < i else { return nil }
      let (quotient, overflow) = dividing(high, low, by: i)
      guard !overflow else { return nil }
      result = quotient
    }
    return result
  }

  private static func dividing(_ high: Int, _ low: UInt, by divisor: Int) -> (Int, Bool) {
    let (quotient, _) = UInt(divisor).dividingFullWidth((UInt(high), low))
    return (Int(truncatingIfNeeded: quotient), quotient > UInt(Int.max))
  }

  /// The approximate number of sets, for estimates where `init` refuses.
  package static func approximateTotal(count: Double, maximumSize: Int) -> Double {
    var (sum, term) = (1.0, 1.0)
    for size in 1...max(1, maximumSize) where Double(size) <= count {
      term *= (count - Double(size) + 1) / Double(size)
      sum += term
    }
    return sum
  }

  /// The set with this number, in increasing order.
  package subscript(_ number: Int) -> [Int] {
    precondition((0..<total).contains(number))
    var size = 0
    while startOfSize[size + 1] <= number { size += 1 }
    var rest = number - startOfSize[size]
    var set: [Int] = []
    var next = 0
    for position in 0..<size {
      while true {
        guard let below = Self.binomial(count - next - 1, size - position - 1) else {
          preconditionFailure("smaller than the total, which fits")
        }
        if rest < below { break }
        rest -= below
        next += 1
      }
      set.append(next)
      next += 1
    }
    return set
  }

  /// The number of the first set of a size, up to `maximumSize`.
  package func start(ofSize size: Int) -> Int { startOfSize[size] }

  /// Visits the sets with the given numbers in order, as a common prefix and a range of last elements: the
  /// sets are `prefix + [last]` for every `last`. The empty set is visited as `nil`.
  package func forEachRun(
    in numbers: Range<Int>, _ body: (_ prefix: [Int], _ lasts: Range<Int>?) throws -> Void
  ) rethrows {
    precondition(numbers.lowerBound >= 0 && numbers.upperBound <= total)
    var number = numbers.lowerBound
    if number == 0, number < numbers.upperBound {
      try body([], nil)
      number = 1
    }
    guard number < numbers.upperBound else { return }
    var set = self[number]
    while number < numbers.upperBound {
      let last = set[set.count - 1]
      let run = min(count - last, numbers.upperBound - number)
      try body(Array(set.dropLast()), last..<(last + run))
      number += run
      guard number < numbers.upperBound else { return }
      advance(&set)
    }
  }

  /// The first set with the next prefix, or the first of the next size.
  private func advance(_ set: inout [Int]) {
    let size = set.count
    var position = size - 2
    while position >= 0, set[position] == count - size + position { position -= 1 }
    if position < 0 {
      set = Array(0...size)
      return
    }
    set[position] += 1
    for later in (position + 1)..<size { set[later] = set[later - 1] + 1 }
  }
}
