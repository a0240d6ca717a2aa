/// Univariate polynomials modulo an integer, given as lists of residues in `0..<modulus` without zeros at the end.
struct ModularVectors {
  typealias Integer = SwiftEngine.Integer

  let modulus: Integer

  func reduced(_ list: [Integer]) -> [Integer] {
    IntegerVectors.trimmed(list.map { $0.residue(modulo: modulus) })
  }

  /// Residues of least absolute value.
  func symmetric(_ list: [Integer]) -> [Integer] {
    let half = modulus.shiftedRight(by: 1)
    return list.map { $0 > half ? $0 - modulus : $0 }
  }

  func multiply(_ a: [Integer], _ b: [Integer]) -> [Integer] { reduced(IntegerVectors.product(a, b)) }

  func add(_ a: [Integer], _ b: [Integer]) -> [Integer] {
    let (long, short) = a.count >= b.count ? (a, b) : (b, a)
    return reduced(
      long.enumerated().map { $0.offset < short.count ? $0.element + short[$0.offset] : $0.element })
  }

  func subtract(_ a: [Integer], _ b: [Integer]) -> [Integer] {
    reduced(
      (0..<max(a.count, b.count)).map { ($0 < a.count ? a[$0] : 0) - ($0 < b.count ? b[$0] : 0) })
  }

  func scale(_ a: [Integer], by factor: Integer) -> [Integer] { reduced(a.map { $0 * factor }) }

  /// From so many terms of quotient and divisor on, a few products are cheaper than the schoolbook's method.
  private static let newtonLimit = 24

  /// Quotient and remainder by a monic divisor. Cost: schoolbook, for long operands a few products.
  func divide(_ a: [Integer], byMonic divisor: [Integer]) -> (quotient: [Integer], remainder: [Integer]) {
    let length = a.count - divisor.count + 1
    guard length > 0 else { return ([], a) }
    if min(length, divisor.count) >= Self.newtonLimit {
      // Reversed, the quotient is a power series: the dividend times the inverse of the divisor.
      let inverse = seriesInverse(Array(divisor.reversed().prefix(length)), count: length)
      let series = truncatedProduct(Array(a.reversed().prefix(length)), inverse, count: length)
      let padded = series + Array(repeating: 0, count: length - series.count)
      let quotient = IntegerVectors.trimmed(padded.reversed())
      return (quotient, subtract(a, multiply(quotient, divisor)))
    }
    var rest = a
    var quotient = [Integer](repeating: 0, count: length)
    for place in (0..<length).reversed() {
      // Reduced only when it is used, as sums of few products are not much longer than products.
      let factor = rest[place + divisor.count - 1].residue(modulo: modulus)
      guard !factor.isZero else { continue }
      quotient[place] = factor
      for index in 0..<(divisor.count - 1) where !divisor[index].isZero {
        rest[place + index] -= factor * divisor[index]
      }
    }
    return (IntegerVectors.trimmed(quotient), reduced(Array(rest.prefix(divisor.count - 1))))
  }

  private func truncatedProduct(_ a: [Integer], _ b: [Integer], count: Int) -> [Integer] {
    reduced(Array(IntegerVectors.product(a, b).prefix(count)))
  }

  /// The first terms of the inverse of a power series with constant term 1, by Newton's iteration.
  private func seriesInverse(_ series: [Integer], count: Int) -> [Integer] {
    var (inverse, known): ([Integer], Int) = ([1], 1)
    while known < count {
      known = min(2 * known, count)
      // g (2 − f g).
      let product = truncatedProduct(Array(series.prefix(known)), inverse, count: known)
      inverse = truncatedProduct(inverse, subtract([2], product), count: known)
    }
    return inverse
  }

  /// The inverse of a unit.
  func inverse(_ value: Integer) -> Integer {
    var (r0, r1, s0, s1): (Integer, Integer, Integer, Integer) = (modulus, value, 0, 1)
    while !r1.isZero {
      let (quotient, rest) = r0.divided(by: r1)
      (r0, r1) = (r1, rest)
      (s0, s1) = (s1, s0 - quotient * s1)
    }
    precondition(r0 == 1, "a unit has an inverse")
    return s0.residue(modulo: modulus)
  }
}
