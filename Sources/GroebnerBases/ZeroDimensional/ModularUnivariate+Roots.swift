import Algebra

extension ModularUnivariate {
  /// A root in the field, which has odd characteristic, of a polynomial that is not constant; the same in every
  /// run.
  ///
  /// Cantor and Zassenhaus (Math. Comp. 36, 1981) with shifts in the place of random elements. Cost: the square
  /// of the degree for each bit of the prime, times the number of shifts that are needed, two on average.
  func root(of polynomial: [UInt32]) -> UInt32? {
    var product = productOfLinearFactors(of: polynomial)
    var shift: UInt32 = 0
    while product.count > 2 {
      // Half of the elements of the field are squares.
      let power = power(of: [shift, 1], exponent: (field.prime - 1) / 2, modulo: product)
      let part = greatestCommonDivisor(product, subtract(power, [1]))
      if part.count > 1, part.count < product.count { product = part }
      shift += 1
    }
    guard product.count == 2 else { return nil }
    return field.multiply(field.negate(product[0]), field.inverse(product[1]))
  }

  /// The product of `T − r` over all roots r in the field of a polynomial that is not constant, up to a factor;
  /// constant if there are none.
  ///
  /// Cost: the square of the degree for each bit of the prime.
  package func productOfLinearFactors(of polynomial: [UInt32]) -> [UInt32] {
    // The roots of T^p − T are all elements of the field.
    let fixed = subtract(power(of: [0, 1], exponent: field.prime, modulo: polynomial), [0, 1])
    return greatestCommonDivisor(polynomial, fixed)
  }

  /// A power modulo a polynomial that is not zero. Cost: the square of its degree for each bit of the exponent.
  ///
  /// - Parameter exponent: positive.
  package func power(of base: [UInt32], exponent: UInt32, modulo modulus: [UInt32]) -> [UInt32] {
    let base = divide(trimmed(base), by: modulus).remainder
    var result = base
    for bit in (0..<31 - exponent.leadingZeroBitCount).reversed() {
      result = divide(multiply(result, result), by: modulus).remainder
      if exponent >> UInt32(bit) & 1 == 1 { result = divide(multiply(result, base), by: modulus).remainder }
    }
    return result
  }

  private func greatestCommonDivisor(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
    var (a, b) = (left, divide(right, by: left).remainder)
    while !b.isEmpty { (a, b) = (b, divide(a, by: b).remainder) }
    return a
  }
}
