/// A factorisation `unit · ∏ factor^multiplicity`.
public struct PolynomialFactorisation<P: Sendable & Hashable, Unit: Sendable & Hashable>: Sendable, Hashable {
  public struct Factor: Sendable, Hashable {
    public let polynomial: P
    /// At least 1.
    public let multiplicity: Int

    public init(polynomial: P, multiplicity: Int) {
      self.polynomial = polynomial
      self.multiplicity = multiplicity
    }
  }

  public let unit: Unit
  public let factors: [Factor]

  public init(unit: Unit, factors: [Factor]) {
    self.unit = unit
    self.factors = factors
  }
}

extension PolynomialFactorisation where P: IntegerPolynomial {
  /// Puts the factors into the canonical order: by degree, then by the coefficients from the leading one
  /// down.
  public init(unit: Unit, sorting factors: [Factor]) {
    let keyed = factors.map { (factor: $0, key: Array($0.polynomial.coefficients.reversed())) }
    let sorted = keyed.sorted { left, right in
      left.key.count == right.key.count
        ? left.key.lexicographicallyPrecedes(right.key) : left.key.count < right.key.count
    }
    self.init(unit: unit, factors: sorted.map(\.factor))
  }
}

extension PolynomialFactorisation where P: RationalPolynomial {
  /// Puts the factors into the canonical order: by degree, number of terms, then text.
  public init(unit: Unit, sorting factors: [Factor]) {
    let keyed = factors.map { factor in
      (factor: factor, degree: factor.polynomial.totalDegree, text: factor.polynomial.description)
    }
    let sorted = keyed.sorted { left, right in
      let sizes = (left.factor.polynomial.termCount, right.factor.polynomial.termCount)
      if left.degree != right.degree { return left.degree < right.degree }
      return sizes.0 == sizes.1 ? left.text < right.text : sizes.0 < sizes.1
    }
    self.init(unit: unit, factors: sorted.map(\.factor))
  }
}
