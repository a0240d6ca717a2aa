import Algebra
import BigInt

extension SwiftEngine.Integer {
  public func quotientAndRemainder(dividingBy divisor: Self) throws -> (quotient: Self, remainder: Self) {
    guard !divisor.isZero else { throw AlgebraError.divisionByZero }
    return divided(by: divisor)
  }

  /// Quotient rounded towards zero and remainder, for a divisor that is not zero.
  @inline(__always)
  func divided(by divisor: Self) -> (quotient: Self, remainder: Self) {
    if large == nil, divisor.large == nil {
      let (quotient, overflow) = word.dividedReportingOverflow(by: divisor.word)
      if !overflow { return (Self(small: quotient), Self(small: word - quotient * divisor.word)) }
    }
    return dividedLarge(by: divisor)
  }

  private func dividedLarge(by divisor: Self) -> (quotient: Self, remainder: Self) {
    let isNegative = isNegative
    let isQuotientNegative = isNegative != divisor.isNegative
    return withWords { x, n in
      divisor.withWords { y, m in
        guard Words.compare(x, n, y, m) >= 0 else { return (0, self) }
        let shift = y[m - 1].leadingZeroBitCount
        return withUnsafeTemporaryAllocation(of: UInt.self, capacity: n + m + 2) { scratch in
          guard let dividend = scratch.baseAddress else { preconditionFailure("a buffer of positive size") }
          let normalised = dividend + n + 2
          _ = Words.shiftLeft(normalised, y, m, by: shift)
          dividend[n] = Words.shiftLeft(dividend, x, n, by: shift)
          dividend[n + 1] = 0
          let quotient = Self.computing(isNegative: isQuotientNegative, capacity: n - m + 2) {
            Words.divide($0, dividend, n + 1, normalised, m)
          }
          let remainder = Self.computing(isNegative: isNegative, capacity: m) {
            Words.shiftRight($0, dividend, m, by: shift)
          }
          return (quotient, remainder)
        }
      }
    }
  }

  public func dividedExactly(by divisor: Self) throws -> Self {
    let (quotient, remainder) = try quotientAndRemainder(dividingBy: divisor)
    guard remainder.isZero else { throw AlgebraError.inexactDivision }
    return quotient
  }

  /// The remainder in `0..<modulus`.
  @inline(__always)
  func residue(modulo modulus: UInt) -> UInt {
    let rest =
      large == nil ? word.magnitude % modulus : withWords { Words.remainder($0, $1, by: modulus) }
    return isNegative && rest != 0 ? modulus - rest : rest
  }

  /// The remainder in `0..<modulus`, for a positive modulus.
  func residue(modulo modulus: Self) -> Self {
    let rest = divided(by: modulus).remainder
    return rest.isNegative ? rest + modulus : rest
  }

  public func greatestCommonDivisor(with other: Self) -> Self {
    if large == nil, other.large == nil {
      return Self(
        isNegative: false, word: Words.greatestCommonDivisor(word.magnitude, other.word.magnitude))
    }
    if isZero { return other.magnitude }
    if other.isZero { return magnitude }
    if other.large == nil {
      let rest = withWords { Words.remainder($0, $1, by: other.word.magnitude) }
      return Self(isNegative: false, word: Words.greatestCommonDivisor(other.word.magnitude, rest))
    }
    if large == nil { return other.greatestCommonDivisor(with: self) }
    return withWords { x, n in
      other.withWords { y, m in
        let capacity = max(n, m) + 1
        return withUnsafeTemporaryAllocation(of: UInt.self, capacity: 2 * capacity) { scratch in
          guard let first = scratch.baseAddress else { preconditionFailure("a buffer of positive size") }
          let second = first + capacity
          scratch.initialize(repeating: 0)
          first.update(from: x, count: n)
          second.update(from: y, count: m)
          let (inFirst, count) = Words.greatestCommonDivisor(first, n, second, m, capacity: capacity)
          let result = inFirst ? first : second
          return Self(isNegative: false, words: Array(UnsafeBufferPointer(start: result, count: count)))
        }
      }
    }
  }

  public func squareRoot() throws -> (root: Self, isExact: Bool) {
    guard signum() >= 0 else { throw AlgebraError.domain("the square root of a negative integer") }
    let (root, remainder) = squareRootAndRemainder()
    return (root, remainder.isZero)
  }

  /// For a number that is not negative (Zimmermann, Karatsuba square root, INRIA research report 3805, 1999).
  func squareRootAndRemainder() -> (root: Self, remainder: Self) {
    let bits = bitLength
    if bits <= 62 {
      var root = Int(Double(word).squareRoot())
      while root * root > word { root -= 1 }
      while (root + 1) * (root + 1) <= word { root += 1 }
      return (Self(small: root), Self(small: word - root * root))
    }
    // The root of the upper half, then one division for the lower half of the digits; the top quarter has to
    // have one of its two leading bits set.
    let quarter = (bits + 1) / 4 - 1
    let high = flooredRight(by: 2 * quarter)
    let (upper, upperRest) = high.squareRootAndRemainder()
    let next = lowBits(2 * quarter).flooredRight(by: quarter)
    let (quotient, rest) = (upperRest.shiftedLeft(by: quarter) + next).divided(by: upper + upper)
    var root = upper.shiftedLeft(by: quarter) + quotient
    var remainder = rest.shiftedLeft(by: quarter) + lowBits(quarter) - quotient * quotient
    while remainder.isNegative {
      remainder = remainder + root + root - 1
      root = root - 1
    }
    return (root, remainder)
  }

  /// The remainder modulo `2^bits` of a number that is not negative.
  private func lowBits(_ bits: Int) -> Self { self - shiftedRight(by: bits).shiftedLeft(by: bits) }
}
