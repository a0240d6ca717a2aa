import Algebra

/// A basis over Q, packed for a layout, ready to be reduced modulo many primes.
final class BasisReduction: @unchecked Sendable {
  let layout: MonomialLayout
  private let standardMonomials: [[UInt32]]
  private let starts: [Int]
  private let monomials: [UInt64]
  private let table = DigitTable()

  /// `nil` if an exponent does not fit the layout.
  init?(_ basis: GroebnerBasis, standardMonomials: [[UInt32]], width: MonomialLayout.ExponentWidth) {
    layout = MonomialLayout(order: basis.order, variableCount: basis.variableCount, width: width)
    self.standardMonomials = standardMonomials
    var starts = [0]
    var monomials: [UInt64] = []
    var packed = [UInt64](repeating: 0, count: layout.words)
    for element in 0..<basis.count {
      let polynomial = basis[element]
      for term in 0..<polynomial.termCount {
        guard layout.pack(Array(polynomial.exponents(ofTerm: term)), into: &packed) else { return nil }
        monomials += packed
        table.append(polynomial.coefficients[term])
      }
      starts.append(table.count)
    }
    self.starts = starts
    self.monomials = monomials
  }

  /// The quotient ring modulo a prime; `nil` if it divides a leading coefficient.
  func quotientAlgebra(modulo field: PrimeField) -> QuotientAlgebra? {
    let residues = table.residues(lanes: FieldLanes(repeating: field))
    guard !starts.dropLast().contains(where: { residues[$0] == 0 }) else { return nil }
    var basis: [ModularPolynomial] = []
    for element in 0..<starts.count - 1 {
      let terms = starts[element]..<starts[element + 1]
      let factor = field.inverse(residues[terms.lowerBound])
      // Terms whose coefficients the prime divides are left out.
      let kept = terms.filter { residues[$0] != 0 }
      let polynomial = ModularPolynomial(count: kept.count, words: layout.words)
      for (position, term) in kept.enumerated() {
        polynomial.coefficients[position] = field.multiply(residues[term], factor)
        for word in 0..<layout.words {
          polynomial.monomials[position * layout.words + word] = monomials[term * layout.words + word]
        }
      }
      basis.append(polynomial)
    }
    return QuotientAlgebra(basis: basis, layout: layout, standardMonomials: standardMonomials, field: field)
  }
}
