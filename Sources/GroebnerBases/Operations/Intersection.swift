import Algebra

extension GroebnerBasis {
  /// The reduced basis of the intersection of two ideals, all by the degree reverse lexicographic order.
  ///
  /// With I and J made homogeneous by h, and a new variable t, the elements of `t I + (h − t) J` without t are
  /// `h (I ∩ J)`: put t = 0 and t = h. (For h = 1: Cox, Little, O'Shea, Ideals, Varieties, and Algorithms, 4.3.)
  /// Guarantee: `probable`. Cost: one basis of homogeneous polynomials in two more variables.
  ///
  /// - Throws: `Interruption`; `AlgebraError.tooLarge`.
  public func intersection(_ other: GroebnerBasis, control: Control = Control()) throws -> GroebnerBasis {
    precondition(order == .degreeReverseLexicographic && other.order == order)
    precondition(variableCount == other.variableCount && characteristic == other.characteristic)
    if isUnit { return other }
    if other.isUnit { return self }
    let computation = Computation(
      characteristic: characteristic, order: .elimination(count: 1), guarantee: .probable, control: control)
    let homogeneous = try computation.basis(
      of: polynomials.map { $0.homogenised().timesNewVariable() }
        + other.polynomials.map { $0.homogenised().timesLastMinusNewVariable() },
      variableCount: variableCount + 2, homogenising: true)
    return try homogeneous.restricted(withoutFirst: 1, withoutLast: 1)
  }

  /// The elements without the first `count` variables of a basis by `.elimination(count:)`: the reduced basis of the
  /// elimination ideal, in the other variables, by the degree reverse lexicographic order.
  ///
  /// - Throws: `AlgebraError.tooLarge`.
  public func eliminationIdeal(withoutFirst count: Int) throws -> GroebnerBasis {
    precondition(order == .elimination(count: count))
    return try restricted(withoutFirst: count, withoutLast: 0)
  }

  /// Drops variables: the first ones, with the elements that contain them, and the last ones, set to one. What is left is reduced.
  private func restricted(withoutFirst first: Int, withoutLast last: Int) throws -> GroebnerBasis {
    let kept = elements(withoutFirst: first).map { $0.selecting(Array(first..<variableCount - last)) }
    return try GroebnerBasis(
      elements: kept, order: .degreeReverseLexicographic, variableCount: variableCount - first - last,
      characteristic: characteristic, guarantee: guarantee, primeCount: primeCount, seed: seed)
  }
}

extension SparsePolynomial where Coefficient == WideInteger {
  /// `t p` with a new first variable t.
  fileprivate func timesNewVariable() -> SparsePolynomial {
    var result = SparsePolynomial(variableCount: variableCount + 1)
    for term in 0..<termCount {
      result.append(exponents: [1] + exponents(ofTerm: term), coefficient: coefficients[term])
    }
    return result
  }

  /// `(h − t) p` with the last variable h and a new first variable t.
  fileprivate func timesLastMinusNewVariable() -> SparsePolynomial {
    var result = SparsePolynomial(variableCount: variableCount + 1)
    for term in 0..<termCount {
      let vector = exponents(ofTerm: term)
      let value = coefficients[term]
      result.append(
        exponents: [1] + vector, coefficient: value.negated)
      result.append(exponents: [0] + vector.dropLast() + [(vector.last ?? 0) + 1], coefficient: value)
    }
    return result
  }
}
