import Algebra

extension SwiftEngine.Polynomial {
  /// - Throws: also `AlgebraError.tooLarge` for degrees above 2²².
  public func factored() throws -> PolynomialFactorisation<Self, SwiftEngine.Rational> {
    let factors = try factors(splitting: { try $0.irreducibleFactors() })
    return PolynomialFactorisation(unit: content, sorting: factors)
  }

  /// There is one factor for each multiplicity.
  ///
  /// - Throws: also `AlgebraError.tooLarge` for degrees above 2²².
  public func squarefreeFactored() throws -> PolynomialFactorisation<Self, SwiftEngine.Rational> {
    var products: [Int: SparseTerms] = [:]
    for factor in try factors(splitting: { [$0] }) {
      let terms = factor.polynomial.primitive
      products[factor.multiplicity] =
        products[factor.multiplicity].map { SparseTerms.multiply($0, terms) } ?? terms
    }
    let merged = products.sorted { $0.key < $1.key }.map { multiplicity, product in
      PolynomialFactorisation<Self, SwiftEngine.Rational>.Factor(
        polynomial: Self(ring, primitive: product, content: 1), multiplicity: multiplicity)
    }
    return PolynomialFactorisation(unit: content, factors: merged)
  }

  /// Splits the squarefree factors further.
  private func factors(
    splitting: (SparseTerms) throws -> [SparseTerms]
  ) throws -> [PolynomialFactorisation<Self, SwiftEngine.Rational>.Factor] {
    guard !isZero else { throw AlgebraError.domain("the factorisation of zero") }
    let (rest, exponents) = primitive.withoutMonomialFactor()
    var factors = exponents.enumerated().filter { $0.element > 0 }.map { variable, exponent in
      PolynomialFactorisation<Self, SwiftEngine.Rational>.Factor(
        polynomial: ring.variable(variable), multiplicity: exponent)
    }
    for (part, multiplicity) in try rest.squarefreeFactors() {
      factors += try splitting(part).map {
        .init(polynomial: Self(ring, primitive: $0, content: 1), multiplicity: multiplicity)
      }
    }
    return factors
  }
}

extension SparseTerms {
  /// Pairwise coprime, squarefree, primitive factors of a primitive polynomial, none of them constant; each has no
  /// content with respect to its first variable.
  func squarefreeFactors() throws -> [(factor: SparseTerms, multiplicity: Int)] {
    let degrees = degrees
    guard let variable = variableRange.first(where: { degrees[$0] > 0 }) else { return [] }
    try Self.checkDense(degrees.max() ?? 0)
    let content = try content(in: variable)
    let part = content.isConstant ? self : try exactQuotient(by: content)
    return try part.yunFactors(in: variable) + content.squarefreeFactors()
  }

  /// The greatest common divisor of the coefficients with respect to one variable.
  func content(in variable: Int) throws -> SparseTerms {
    try Self.greatestCommonDivisor(of: coefficients(inVariables: [variable]))
  }

  /// The quotient by what is known to divide, primitive with positive leading coefficient if both are.
  func exactQuotient(by divisor: SparseTerms) throws -> SparseTerms {
    guard let quotient = try quotient(by: divisor) else {
      preconditionFailure("a greatest common divisor divides")
    }
    return quotient
  }

  /// Yun's algorithm (SYMSAC 1976, doi:10.1145/800205.806320) for a polynomial without content in the variable.
  private func yunFactors(in variable: Int) throws -> [(factor: SparseTerms, multiplicity: Int)] {
    let slope = derivative(in: variable)
    let common = try Self.greatestCommonDivisor(self, slope.primitivePart)
    guard !common.isConstant else { return [(self, 1)] }
    func difference(_ left: SparseTerms, _ right: SparseTerms) -> SparseTerms {
      Self.combine(left, 1, right.derivative(in: variable), -1)
    }
    var factors: [(SparseTerms, Int)] = []
    var (rest, multiplicity) = (try exactQuotient(by: common), 1)
    var remaining = difference(try slope.exactQuotient(by: common), rest)
    while !rest.isConstant {
      let factor =
        remaining.isZero ? rest : try Self.greatestCommonDivisor(rest, remaining.primitivePart)
      if !factor.isConstant { factors.append((factor, multiplicity)) }
      rest = try rest.exactQuotient(by: factor)
      remaining = difference(remaining.isZero ? remaining : try remaining.exactQuotient(by: factor), rest)
      multiplicity += 1
    }
    return factors
  }

  /// The irreducible factors of a squarefree primitive polynomial.
  func irreducibleFactors() throws -> [SparseTerms] {
    let degrees = degrees
    let used = variableRange.filter { degrees[$0] > 0 }
    guard let first = used.first else { return [] }
    if used.count == 1 {
      let polynomial = try univariate(in: first)
      // Without a constant term, the variable itself is a factor.
      let hasRootAtZero = polynomial.coefficients[0].isZero
      let rest =
        hasRootAtZero
        ? SwiftEngine.UnivariatePolynomial(coefficients: Array(polynomial.coefficients.dropFirst()))
        : polynomial
      let factors = rest.degree > 0 ? rest.irreducibleFactors() : []
      let line = hasRootAtZero ? [SwiftEngine.UnivariatePolynomial(coefficients: [0, 1])] : []
      return (line + factors).map { SparseTerms($0, in: first, like: self) }
    }
    // In the main variable the degree is the least, so that there are few factors to be lifted.
    let main = used.min { (degrees[$0], $0) < (degrees[$1], $1) } ?? first
    let content = try content(in: main)
    if !content.isConstant {
      return try content.irreducibleFactors() + exactQuotient(by: content).irreducibleFactors()
    }
    if degrees[main] == 1 { return [self] }
    return try MultivariateFactorisation(self, main: main, others: used.filter { $0 != main }).factors()
  }
}
