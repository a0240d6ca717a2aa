import Algebra

/// The lexicographic basis of any zero-dimensional ideal over a prime field, from multiplication by variables
/// (Faugère, Gianni, Lazard, Mora, J. Symb. Comp. 16, 1993, doi:10.1006/jsco.1993.1051).
///
/// Cost: cubic in the dimension of the quotient ring, times the number of variables.
struct OrderConversion {
  let algebra: QuotientAlgebra
  let control: Control

  private var field: PrimeField { algebra.field }
  private var variableCount: Int { algebra.variableCount }

  /// The reduced lexicographic basis by ascending leading monomials, each element as terms in descending
  /// order.
  ///
  /// Walks through the monomials in ascending lexicographic order and looks for the first linear relations.
  func lexicographicBasis() throws -> [SparsePolynomial<UInt32>] {
    let n = variableCount
    guard algebra.dimension > 0 else {
      let one = [UInt32](repeating: 0, count: n)
      return [SparsePolynomial(variableCount: n, exponents: one, coefficients: [1])]
    }
    let relations = LinearRelations(dimension: algebra.dimension, field: field, lanes: algebra.lanes)
    var result: [SparsePolynomial<UInt32>] = []
    var leads: [[UInt32]] = []
    var standard: [[UInt32]] = []
    var vectors: [[UInt32]: [UInt32]] = [:]
    var one = [UInt32](repeating: 0, count: algebra.stride)
    one[0] = 1
    // Candidates in ascending order; the last variable is the least.
    var candidates: [[UInt32]] = [[UInt32](repeating: 0, count: n)]
    while !candidates.isEmpty {
      try control.check()
      let monomial = candidates.removeFirst()
      if leads.contains(where: { lead in (0..<n).allSatisfy { lead[$0] <= monomial[$0] } }) { continue }
      let vector = try self.vector(of: monomial, known: vectors, one: one)
      if let relation = relations.insert(vector) {
        var element = SparsePolynomial<UInt32>(variableCount: n)
        element.append(exponents: monomial, coefficient: 1)
        for (i, coefficient) in relation.enumerated().reversed() where coefficient != 0 {
          element.append(exponents: standard[i], coefficient: coefficient)
        }
        result.append(element)
        leads.append(monomial)
        continue
      }
      vectors[monomial] = vector
      standard.append(monomial)
      for variable in 0..<n {
        var next = monomial
        next[variable] += 1
        let place = candidates.firstIndex { !$0.lexicographicallyPrecedes(next) } ?? candidates.count
        if place == candidates.count || candidates[place] != next { candidates.insert(next, at: place) }
      }
    }
    return result
  }

  private func vector(of monomial: [UInt32], known: [[UInt32]: [UInt32]], one: [UInt32]) throws -> [UInt32] {
    for variable in (0..<variableCount).reversed() where monomial[variable] > 0 {
      var divisor = monomial
      divisor[variable] -= 1
      guard let vector = known[divisor] else { continue }
      var product = [UInt32](repeating: 0, count: algebra.stride)
      algebra.multiply(vector, by: try algebra.multiplication(by: variable, control: control), into: &product)
      return product
    }
    return one
  }
}
