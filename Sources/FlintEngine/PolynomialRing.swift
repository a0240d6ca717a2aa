import Algebra
import CFLINT

extension FlintEngine {
  /// A multivariate polynomial ring over Q on FLINT's `fmpq_mpoly`. Its context is never changed, so all
  /// threads may share it.
  public final class PolynomialRing: RationalPolynomialRing, @unchecked Sendable {
    public typealias Element = FlintEngine.Polynomial

    public let variables: [String]
    public let order: MonomialOrder
    let context: UnsafeMutablePointer<fmpq_mpoly_ctx_struct>

    public init(variables: [String], order: MonomialOrder) throws {
      try PolynomialChecks.checkVariables(variables)
      let ordering: ordering_t
      switch order {
      case .lexicographic: ordering = ORD_LEX
      case .degreeLexicographic: ordering = ORD_DEGLEX
      case .degreeReverseLexicographic: ordering = ORD_DEGREVLEX
      case .elimination, .weighted:
        throw AlgebraError.outOfRange("the engine's rings have no order \(order)")
      }
      self.variables = variables
      self.order = order
      context = .allocate(capacity: 1)
      fmpq_mpoly_ctx_init(context, variables.count, ordering)
    }

    deinit {
      fmpq_mpoly_ctx_clear(context)
      context.deallocate()
    }

    func isSame(as other: PolynomialRing) -> Bool {
      self === other || (order == other.order && variables == other.variables)
    }
  }
}

extension FlintEngine.PolynomialRing {
  public var zero: FlintEngine.Polynomial { FlintEngine.Polynomial(in: self) { _, _ in } }

  public func constant(_ value: FlintEngine.Rational) -> FlintEngine.Polynomial {
    value.read { x in FlintEngine.Polynomial(in: self) { fmpq_mpoly_set_fmpq($0, x, $1) } }
  }

  public func variable(_ index: Int) -> FlintEngine.Polynomial {
    precondition(variables.indices.contains(index), "the variable \(index) of \(variables.count)")
    return FlintEngine.Polynomial(in: self) { fmpq_mpoly_gen($0, index, $1) }
  }

  /// Cost: a sort of the terms.
  public func polynomial(
    terms: [PolynomialTerm<FlintEngine.Rational>]
  ) throws -> FlintEngine.Polynomial {
    for term in terms {
      try PolynomialChecks.checkExponents(term.exponents, variableCount: variables.count)
    }
    // Integer terms over a common denominator: FLINT would rescale all terms for each fraction.
    let denominator = FlintEngine.Integer { result in
      fmpz_one(result)
      for term in terms { term.coefficient.denominator.read { fmpz_lcm(result, result, $0) } }
    }
    return FlintEngine.Polynomial(in: self) { polynomial, context in
      for term in terms where term.coefficient != 0 {
        let scaled = (term.coefficient * FlintEngine.Rational(denominator)).numerator
        let exponents = term.exponents.map { UInt($0) }
        scaled.read { coefficient in
          fmpz_mpoly_push_term_fmpz_ui(
            fmpq_mpoly_zpoly_ref(polynomial, context), coefficient, exponents, &context.pointee.zctx)
        }
      }
      guard let content = fmpq_mpoly_content_ref(polynomial, context) else { return }
      denominator.read { fmpz_set(&content.pointee.den, $0) }
      fmpz_one(&content.pointee.num)
      fmpq_mpoly_sort_terms(polynomial, context)
      fmpq_mpoly_combine_like_terms(polynomial, context)
    }
  }
}
