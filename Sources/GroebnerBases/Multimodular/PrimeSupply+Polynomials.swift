import Algebra

extension PrimeSupply {
  /// The primes for some polynomials.
  package init(for polynomials: [SparsePolynomial<WideInteger>], control: Control) {
    var hash = WordHash()
    for polynomial in polynomials { hash.append(polynomial) }
    self.init(seed: hash.seed, attempt: control.attempt)
  }
}
