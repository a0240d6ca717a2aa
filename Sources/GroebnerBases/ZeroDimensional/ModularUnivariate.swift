import Algebra

/// Univariate polynomials over a prime field as coefficient lists, ascending, without zeros at the end.
struct ModularUnivariate {
  let field: PrimeField

  func trimmed(_ polynomial: [UInt32]) -> [UInt32] {
    var polynomial = polynomial
    while polynomial.last == 0 { polynomial.removeLast() }
    return polynomial
  }

  /// Cost: product of the lengths.
  func multiply(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
    guard !left.isEmpty, !right.isEmpty else { return [] }
    var product = [UInt32](repeating: 0, count: left.count + right.count - 1)
    for (i, a) in left.enumerated() where a != 0 {
      for (j, b) in right.enumerated() { product[i + j] = field.add(product[i + j], field.multiply(a, b)) }
    }
    return trimmed(product)
  }

  func subtract(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
    var difference = left + [UInt32](repeating: 0, count: max(0, right.count - left.count))
    for (i, value) in right.enumerated() { difference[i] = field.add(difference[i], field.negate(value)) }
    return trimmed(difference)
  }

  /// - Parameter divisor: not zero.
  func divide(_ dividend: [UInt32], by divisor: [UInt32]) -> (quotient: [UInt32], remainder: [UInt32]) {
    guard dividend.count >= divisor.count, let lead = divisor.last else { return ([], dividend) }
    let inverse = field.inverse(lead)
    var rest = dividend
    var quotient = [UInt32](repeating: 0, count: dividend.count - divisor.count + 1)
    for i in quotient.indices.reversed() {
      let factor = field.multiply(rest[i + divisor.count - 1], inverse)
      quotient[i] = factor
      guard factor != 0 else { continue }
      let negated = field.negate(factor)
      for (j, value) in divisor.enumerated() {
        rest[i + j] = field.add(rest[i + j], field.multiply(negated, value))
      }
    }
    return (quotient, trimmed(rest))
  }

  /// The inverse modulo a polynomial, or `nil` if they have a common factor. Cost: quadratic.
  func inverse(_ polynomial: [UInt32], modulo modulus: [UInt32]) -> [UInt32]? {
    var (r0, r1) = (modulus, divide(polynomial, by: modulus).remainder)
    var (t0, t1): ([UInt32], [UInt32]) = ([], [1])
    while r1.count > 1 {
      let (quotient, rest) = divide(r0, by: r1)
      (r0, r1) = (r1, rest)
      (t0, t1) = (t1, subtract(t0, multiply(quotient, t1)))
    }
    guard let constant = r1.first else { return nil }
    let scale = field.inverse(constant)
    return divide(t1.map { field.multiply($0, scale) }, by: modulus).remainder
  }

  /// The monic polynomial of least degree that annihilates a linearly recurrent sequence (Massey, IEEE Trans.
  /// IT-15, 1969), ascending. Cost: quadratic.
  func minimalPolynomial(ofSequence sequence: [UInt32]) -> [UInt32] {
    // Connection polynomials: c_0 = 1, sum of c_i s_{k-i} = 0.
    var current: [UInt32] = [1]
    var previous: [UInt32] = [1]
    var (length, shift, lastDiscrepancy): (Int, Int, UInt32) = (0, 1, 1)
    for k in sequence.indices {
      var discrepancy: UInt32 = 0
      for (i, c) in current.enumerated() where i <= k {
        discrepancy = field.add(discrepancy, field.multiply(c, sequence[k - i]))
      }
      guard discrepancy != 0 else {
        shift += 1
        continue
      }
      let factor = field.multiply(discrepancy, field.inverse(lastDiscrepancy))
      let correction = [UInt32](repeating: 0, count: shift) + previous.map { field.multiply($0, factor) }
      let next = subtract(current, correction)
      if 2 * length <= k {
        (previous, lastDiscrepancy) = (current, discrepancy)
        length = k + 1 - length
        shift = 1
      } else {
        shift += 1
      }
      current = next
    }
    let padded = current + [UInt32](repeating: 0, count: length + 1 - current.count)
    return padded.reversed()
  }
}
