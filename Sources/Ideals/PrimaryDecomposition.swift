import Algebra
import GroebnerBases

/// A primary ideal of a decomposition with its associated prime.
public struct PrimaryComponent<Engine: AlgebraEngine>: Sendable {
  public let ideal: Ideal<Engine>
  public let prime: PrimeComponent<Engine>
  /// Whether the associated prime contains another one. Isolated components are unique, embedded ones are not.
  public let isEmbedded: Bool
  public let degree: Int
  public var dimension: Int { prime.dimension }

  init(_ ideal: Ideal<Engine>, prime: PrimeComponent<Engine>, isEmbedded: Bool, control: Control) throws {
    self.ideal = ideal
    self.prime = prime
    self.isEmbedded = isEmbedded
    degree = try ideal.dimensionAndDegree(control: control).degree
  }
}

extension Ideal {
  /// An irredundant primary decomposition, over Q: isolated components, then embedded ones, each by dimension,
  /// degree and text of their primes; none for the unit ideal.
  ///
  /// Isolated components are localisations at the minimal primes (Gianni, Trager, Zacharias, 1988). With R the
  /// intersection of the components found, the minimal primes of `I : R` are embedded ones; each gets the
  /// component of `I + (p^k : p in the basis of P)` at P for the first k with which I and the intersection agree
  /// near P (Eisenbud, Huneke, Vasconcelos, Invent. Math. 110, 1992, doi:10.1007/BF01231331, section 4, with the
  /// powers of P; those of elements are fewer). Guarantee: probable; see `DecompositionCheck`.
  ///
  /// - Throws: as `minimalPrimes`.
  public func primaryDecomposition(control: Control = Control()) throws -> [PrimaryComponent<Engine>] {
    let primes = try minimalPrimes(control: control)
    guard !primes.isEmpty else { return [] }
    if try dimensionAndDegree(control: control).dimension == 0 {
      return try zeroDimensionalComponents(primes: primes, control: control)
    }
    var components: [PrimaryComponent<Engine>] = []
    for prime in primes {
      let others = primes.filter { $0.ideal.sortKey != prime.ideal.sortKey }
      let ideal = try isolatedComponent(at: prime, others: others, control: control)
      components.append(try PrimaryComponent(ideal, prime: prime, isEmbedded: false, control: control))
    }
    return try components + embeddedComponents(isolated: components, control: control)
  }

  /// The component at a minimal prime.
  private func isolatedComponent(
    at prime: PrimeComponent<Engine>, others: [PrimeComponent<Engine>], control: Control
  ) throws -> Ideal {
    if try contains(prime.ideal, control: control) { return prime.ideal }
    var local = self
    for separator in try separators(of: prime, from: others, control: control) {
      local = try local.saturation(by: separator, control: control)
    }
    return try local.contraction(at: prime, control: control)
  }

  /// Few polynomials outside of the prime, at least one of them in each of the others.
  private func separators(
    of prime: PrimeComponent<Engine>, from others: [PrimeComponent<Engine>], control: Control
  ) throws -> [SparsePolynomial<WideInteger>] {
    let elements = Set(others.flatMap(\.ideal.basis.polynomials))
    let candidates = try prime.ideal.outside(Array(elements), control: control)
      .map { (polynomial: $0, key: ($0.degree, $0.termCount, $0.text(variables: variables))) }
      .sorted { $0.key < $1.key }.map(\.polynomial)
    let members = try others.map { other in
      Set(candidates).subtracting(try other.ideal.outside(candidates, control: control))
    }
    var open = Set(others.indices)
    var separators: [SparsePolynomial<WideInteger>] = []
    while !open.isEmpty {
      var best: (candidate: SparsePolynomial<WideInteger>, covered: [Int])?
      for candidate in candidates {
        let covered = open.filter { members[$0].contains(candidate) }
        if covered.count > best?.covered.count ?? 0 { best = (candidate, Array(covered)) }
      }
      guard let best else { preconditionFailure("minimal primes do not contain each other") }
      open.subtract(best.covered)
      separators.append(best.candidate)
    }
    return separators
  }

  /// The component at the only minimal prime.
  private func contraction(at prime: PrimeComponent<Engine>, control: Control) throws -> Ideal {
    guard prime.dimension > 0 else { return self }
    return try IndependentExtension.cheapest(of: self, control: control).contraction(control: control)
  }

  private func embeddedComponents(
    isolated: [PrimaryComponent<Engine>], control: Control
  ) throws -> [PrimaryComponent<Engine>] {
    var common = isolated[0].ideal
    for component in isolated.dropFirst() {
      common = try common.intersection(component.ideal, control: control)
    }
    var found: [PrimaryComponent<Engine>] = []
    for attempt in 0... {
      let elements = try combinations(of: common, seed: attempt, control: control)
      if elements.isEmpty { break }
      for prime in try primes(ofQuotientByElements: elements, control: control) {
        var exponent = 1
        while true {
          try control.check()
          let local = try adding(prime.ideal.powersOfElements(exponent), control: control)
            .contraction(at: prime, control: control)
          let candidate = try common.intersection(local, control: control)
          if try contains(candidate, near: prime, control: control) {
            common = candidate
            // An unlucky combination may have made an exponent too small: the component is contained in that.
            found.removeAll { $0.prime.ideal.sortKey == prime.ideal.sortKey }
            found.append(try PrimaryComponent(local, prime: prime, isEmbedded: true, control: control))
            break
          }
          exponent += 1
        }
      }
    }
    let order = PrimeComponent.sorted(found.map(\.prime)).map(\.ideal.sortKey)
    return order.compactMap { key in found.first { $0.prime.ideal.sortKey == key } }
  }

  /// The minimal primes of `I : J`, or some of them: the minimal primes of quotients by elements of J.
  private func primes(
    ofQuotientByElements elements: [SparsePolynomial<WideInteger>], control: Control
  ) throws -> [PrimeComponent<Engine>] {
    let primes = try elements.flatMap {
      try quotient(by: $0, control: control).minimalPrimes(control: control)
    }
    return elements.count == 1 ? primes : try PrimeComponent.irredundant(primes, control: control)
  }

  /// Whether the other ideal is contained in this one near a prime: elements outside of the prime take it into
  /// this one. As sure as `combinations`.
  private func contains(
    _ other: Ideal, near prime: PrimeComponent<Engine>, control: Control
  ) throws -> Bool {
    try combinations(of: other, seed: 0, control: control).allSatisfy {
      try !prime.ideal.contains(quotient(by: $0, control: control), control: control)
    }
  }

  /// For each degree of generators of the other ideal outside of this one a random combination of these.
  ///
  /// The combinations that lie in a primary component of this ideal are all, or a proper subspace: as a rule a
  /// random one lies in those components alone in which all generators lie. Then all quotients by these elements
  /// together have the radical of the quotient by the other ideal.
  private func combinations(
    of other: Ideal, seed: Int, control: Control
  ) throws -> [SparsePolynomial<WideInteger>] {
    let generators = try outside(other.shorterGenerators, control: control)
    var random = SeededGenerator(seed: 0xE1_E3, task: UInt64(seed))
    let byDegree = Dictionary(grouping: generators, by: \.degree)
    return try byDegree.sorted { $0.key < $1.key }.map { _, generators in
      guard generators.count > 1 else { return generators[0] }
      return try ring.value(
        generators.reduce(ring.ring.zero) { sum, generator in
          let coefficient = Engine.Rational(Int.random(in: 1...31, using: &random))
          return try sum.adding(ring.polynomial(generator).scaled(by: coefficient))
        })
    }
  }

  /// The powers of the elements of the basis with this exponent.
  private func powersOfElements(_ exponent: Int) throws -> [SparsePolynomial<WideInteger>] {
    try basis.polynomials.map { try ring.value(ring.polynomial($0).power(exponent)) }
  }

  /// In dimension zero: the powers of the factors that the minimal polynomial of a separating form contains.
  private func zeroDimensionalComponents(
    primes: [PrimeComponent<Engine>], control: Control
  ) throws -> [PrimaryComponent<Engine>] {
    if primes.count == 1 {
      return [try PrimaryComponent(self, prime: primes[0], isEmbedded: false, control: control)]
    }
    let points = try PointSet(of: self, control: control)
    if points.isRadical {
      return try primes.map {
        try PrimaryComponent($0.ideal, prime: $0, isEmbedded: false, control: control)
      }
    }
    let form = ring.linearForm(points.separatingForm)
    let minimal = Engine.UnivariatePolynomial(
      try basis.minimalPolynomial(of: form, engine: Engine.self, control: control))
    let generators = try withLastCoordinate(points.separatingForm)
    var components: [PrimaryComponent<Engine>] = []
    for factor in try minimal.factored().factors {
      var power = factor.polynomial
      for _ in 1..<factor.multiplicity { power = power * factor.polynomial }
      let local = try GroebnerBasis(
        of: generators + [ring.univariate(power, variableCount - 1)], variableCount: variableCount,
        control: control)
      let component = try Ideal(
        generators: withoutLastCoordinate(local.polynomials, points.separatingForm), ring: ring,
        characteristic: 0, control: control)
      guard let prime = try primes.first(where: { try $0.ideal.contains(component, control: control) }) else {
        preconditionFailure("every component lies in one minimal prime")
      }
      components.append(try PrimaryComponent(component, prime: prime, isEmbedded: false, control: control))
    }
    return primes.compactMap { prime in
      components.first { $0.prime.ideal.sortKey == prime.ideal.sortKey }
    }
  }

  /// The inverse of `withLastCoordinate`.
  private func withoutLastCoordinate(
    _ polynomials: [SparsePolynomial<WideInteger>], _ form: [Int]
  ) throws -> [SparsePolynomial<WideInteger>] {
    let n = variableCount
    guard let replaced = form.lastIndex(of: 1) else {
      preconditionFailure("a separating form has a coefficient 1")
    }
    var images = (0..<n).filter { $0 != replaced }.map { ring.ring.variable($0) }
    images.append(try ring.polynomial(ring.linearForm(form)))
    return try polynomials.map { try ring.value(ring.polynomial($0).substituted(images, into: ring.ring)) }
  }

  /// An equidimensional decomposition, over Q: for each dimension the intersection of the primary components
  /// of that dimension, embedded ones included; their intersection is the ideal. By descending dimension.
  ///
  /// - Throws: as `minimalPrimes`.
  public func equidimensionalDecomposition(control: Control = Control()) throws -> [Ideal] {
    try equidimensionalDecomposition(of: primaryDecomposition(control: control), control: control)
  }

  /// The same from the components of a primary decomposition.
  func equidimensionalDecomposition(
    of components: [PrimaryComponent<Engine>], control: Control
  ) throws -> [Ideal] {
    try Set(components.map(\.dimension)).sorted(by: >).map { dimension in
      var result = try unit(control)
      for component in components where component.dimension == dimension {
        result = try result.intersection(component.ideal, control: control)
      }
      return result
    }
  }
}
