import CKernels

/// Univariate polynomials over a prime field as coefficient lists, ascending, without zeros at the end.
///
/// Everything quadratic is done in scalar products of one list with another one that is reversed.
package struct ModularUnivariate {
  package let field: PrimeField
  private let lanes: FieldLanes

  package init(field: PrimeField) {
    self.field = field
    lanes = FieldLanes(repeating: field)
  }

  /// Without the zeros at the end.
  package func trimmed(_ polynomial: [UInt32]) -> [UInt32] {
    var polynomial = polynomial
    while polynomial.last == 0 { polynomial.removeLast() }
    return polynomial
  }

  /// The sum of `left[leftStart + i] · right[rightStart + i]`.
  private func dot(
    _ left: [UInt32], from leftStart: Int, _ right: [UInt32], from rightStart: Int, count: Int
  ) -> UInt32 {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        guard count > 0, let a = left.baseAddress, let b = right.baseAddress else { return 0 }
        let sum = ck_dense_dot(a + leftStart, b + rightStart, count, lanes.constants)
        return UInt32(truncatingIfNeeded: sum % UInt64(field.prime))
      }
    }
  }

  /// Cost: product of the lengths.
  func multiply(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
    guard !left.isEmpty, !right.isEmpty else { return [] }
    let reversed = Array(right.reversed())
    // Coefficient k: left[i] · right[k − i], where right[k − i] = reversed[right.count − 1 − k + i].
    return (0..<left.count + right.count - 1).map { k in
      let first = max(0, k - right.count + 1)
      let last = min(k, left.count - 1)
      return dot(left, from: first, reversed, from: right.count - 1 - k + first, count: last - first + 1)
    }
  }

  func subtract(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
    var difference = left + [UInt32](repeating: 0, count: max(0, right.count - left.count))
    for (i, value) in right.enumerated() { difference[i] = field.add(difference[i], field.negate(value)) }
    return trimmed(difference)
  }

  /// Quotient and remainder. Cost: product of the lengths of quotient and divisor.
  ///
  /// - Parameter divisor: not zero.
  package func divide(_ dividend: [UInt32], by divisor: [UInt32]) -> (quotient: [UInt32], remainder: [UInt32])
  {
    guard dividend.count >= divisor.count, let lead = divisor.last else { return ([], dividend) }
    let degree = divisor.count - 1
    let inverse = field.inverse(lead)
    let reversed = Array(divisor.reversed())
    var quotient = [UInt32](repeating: 0, count: dividend.count - degree)
    /// The coefficient of `quotient · divisor` that the quotient's coefficients from `first` on bring.
    func product(_ k: Int, from first: Int) -> UInt32 {
      let last = min(k, quotient.count - 1)
      return dot(quotient, from: first, reversed, from: degree - k + first, count: last - first + 1)
    }
    for i in quotient.indices.reversed() {
      let rest = field.add(dividend[i + degree], field.negate(product(i + degree, from: i + 1)))
      quotient[i] = field.multiply(rest, inverse)
    }
    let remainder = (0..<degree).map { k in
      field.add(dividend[k], field.negate(product(k, from: 0)))
    }
    return (quotient, trimmed(remainder))
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
    let reversed = Array(sequence.reversed())
    // Connection polynomials: c_0 = 1, sum of c_i s_{k-i} = 0.
    var current: [UInt32] = [1]
    var previous: [UInt32] = [1]
    var (length, shift, lastDiscrepancy): (Int, Int, UInt32) = (0, 1, 1)
    for k in sequence.indices {
      let discrepancy = dot(
        current, from: 0, reversed, from: sequence.count - 1 - k, count: min(current.count, k + 1))
      guard discrepancy != 0 else {
        shift += 1
        continue
      }
      let factor = field.negate(field.multiply(discrepancy, field.inverse(lastDiscrepancy)))
      let before = current
      current += [UInt32](repeating: 0, count: max(0, shift + previous.count - current.count))
      for (i, value) in previous.enumerated() {
        current[shift + i] = field.add(current[shift + i], field.multiply(factor, value))
      }
      if 2 * length <= k {
        (previous, lastDiscrepancy) = (before, discrepancy)
        length = k + 1 - length
        shift = 1
      } else {
        shift += 1
      }
    }
    let connection = trimmed(current)
    return (connection + [UInt32](repeating: 0, count: length + 1 - connection.count)).reversed()
  }

  /// The polynomial part of `denominator · sum of s_k z^(-k-1)`.
  func numerator(of sequence: [UInt32], over denominator: [UInt32]) -> [UInt32] {
    let degree = denominator.count - 1
    return trimmed(
      (0..<degree).map { dot(denominator, from: $0 + 1, sequence, from: 0, count: degree - $0) })
  }
}
