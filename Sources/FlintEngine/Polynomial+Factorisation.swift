import Algebra
import CFLINT

extension FlintEngine.Polynomial {
  /// - Throws: also `AlgebraError.tooLarge` for degrees above 2²².
  public func factored() throws -> PolynomialFactorisation<Self, FlintEngine.Rational> {
    let (unit, factors) = try factored(by: fmpq_mpoly_factor)
    return PolynomialFactorisation(unit: unit, sorting: factors)
  }

  /// There is one factor for each multiplicity.
  ///
  /// - Throws: also `AlgebraError.tooLarge` for degrees above 2²².
  public func squarefreeFactored() throws -> PolynomialFactorisation<Self, FlintEngine.Rational> {
    let (unit, factors) = try factored(by: fmpq_mpoly_factor_squarefree)
    var products: [Int: Self] = [:]
    for factor in factors {
      let product = try products[factor.multiplicity]?.multiplied(by: factor.polynomial)
      products[factor.multiplicity] = product ?? factor.polynomial
    }
    let merged = products.sorted { $0.key < $1.key }.map { multiplicity, product in
      PolynomialFactorisation<Self, FlintEngine.Rational>.Factor(
        polynomial: product, multiplicity: multiplicity)
    }
    return PolynomialFactorisation(unit: unit, factors: merged)
  }

  /// Primitive factors with integer coefficients in FLINT's order, and the unit that remains.
  private func factored(
    by algorithm: (
      UnsafeMutablePointer<fmpq_mpoly_factor_struct>?, UnsafePointer<fmpq_mpoly_struct>?,
      UnsafePointer<fmpq_mpoly_ctx_struct>?
    ) -> CInt
  ) throws -> (
    unit: FlintEngine.Rational, factors: [PolynomialFactorisation<Self, FlintEngine.Rational>.Factor]
  ) {
    guard !isZero else { throw AlgebraError.domain("the factorisation of zero") }
    if termCount > 1 { try SparseDegrees.checkSpread(of: self, for: "a factorisation") }
    return try read { polynomial, context in
      var list = fmpq_mpoly_factor_struct()
      fmpq_mpoly_factor_init(&list, context)
      defer { fmpq_mpoly_factor_clear(&list, context) }
      guard algorithm(&list, polynomial, context) != 0 else {
        throw AlgebraError.tooLarge("a factorisation")
      }
      // FLINT's constant and the factors' contents make up the unit.
      var unit = FlintEngine.Rational { fmpq_mpoly_factor_get_constant_fmpq($0, &list, context) }
      var factors: [PolynomialFactorisation<Self, FlintEngine.Rational>.Factor] = []
      for index in 0..<fmpq_mpoly_factor_length(&list, context) {
        let base = Self(in: ring) { fmpq_mpoly_factor_get_base($0, &list, index, $1) }
        let multiplicity = fmpq_mpoly_factor_get_exp_si(&list, index, context)
        let content = base.read { base, context in
          FlintEngine.Rational { fmpq_set($0, fmpq_mpoly_content_ref(base, context)) }
        }
        unit *= try content.power(multiplicity)
        factors.append(.init(polynomial: base.primitivePart, multiplicity: multiplicity))
      }
      return (unit, factors)
    }
  }
}
