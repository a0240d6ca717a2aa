import Algebra
import GroebnerBases

/// Excludes that an element of a number field is a square, by its residues at primes of degree one.
package enum ResidueSquares {
  /// Whether, for one of some primes, the element's value at a root of the field's polynomial modulo the prime
  /// is no square: then the element is none. An element that is no square has such values at half of all
  /// primes, so that false means 'very likely a square' wherever there are enough roots.
  ///
  /// Coefficients from the constant term upwards. Cost: about 60 products modulo the polynomial for each prime.
  package static func excludesSquare(_ element: [WideInteger], field: [WideInteger]) -> Bool {
    var hash = WordHash()
    for value in element + field { hash.append(value) }
    var supply = PrimeSupply(seed: hash.seed, below: 1 << 24)
    var tests = 0
    for _ in 0..<mostPrimes where tests < mostTests {
      let univariate = ModularUnivariate(field: supply.next())
      let prime = univariate.field.prime
      let modulus = field.map { $0.residue(modulo: prime) }
      guard modulus.last != 0 else { continue }
      let roots = univariate.productOfLinearFactors(of: modulus)
      guard roots.count > 1 else { continue }
      let residues = univariate.trimmed(element.map { $0.residue(modulo: prime) })
      let value = univariate.divide(residues, by: roots).remainder
      // Each root's value is 0 or a square iff v^((p+1)/2) = v.
      if univariate.power(of: value, exponent: (prime + 1) / 2, modulo: roots) != value { return true }
      tests += 1
    }
    return false
  }

  private static var mostPrimes: Int { 120 }
  private static var mostTests: Int { 24 }
}
