import Algebra

/// Excludes that an element of a number field is a square, by its residues at primes of degree one.
enum ResidueSquares {
  /// Whether, for one of some primes, the element's value at a root of the field's polynomial modulo the prime
  /// is no square: then the element is none. An element that is no square has such values at half of all
  /// primes, so that false means 'very likely a square' wherever there are enough roots.
  ///
  /// Coefficients from the constant term upwards. Cost: about 60 products modulo the polynomial for each prime.
  static func excludesSquare(_ element: [WideInteger], field: [WideInteger]) -> Bool {
    var tests = 0
    for prime in primes where tests < 24 {
      let residues = ResiduePolynomials(
        modulus: field.map { UInt64($0.residue(modulo: UInt32(prime))) }, prime: prime)
      guard let residues else { continue }
      let roots = residues.productOfLinearFactors()
      guard roots.count > 1, let atRoots = ResiduePolynomials(modulus: roots, prime: prime) else { continue }
      let value = atRoots.reduced(element.map { UInt64($0.residue(modulo: UInt32(prime))) })
      // Each root's value is 0 or a square iff v^((p+1)/2) = v.
      if atRoots.power(value, (prime + 1) / 2) != value { return true }
      tests += 1
    }
    return false
  }

  /// Some primes below 2²⁴.
  private static let primes: [UInt64] = {
    func isPrime(_ number: UInt64) -> Bool {
      var divisor: UInt64 = 3
      while divisor * divisor <= number {
        if number % divisor == 0 { return false }
        divisor += 2
      }
      return true
    }
    return Array(stride(from: UInt64(1 << 24) - 1, to: 1, by: -2).lazy.filter(isPrime).prefix(120))
  }()
}

/// Polynomials modulo a polynomial over a prime field, as lists of residues from the constant term upwards,
/// without zeros at the end.
private struct ResiduePolynomials {
  let prime: UInt64
  /// Monic.
  let modulus: [UInt64]

  /// `nil` if the leading coefficient vanishes.
  init?(modulus: [UInt64], prime: UInt64) {
    guard let lead = modulus.last, lead != 0 else { return nil }
    self.prime = prime
    let inverse = Self.power(lead, prime - 2, prime)
    self.modulus = modulus.map { $0 * inverse % prime }
  }

  private static func power(_ base: UInt64, _ exponent: UInt64, _ prime: UInt64) -> UInt64 {
    var (result, square, rest) = (UInt64(1), base % prime, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result * square % prime }
      square = square * square % prime
      rest >>= 1
    }
    return result
  }

  func reduced(_ polynomial: [UInt64]) -> [UInt64] {
    var rest = polynomial
    let degree = modulus.count - 1
    while rest.count > degree {
      let lead = rest.removeLast()
      if lead != 0 {
        let shift = rest.count - degree
        for i in 0..<degree { rest[shift + i] = (rest[shift + i] + (prime - lead) * modulus[i]) % prime }
      }
    }
    while rest.last == 0 { rest.removeLast() }
    return rest
  }

  private func multiply(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
    guard !left.isEmpty, !right.isEmpty else { return [] }
    var product = [UInt64](repeating: 0, count: left.count + right.count - 1)
    for (i, a) in left.enumerated() where a != 0 {
      for (j, b) in right.enumerated() { product[i + j] = (product[i + j] + a * b) % prime }
    }
    return reduced(product)
  }

  func power(_ base: [UInt64], _ exponent: UInt64) -> [UInt64] {
    var (result, square, rest) = (reduced([1]), base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = multiply(result, square) }
      square = multiply(square, square)
      rest >>= 1
    }
    return result
  }

  /// The greatest common divisor of the modulus and `t^p − t`.
  func productOfLinearFactors() -> [UInt64] {
    var difference = power(reduced([0, 1]), prime)
    while difference.count < 2 { difference.append(0) }
    difference[1] = (difference[1] + prime - 1) % prime
    var (a, b) = (modulus, difference)
    while true {
      while b.last == 0 { b.removeLast() }
      guard let divisor = ResiduePolynomials(modulus: b, prime: prime) else { return a }
      (a, b) = (divisor.modulus, divisor.reduced(a))
    }
  }
}
