import Algebra

extension SwiftEngine.UnivariatePolynomial {
  /// Zassenhaus's algorithm (J. Number Theory 1, 1969, doi:10.1016/0022-314X(69)90047-X) on the squarefree
  /// factors. Cost: exponential in the number of factors modulo a prime, which seldom is large.
  public func factored() throws -> PolynomialFactorisation<Self, SwiftEngine.Integer> {
    guard !isZero else { throw AlgebraError.domain("the factorisation of zero") }
    typealias Factor = PolynomialFactorisation<Self, SwiftEngine.Integer>.Factor
    let unit = lead.isNegative ? -content : content
    var rest = dividedExactly(byConstant: unit)
    var factors: [Factor] = []
    let power = rest.coefficients.prefix { $0.isZero }.count
    if power > 0 {
      factors.append(Factor(polynomial: Self(coefficients: [0, 1]), multiplicity: power))
      rest = Self(coefficients: Array(rest.coefficients.dropFirst(power)))
    }
    if rest.degree > 0 {
      for (part, multiplicity) in rest.squarefreeFactors() {
        factors += part.irreducibleFactors().map { Factor(polynomial: $0, multiplicity: multiplicity) }
      }
    }
    return PolynomialFactorisation(unit: unit, sorting: factors)
  }

  /// The factors of a squarefree primitive polynomial of positive degree with positive leading coefficient and
  /// a constant term that is not zero.
  func irreducibleFactors() -> [Self] {
    guard degree > 1 else { return [self] }
    // In x^k, where only such powers occur: a factor of f(x) then splits f(x^k) further.
    let stride = coefficients.indices.dropFirst().reduce(0) { stride, index in
      coefficients[index].isZero ? stride : Int(Words.greatestCommonDivisor(UInt(stride), UInt(index)))
    }
    guard stride > 1, let prime = (2...stride).first(where: { stride % $0 == 0 }) else {
      return factorsByLifting()
    }
    let deflated = Self(
      coefficients: Swift.stride(from: 0, through: degree, by: prime).map { coefficients[$0] })
    return deflated.irreducibleFactors().flatMap { factor -> [Self] in
      var inflated = [SwiftEngine.Integer](repeating: 0, count: factor.degree * prime + 1)
      for (index, value) in factor.coefficients.enumerated() { inflated[index * prime] = value }
      return Self(coefficients: inflated).factorsByLifting()
    }
  }

  private func factorsByLifting() -> [Self] {
    guard degree > 1 else { return [self] }
    let choice = PrimeChoice(self)
    guard choice.factors.count > 1 else { return [self] }
    let bound = factorBound
    // So many bits more that sums of fractions tell most subsets apart.
    let lifting = HenselLifting(
      self, prime: choice.prime, factors: choice.factors, bits: bound.bitLength + 48)
    return Recombination(self, lifting: lifting, bound: bound).factors()
  }

  /// A bound for the coefficients of `lead · g / lead(g)` for every factor g: Mignotte's (Math. Comp. 28, 1974),
  /// times the leading coefficient.
  private var factorBound: SwiftEngine.Integer {
    let squares = coefficients.reduce(SwiftEngine.Integer(0)) { $0 + $1 * $1 }
    let norm = squares.squareRootAndRemainder().root + 1
    return (norm * lead.magnitude).shiftedLeft(by: degree)
  }
}

/// A small prime modulo which a polynomial stays squarefree, with few factors.
private struct PrimeChoice {
  let prime: UInt
  /// Monic irreducible factors modulo the prime.
  let factors: [ResiduePolynomials.Polynomial]

  /// So many good primes are compared.
  private static let trials = 5

  init(_ polynomial: SwiftEngine.UnivariatePolynomial) {
    var best: (count: Int, prime: UInt, factorisation: ResidueFactorisation, parts: [(Int, [UInt])])?
    var (prime, found): (UInt, Int) = (11, 0)
    while found < Self.trials {
      prime = Primes.next(after: prime)
      let ring = ResiduePolynomials(prime: prime)
      let image = ring.reduced(polynomial.coefficients)
      guard image.count == polynomial.degree + 1 else { continue }
      guard ring.greatestCommonDivisor(image, ring.derivative(image)).count == 1 else { continue }
      found += 1
      let factorisation = ResidueFactorisation(ring.monic(image), in: ring)
      let parts = factorisation.distinctDegrees()
      let count = parts.reduce(0) { $0 + ($1.product.count - 1) / $1.degree }
      if count < best?.count ?? .max { best = (count, prime, factorisation, parts) }
      if count == 1 { break }
    }
    guard let best else { preconditionFailure("at least one prime was tried") }
    self.prime = best.prime
    factors = best.factorisation.factors(of: best.parts)
  }
}
