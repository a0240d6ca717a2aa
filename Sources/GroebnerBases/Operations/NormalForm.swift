import Algebra

extension GroebnerBasis {
  /// The remainder modulo the basis, over a prime field: the unique polynomial that differs from the given
  /// one by an element of the ideal and has no monomial in the leading ideal. Exact.
  ///
  /// Cost: one sparse matrix reduction for all polynomials together.
  ///
  /// - Throws: `AlgebraError.domain` over Q, `.shapeMismatch`, `.tooLarge`; `Interruption`.
  public func normalForms(
    of polynomials: [SparsePolynomial<WideInteger>], control: Control = Control()
  ) throws -> [SparsePolynomial<WideInteger>] {
    guard characteristic != 0 else { throw AlgebraError.domain("normal forms over Q need an engine") }
    try Self.validate(polynomials, variableCount, characteristic, order)
    let field = PrimeField(prime: characteristic)
    return try Self.withSufficientWidth(order: order, variableCount: variableCount) { layout in
      let basis = PartialBasis(layout: layout)
      for element in 0..<count {
        let residues = packed.polynomial(element).mapCoefficients { $0.residue(modulo: field.prime) }
        guard let polynomial = try ModularPolynomial.monic(residues, layout: layout, field: field) else {
          preconditionFailure("elements of a basis are not zero")
        }
        basis.appendElement(polynomial, sugar: 0)
      }
      return try polynomials.map { polynomial in
        let residues = polynomial.mapCoefficients { $0.residue(modulo: field.prime) }
        guard let monic = try ModularPolynomial.monic(residues, layout: layout, field: field) else {
          return SparsePolynomial(variableCount: variableCount)
        }
        // The leading coefficient that was divided out.
        let scale = Self.leadingResidue(residues, of: monic, layout: layout, field: field)
        let rest = try Self.remainder(of: monic, by: basis, field: field, control: control)
        return rest.mapCoefficients { WideInteger(Int(field.multiply($0, scale))) }
      }
    }
  }

  private static func leadingResidue(
    _ polynomial: SparsePolynomial<UInt32>, of monic: ModularPolynomial, layout: MonomialLayout,
    field: PrimeField
  ) -> UInt32 {
    var lead = [UInt32](repeating: 0, count: layout.variableCount)
    layout.unpack(monic.monomials, into: &lead)
    var sum: UInt32 = 0
    for term in 0..<polynomial.termCount where Array(polynomial.exponents(ofTerm: term)) == lead {
      sum = field.add(sum, polynomial.coefficients[term])
    }
    return sum
  }

  private static func remainder(
    of polynomial: ModularPolynomial, by basis: PartialBasis, field: PrimeField, control: Control
  ) throws -> SparsePolynomial<UInt32> {
    let layout = basis.layout
    let owner = PartialBasis(layout: layout)
    owner.appendInput(polynomial)
    // The polynomial takes the number after the basis.
    let matrix = MacaulayMatrix(layout: layout)
    guard matrix.appendLower(0, in: owner, lead: polynomial.monomials),
      try matrix.complete(with: basis, control: control)
    else {
      throw ExponentOverflow()
    }
    var result = SparsePolynomial<UInt32>(variableCount: layout.variableCount)
    try MatrixReduction(field: field).reduceLower(matrix, upper: basis, lower: owner, control: control) {
      _, row in
      var exponents = [UInt32](repeating: 0, count: layout.variableCount)
      for column in 0..<matrix.remainingCount where row[column] != 0 {
        layout.unpack(matrix.monomial(ofColumn: matrix.pivotCount + column), into: &exponents)
        result.append(exponents: exponents, coefficient: row[column])
      }
    }
    return result
  }

  /// The remainder modulo the basis over Q. Exact.
  ///
  /// - Throws: `AlgebraError.domain` over a prime field, `.shapeMismatch`, `.tooLarge`; `Interruption`.
  public func normalForm<Engine: AlgebraEngine>(
    of polynomial: SparsePolynomial<Engine.Rational>, engine: Engine.Type, control: Control = Control()
  ) throws -> SparsePolynomial<Engine.Rational> {
    guard characteristic == 0 else { throw AlgebraError.domain("the basis is not over Q") }
    guard polynomial.variableCount == variableCount else {
      throw AlgebraError.shapeMismatch(
        expected: "\(variableCount) variables", found: "\(polynomial.variableCount)")
    }
    return try Self.withSufficientWidth(order: order, variableCount: variableCount) { layout in
      let divisors = try polynomials.map { try ExactDivision<Engine>.Divisor($0, layout: layout) }
      let division = ExactDivision<Engine>(divisors: divisors, layout: layout, control: control)
      let packed = try ExactDivision<Engine>.Divisor(rational: polynomial, layout: layout)
      try division.add(packed, multiplier: [UInt64](repeating: 0, count: layout.words), coefficient: 1)
      return try division.divide().unpacked(layout: layout)
    }
  }
}
