import Algebra
import Testing

extension AlgebraConformance {
  /// Isolation of real roots against an independent count by Sturm sequences.
  public static func checkRootIsolation() throws {
    var random = RandomValues<Engine>(seed: 71)
    for _ in 0..<40 {
      let polynomial = random.univariate(degree: 9, size: 100) * random.univariate(degree: 3)
      if !polynomial.isZero { try check(polynomial) }
    }
    // Products of few factors: roots that are rational, dyadic, zero, multiple, and none at all.
    let factors = [
      [0, 1], [-1, 1], [-3, 2], [3, 4], [-2, 0, 1], [1, 0, 1], [-1, 3], [-6, 11, -6, 1], [5, -5, 1],
    ]
    for _ in 0..<40 {
      let chosen = (0..<random.int(1...5)).map { _ in univariate(factors[random.int(0...factors.count - 1)]) }
      try check(product(chosen))
    }
    #expect(try univariate([5]).isolatedRealRoots(width: nil).isEmpty)
    #expect(try univariate([1, 0, 1]).isolatedRealRoots(width: nil).isEmpty)
    #expect(
      try univariate([0, 0, 3]).isolatedRealRoots(width: nil) == [IsolatingInterval(lower: 0, upper: 0)])
    let half = try Rational(2).inverse()
    #expect(
      try univariate([-1, 2]).isolatedRealRoots(width: nil) == [IsolatingInterval(lower: half, upper: half)])
    #expect(isDomainError { try univariate([]).isolatedRealRoots(width: nil) })
    #expect(isDomainError { try univariate([1, 1]).isolatedRealRoots(width: 0) })
    #expect(isDomainError { try univariate([1, 1]).isolatedRealRoots(width: -1) })
  }

  /// Polynomials that are known to be difficult.
  public static func checkDifficultRoots(degree: Int = 40) throws {
    try check(product((1...degree / 2).map { univariate([-$0, 1]) }), count: degree / 2)
    try check(chebyshev(degree), count: degree)
    // Mignotte's: two roots near 2^−20 that are closer than 2^−190.
    var mignotte = [Integer](repeating: 0, count: 21)
    mignotte[20] = 1
    let line = Univariate(coefficients: [-1, try Integer(2).power(20)])
    try check(Univariate(coefficients: mignotte) - univariate([2]) * line * line, count: 4)
    // Roots 1/3 and 1/3 + 2^−500, others of very different size, and the non-real ones i/10 and −i/10.
    let tiny = try Integer(2).power(500)
    let close = univariate([-1, 3]) * Univariate(coefficients: [-(tiny + 3), Integer(3) * tiny])
    try check(close, count: 2)
    try check(close * Univariate(coefficients: [-1, tiny]) * univariate([1, 0, 100]), count: 3)
    try check(close * close * Univariate(coefficients: [tiny, 1]) * univariate([0, 0, 1]), count: 4)
    // Beside a dyadic root; and roots that are not real, but nearly.
    try check(univariate([-1, 1]) * Univariate(coefficients: [-(tiny + 1), tiny]), count: 2)
    try check(univariate([1, -2, 1]) * Univariate(coefficients: [tiny]) + univariate([1]), count: 0)
    try check(Univariate(coefficients: [tiny]) * univariate([1, -6, 9]) - univariate([1]), count: 2)
  }

  private static func chebyshev(_ degree: Int) -> Univariate {
    var (last, next) = (univariate([1]), univariate([0, 1]))
    for _ in 1..<degree { (last, next) = (next, univariate([0, 2]) * next - last) }
    return next
  }

  private static func check(_ polynomial: Univariate, count: Int? = nil) throws {
    let sturm = SturmSequence<Engine>(polynomial)
    let expected = count ?? sturm.countOfRealRoots
    #expect(sturm.countOfRealRoots == expected)
    let part = polynomial.squarefreePart
    for width in [nil, try Rational(numerator: 2, denominator: 3), try Rational(2).power(-600)] {
      let intervals = try polynomial.isolatedRealRoots(width: width)
      #expect(intervals.count == expected, "\(polynomial)")
      for interval in intervals {
        if interval.isExact {
          #expect(try polynomial.evaluated(at: interval.lower) == 0)
        } else {
          #expect(try polynomial.evaluated(at: interval.lower) != 0)
          #expect(try polynomial.evaluated(at: interval.upper) != 0)
          #expect(sturm.variations(at: interval.lower) - sturm.variations(at: interval.upper) == 1)
        }
        if let width { #expect(interval.upper - interval.lower <= width) }
        let narrow = try part.refined(interval, width: Rational(2).power(-700), control: Control())
        #expect(interval.lower <= narrow.lower && narrow.upper <= interval.upper)
        #expect(narrow.upper - narrow.lower <= (try Rational(2).power(-700)))
        #expect(
          try narrow.isExact
            ? part.evaluated(at: narrow.lower) == 0
            : part.evaluated(at: narrow.lower).signum() * part.evaluated(at: narrow.upper).signum() < 0)
      }
      for (left, right) in zip(intervals, intervals.dropFirst()) {
        #expect(left.upper <= right.lower && !(left.isExact && right.isExact && left == right))
      }
    }
  }
}
