import Algebra

extension GroebnerBasis {
  /// The elements without the first `count` variables.
  ///
  /// If the order eliminates these variables (`.elimination(count:)` with this count, or lexicographic), they
  /// are the reduced basis of the elimination ideal. They are still polynomials in all variables.
  public func elements(withoutFirst count: Int) -> [SparsePolynomial<WideInteger>] {
    precondition((0...variableCount).contains(count))
    return polynomials.filter { polynomial in
      (0..<polynomial.termCount).allSatisfy {
        polynomial.exponents(ofTerm: $0).prefix(count).allSatisfy { $0 == 0 }
      }
    }
  }
}
