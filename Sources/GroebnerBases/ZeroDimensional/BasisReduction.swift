import Algebra
import Synchronization

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

/// The quotient rings modulo primes of an ideal that is given by a basis, with exponents as wide as the
/// computations in them need.
final class ModularQuotients: Sendable {
  private let basis: GroebnerBasis
  private let standardMonomials: [[UInt32]]
  /// Made when first asked for; `nil` where the basis does not fit the width.
  private let reductions = Mutex<[MonomialLayout.ExponentWidth: BasisReduction?]>([:])

  init(_ basis: GroebnerBasis, standardMonomials: [[UInt32]]) {
    self.basis = basis
    self.standardMonomials = standardMonomials
  }

  /// What the body makes of the ring modulo the prime; `nil` if the prime divides a leading coefficient.
  ///
  /// - Throws: `AlgebraError.tooLarge`; what the body throws, except `ExponentOverflow`, after
  ///   which it is called again with wider exponents.
  func withAlgebra<Result>(
    modulo field: PrimeField, _ body: (QuotientAlgebra) throws -> Result
  ) throws -> Result? {
    var next: MonomialLayout.ExponentWidth? = .narrow
    while let width = next {
      next = width.next
      guard let reduction = reduction(width) else { continue }
      guard let algebra = reduction.quotientAlgebra(modulo: field) else { return nil }
      do { return try body(algebra) } catch is ExponentOverflow {}
    }
    throw AlgebraError.tooLarge("an exponent passes 2^31")
  }

  private func reduction(_ width: MonomialLayout.ExponentWidth) -> BasisReduction? {
    reductions.withLock { reductions in
      if let known = reductions[width] { return known }
      let made = BasisReduction(basis, standardMonomials: standardMonomials, width: width)
      reductions[width] = .some(made)
      return made
    }
  }
}
