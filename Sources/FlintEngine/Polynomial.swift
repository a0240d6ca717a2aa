import Algebra
import CFLINT

extension FlintEngine {
  /// A multivariate rational polynomial on FLINT's `fmpq_mpoly`; it never changes once it is made, so copies
  /// share it.
  public struct Polynomial: RationalPolynomial {
    public typealias Ring = FlintEngine.PolynomialRing
    public typealias Integer = FlintEngine.Integer
    public typealias Rational = FlintEngine.Rational

    let storage: PolynomialStorage

    public var ring: FlintEngine.PolynomialRing { storage.ring }

    /// The polynomial that `compute` writes into zero.
    init(in ring: FlintEngine.PolynomialRing, _ compute: PolynomialStorage.Computation) {
      storage = PolynomialStorage(ring)
      compute(storage.polynomial, ring.context)
    }

    /// Lends the polynomial to a call of FLINT, which must not change it.
    func read<Result>(
      _ body: (UnsafeMutablePointer<fmpq_mpoly_struct>, UnsafeMutablePointer<fmpq_mpoly_ctx_struct>) throws
        -> Result
    ) rethrows -> Result {
      try withExtendedLifetime(storage) { try body(storage.polynomial, storage.ring.context) }
    }
  }
}

/// Owns an `fmpq_mpoly` and keeps its ring. Written only while it is made, hence safe to send.
final class PolynomialStorage: @unchecked Sendable {
  typealias Computation = (
    UnsafeMutablePointer<fmpq_mpoly_struct>, UnsafeMutablePointer<fmpq_mpoly_ctx_struct>
  ) -> Void

  let ring: FlintEngine.PolynomialRing
  let polynomial: UnsafeMutablePointer<fmpq_mpoly_struct>

  init(_ ring: FlintEngine.PolynomialRing) {
    self.ring = ring
    polynomial = .allocate(capacity: 1)
    fmpq_mpoly_init(polynomial, ring.context)
  }

  deinit {
    fmpq_mpoly_clear(polynomial, ring.context)
    polynomial.deallocate()
  }
}

extension FlintEngine.Polynomial {
  public var isZero: Bool { termCount == 0 }

  public var termCount: Int { read { fmpq_mpoly_length($0, $1) } }

  public var totalDegree: Int { read { fmpq_mpoly_total_degree_si($0, $1) } }

  public func degree(in variable: Int) -> Int {
    precondition(ring.variables.indices.contains(variable), "the variable \(variable)")
    return read { fmpq_mpoly_degree_si($0, variable, $1) }
  }

  public var terms: [PolynomialTerm<FlintEngine.Rational>] { (0..<termCount).map(term) }

  public var leadingTerm: PolynomialTerm<FlintEngine.Rational>? { isZero ? nil : term(0) }

  private func term(_ index: Int) -> PolynomialTerm<FlintEngine.Rational> {
    read { polynomial, context in
      let coefficient = FlintEngine.Rational {
        fmpq_mpoly_get_term_coeff_fmpq($0, polynomial, index, context)
      }
      return PolynomialTerm(exponents: exponents(ofTerm: index), coefficient: coefficient)
    }
  }

  private func exponents(ofTerm index: Int) -> [Int] {
    let count = ring.variables.count
    return [Int](unsafeUninitializedCapacity: count) { buffer, initialised in
      read { fmpq_mpoly_get_term_exp_si(buffer.baseAddress, $0, index, $1) }
      initialised = count
    }
  }

  /// Polynomials from different rings are different.
  public static func == (left: Self, right: Self) -> Bool {
    guard left.ring.isSame(as: right.ring) else { return false }
    return left.read { x, context in right.read { y, _ in fmpq_mpoly_equal(x, y, context) != 0 } }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ring.variables)
    hasher.combine(ring.order)
    for term in terms { hasher.combine(term) }
  }

  public var description: String { PolynomialText.write(terms: terms, variables: ring.variables) }
}
