import Algebra

extension ExactDivision.Divisor {
  /// Packs a polynomial with integer coefficients.
  ///
  /// - Throws: `ExponentOverflow`.
  init(_ polynomial: SparsePolynomial<WideInteger>, layout: MonomialLayout) throws {
    try self.init(
      rational: polynomial.mapCoefficients { Engine.Rational(Engine.Integer($0)) }, layout: layout)
  }

  /// Packs a polynomial; sorts its terms and adds repeated monomials.
  ///
  /// - Throws: `ExponentOverflow`.
  init(rational polynomial: SparsePolynomial<Engine.Rational>, layout: MonomialLayout) throws {
    let words = layout.words
    var packed: [(monomial: [UInt64], coefficient: Engine.Rational)] = []
    for term in 0..<polynomial.termCount {
      var monomial = [UInt64](repeating: 0, count: words)
      guard layout.pack(Array(polynomial.exponents(ofTerm: term)), into: &monomial) else {
        throw ExponentOverflow()
      }
      packed.append((monomial, polynomial.coefficients[term]))
    }
    packed.sort { layout.isGreater($0.monomial, $1.monomial) }
    var monomials: [UInt64] = []
    var coefficients: [Engine.Rational] = []
    for (monomial, coefficient) in packed {
      if monomials.suffix(words).elementsEqual(monomial), let last = coefficients.last {
        coefficients[coefficients.count - 1] = last + coefficient
      } else {
        monomials += monomial
        coefficients.append(coefficient)
      }
    }
    let kept = coefficients.indices.filter { coefficients[$0].signum() != 0 }
    self.init(
      monomials: kept.flatMap { monomials[$0 * words..<($0 + 1) * words] },
      coefficients: kept.map { coefficients[$0] })
  }

  func unpacked(layout: MonomialLayout) -> SparsePolynomial<Engine.Rational> {
    var result = SparsePolynomial<Engine.Rational>(variableCount: layout.variableCount)
    var exponents = [UInt32](repeating: 0, count: layout.variableCount)
    for (term, coefficient) in coefficients.enumerated() {
      layout.unpack(Array(monomials[term * layout.words..<(term + 1) * layout.words]), into: &exponents)
      result.append(exponents: exponents, coefficient: coefficient)
    }
    return result
  }
}
