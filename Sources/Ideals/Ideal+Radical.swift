import Algebra
import GroebnerBases

extension Ideal {
  /// Whether some power of f belongs to the ideal: `1 ∈ I + (1 − t f)` (Rabinowitsch). Cost: one basis.
  public func radicalContains(_ f: SparsePolynomial<WideInteger>, control: Control = Control()) throws -> Bool
  {
    if f.isEmpty || isUnit { return true }
    if try contains([f], control: control) { return true }
    return try GroebnerBasis(
      of: generatorsWithInverse(of: f), variableCount: variableCount + 1, characteristic: characteristic,
      control: control
    ).isUnit
  }

  /// Generators of `I + (1 − t f)` with a new first variable t.
  func generatorsWithInverse(of f: SparsePolynomial<WideInteger>) -> [SparsePolynomial<WideInteger>] {
    basis.polynomials.map(\.withFirstVariable) + [f.rabinowitsch]
  }

  /// `radicalContains` modulo a prime; wrong only if the prime is unlucky.
  func probablyHasInRadical(_ f: SparsePolynomial<WideInteger>, control: Control) throws -> Bool {
    let generators = generatorsWithInverse(of: f)
    return try GroebnerBasis(
      of: generators, variableCount: variableCount + 1,
      characteristic: Self.testPrime(for: generators, control), control: control
    ).isUnit
  }

  /// Whether powers of all these polynomials are proved to lie in the ideal, which has a proved basis.
  ///
  /// By normal forms of low powers, else by Rabinowitsch's trick. Cost: for a polynomial that is only in the
  /// radical, a basis modulo a prime; the proof of a basis if no low power belongs to the ideal.
  func radicalProvablyContains(
    _ polynomials: [SparsePolynomial<WideInteger>], control: Control
  ) throws -> Bool {
    let divisors = try basis.polynomials.map(ring.polynomial)
    return try polynomials.allSatisfy { polynomial in
      if try contains([polynomial], control: control) { return true }
      guard try probablyHasInRadical(polynomial, control: control) else { return false }
      var power = try ring.polynomial(polynomial)
      for _ in 0..<Self.squarings {
        try control.check()
        power = try power.multiplied(by: power).quotientsAndRemainder(dividingBy: divisors).remainder
        if power.isZero { return true }
        power = power.primitivePart
      }
      let generators = generatorsWithInverse(of: polynomial)
      let extended = try GroebnerBasis(of: generators, variableCount: variableCount + 1, control: control)
      guard extended.isUnit else { return false }
      _ = try extended.proved(generators: generators, engine: Engine.self, control: control)
      return true
    }
  }

  /// Up to the power 8.
  private static var squarings: Int { 3 }

  /// Whether all elements of the other ideal lie in the radical of this one.
  public func radicalContains(_ other: Ideal, control: Control = Control()) throws -> Bool {
    try requireSameRing(other)
    return try other.shorterGenerators.allSatisfy { try radicalContains($0, control: control) }
  }

  /// The radical of an ideal of dimension zero over Q: the squarefree parts of the variables' minimal
  /// polynomials are added (Seidenberg, Trans. AMS 197, 1974, lemma 92). Cost: one minimal polynomial for each
  /// variable, and one basis.
  func zeroDimensionalRadical(control: Control) throws -> Ideal {
    var additional: [SparsePolynomial<WideInteger>] = []
    for variable in variables.indices {
      let form = ring.linearForm(variables.indices.map { $0 == variable ? 1 : 0 })
      let minimal = Engine.UnivariatePolynomial(
        try basis.minimalPolynomial(of: form, engine: Engine.self, control: control))
      let part = minimal.squarefreePart
      if part.degree < minimal.degree { additional.append(ring.univariate(part, variable)) }
    }
    return additional.isEmpty ? self : try adding(additional, control: control)
  }

  /// The radical, over Q. In dimension zero directly, else as the intersection of the minimal primes.
  ///
  /// - Throws: `AlgebraError.domain` over a prime field.
  public func radical(control: Control = Control()) throws -> Ideal {
    try radical(knowing: nil, control: control)
  }

  /// The same where the minimal primes may be known already.
  func radical(knowing primes: [PrimeComponent<Engine>]?, control: Control) throws -> Ideal {
    guard characteristic == 0 else { throw AlgebraError.domain("radicals are computed over Q only") }
    let dimension = try dimensionAndDegree(control: control).dimension
    if dimension < 0 || isZero { return self }
    if dimension == 0 { return try zeroDimensionalRadical(control: control) }
    var result = try unit(control)
    for component in try primes ?? minimalPrimes(control: control) {
      result = try result.intersection(component.ideal, control: control)
    }
    return result
  }
}

extension PolynomialNotation {
  /// The univariate polynomial in this variable.
  func univariate(_ polynomial: Engine.UnivariatePolynomial, _ variable: Int) -> SparsePolynomial<WideInteger>
  {
    SparsePolynomial(polynomial, in: variable, variableCount: variables.count)
  }
}
