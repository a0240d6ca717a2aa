/// Univariate polynomials modulo a prime: lists of residues in the field's representation, from the constant
/// term upwards, without zeros at the end.
struct ResiduePolynomials {
  typealias Polynomial = [UInt]

  let field: ResidueField

  init(prime: UInt) { field = ResidueField(prime: prime) }

  func reduced(_ integers: [SwiftEngine.Integer]) -> Polynomial {
    trimmed(integers.map { field.element($0) })
  }

  /// The residues as integers in `0..<p`.
  func integers(_ polynomial: Polynomial) -> [SwiftEngine.Integer] {
    polynomial.map { SwiftEngine.Integer(isNegative: false, word: field.residue($0)) }
  }

  func trimmed(_ polynomial: Polynomial) -> Polynomial {
    var count = polynomial.count
    while count > 0, polynomial[count - 1] == 0 { count -= 1 }
    return count == polynomial.count ? polynomial : Array(polynomial.prefix(count))
  }

  func add(_ a: Polynomial, _ b: Polynomial) -> Polynomial {
    var (sum, short) = a.count >= b.count ? (a, b) : (b, a)
    for i in short.indices { sum[i] = field.add(sum[i], short[i]) }
    return trimmed(sum)
  }

  func subtract(_ a: Polynomial, _ b: Polynomial) -> Polynomial {
    var result = a
    if result.count < b.count { result += Array(repeating: 0, count: b.count - result.count) }
    for i in b.indices { result[i] = field.subtract(result[i], b[i]) }
    return trimmed(result)
  }

  func scale(_ a: Polynomial, by factor: UInt) -> Polynomial {
    factor == 0 ? [] : a.map { field.multiply($0, factor) }
  }

  func monic(_ a: Polynomial) -> Polynomial {
    guard let lead = a.last, lead != field.one else { return a }
    return scale(a, by: field.inverse(lead))
  }

  func derivative(_ a: Polynomial) -> Polynomial {
    guard a.count > 1 else { return [] }
    var factor: UInt = 0
    return trimmed(
      (1..<a.count).map { index in
        factor = field.add(factor, field.one)
        return field.multiply(a[index], factor)
      })
  }

  func value(of a: Polynomial, at point: UInt) -> UInt {
    a.reversed().reduce(0) { field.add(field.multiply($0, point), $1) }
  }

  private static let karatsubaLimit = 48

  /// Cost: Karatsuba's for long factors.
  func multiply(_ a: Polynomial, _ b: Polynomial) -> Polynomial {
    guard !a.isEmpty, !b.isEmpty else { return [] }
    if min(a.count, b.count) < Self.karatsubaLimit { return multiplyShort(a, b) }
    let half = (max(a.count, b.count) + 1) / 2
    let (aLow, aHigh) = (trimmed(Array(a.prefix(half))), Array(a.dropFirst(half)))
    let (bLow, bHigh) = (trimmed(Array(b.prefix(half))), Array(b.dropFirst(half)))
    let (low, high) = (multiply(aLow, bLow), multiply(aHigh, bHigh))
    let middle = subtract(
      subtract(multiply(add(aLow, aHigh), add(bLow, bHigh)), low), high)
    var result = Polynomial(repeating: 0, count: a.count + b.count - 1)
    for (offset, part) in [(0, low), (half, middle), (2 * half, high)] {
      for (i, value) in part.enumerated() { result[offset + i] = field.add(result[offset + i], value) }
    }
    return result
  }

  private func multiplyShort(_ a: Polynomial, _ b: Polynomial) -> Polynomial {
    let (long, short) = a.count >= b.count ? (a, b) : (b, a)
    return Polynomial(unsafeUninitializedCapacity: a.count + b.count - 1) { buffer, count in
      buffer.initialize(repeating: 0)
      count = a.count + b.count - 1
      long.withUnsafeBufferPointer { long in
        for (i, factor) in short.enumerated() where factor != 0 {
          for j in 0..<long.count {
            buffer[i + j] = field.add(buffer[i + j], field.multiply(long[j], factor))
          }
        }
      }
    }
  }

  /// Quotient and remainder, for a divisor that is not zero.
  func divide(_ a: Polynomial, by divisor: Polynomial) -> (quotient: Polynomial, remainder: Polynomial) {
    guard let lead = divisor.last else { preconditionFailure("division by zero") }
    guard a.count >= divisor.count else { return ([], a) }
    let inverse = lead == field.one ? lead : field.inverse(lead)
    var rest = a
    let length = a.count - divisor.count + 1
    var quotient = Polynomial(repeating: 0, count: length)
    rest.withUnsafeMutableBufferPointer { rest in
      divisor.withUnsafeBufferPointer { divisor in
        for place in (0..<length).reversed() {
          let top = rest[place + divisor.count - 1]
          guard top != 0 else { continue }
          let factor = field.multiply(top, inverse)
          quotient[place] = factor
          for i in 0..<divisor.count {
            rest[place + i] = field.subtract(rest[place + i], field.multiply(divisor[i], factor))
          }
        }
      }
    }
    return (quotient, trimmed(Array(rest.prefix(divisor.count - 1))))
  }

  func remainder(_ a: Polynomial, by divisor: Polynomial) -> Polynomial { divide(a, by: divisor).remainder }

  /// The monic greatest common divisor; zero iff both are zero.
  func greatestCommonDivisor(_ a: Polynomial, _ b: Polynomial) -> Polynomial {
    var (a, b) = (a, b)
    while !b.isEmpty { (a, b) = (b, remainder(a, by: b)) }
    return monic(a)
  }

  /// The monic greatest common divisor `g = s a + t b`.
  func extendedDivisor(
    _ a: Polynomial, _ b: Polynomial
  ) -> (divisor: Polynomial, s: Polynomial, t: Polynomial) {
    var (r0, s0, t0): (Polynomial, Polynomial, Polynomial) = (a, [field.one], [])
    var (r1, s1, t1): (Polynomial, Polynomial, Polynomial) = (b, [], [field.one])
    while !r1.isEmpty {
      let (quotient, rest) = divide(r0, by: r1)
      (r0, r1) = (r1, rest)
      (s0, s1) = (s1, subtract(s0, multiply(quotient, s1)))
      (t0, t1) = (t1, subtract(t0, multiply(quotient, t1)))
    }
    guard let lead = r0.last else { return ([], s0, t0) }
    let inverse = field.inverse(lead)
    return (scale(r0, by: inverse), scale(s0, by: inverse), scale(t0, by: inverse))
  }

  func multiply(_ a: Polynomial, _ b: Polynomial, modulo modulus: Polynomial) -> Polynomial {
    remainder(multiply(a, b), by: modulus)
  }

  func power(_ base: Polynomial, _ exponent: UInt, modulo modulus: Polynomial) -> Polynomial {
    var (result, square, rest) = (remainder([field.one], by: modulus), remainder(base, by: modulus), exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = multiply(result, square, modulo: modulus) }
      rest >>= 1
      if rest > 0 { square = multiply(square, square, modulo: modulus) }
    }
    return result
  }
}
