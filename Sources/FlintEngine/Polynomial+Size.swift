import Algebra
import CFLINT

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension PolynomialSize {
  init(_ polynomial: FlintEngine.Polynomial) {
    self.init(
      degrees: polynomial.ring.variables.indices.map { Double(max(polynomial.degree(in: $0), 0)) },
      terms: log2(Double(max(polynomial.termCount, 1))), bits: polynomial.log2OfCoefficients)
  }
}

extension FlintEngine.Polynomial {
  /// An upper bound for the binary logarithm of numerators and denominators; exact for a single term.
  fileprivate var log2OfCoefficients: Double {
    read { polynomial, context in
      let content = FlintEngine.Rational { fmpq_set($0, fmpq_mpoly_content_ref(polynomial, context)) }
      let bits = abs(fmpz_mpoly_max_bits(fmpq_mpoly_zpoly_ref(polynomial, context)))
      return content.log2OfSize + (bits > 1 ? Double(bits) : 0)
    }
  }
}
