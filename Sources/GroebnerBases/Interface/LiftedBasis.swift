import Algebra

extension GroebnerBasis {
  /// Finds the basis modulo a prime, packed; `nil` if the prime is unfit.
  typealias ModularBasis = @Sendable (PrimeField) throws -> [ModularPolynomial]?

  /// A basis over Q from those modulo many primes.
  ///
  /// Its elements agree with those modulo a prime that takes no part in the lifting; if they do not, it begins again
  /// with other primes.
  ///
  /// - Parameters:
  ///   - layout: of the polynomials.
  ///   - seed: a hash of what the basis is computed from.
  ///   - first: finds the basis modulo a prime that is used for checks only, and what finds those modulo others;
  ///     `nil` if the prime is unfit.
  /// - Throws: what these throw; `Interruption`.
  static func lifted(
    layout: MonomialLayout, seed: UInt64, control: Control, monitor: StateMonitor,
    first: (PrimeField) throws -> (basis: [ModularPolynomial], others: ModularBasis)?
  ) throws -> GroebnerBasis {
    var supply = PrimeSupply(seed: seed, attempt: control.attempt)
    while true {
      try control.check()
      let field = supply.next()
      guard let (reference, others) = try first(field) else { continue }
      defer { reference.deallocate() }
      let loop = LiftingLoop(reference: reference, field: field, control: control, monitor: monitor)
      let shape = BasisShape(reference, layout: layout)
      let lifted = try loop.run {
        try ResidueBatch.next(from: &supply, termCount: shape.termCount, control: control) { field in
          guard let basis = try others(field) else { return nil }
          defer { basis.deallocate() }
          return shape.fits(basis) ? basis.coefficients : nil
        }
      }
      guard let (integers, primes) = lifted else { continue }
      return GroebnerBasis(
        characteristic: 0, guarantee: .probable, primeCount: primes,
        packed: PackedBasis(reference, layout: layout, coefficients: .integers(integers)), seed: seed)
    }
  }
}
