import Algebra

extension GroebnerBasis {
  /// The basis that was to be proved is wrong, or its proof met an unlucky prime. Practically impossible; with other
  /// primes it will succeed, see `Control.repeatingFailedProofs(_:)`.
  public struct ProofFailed: Error, Hashable, Sendable {
    public let step: String

    public init(step: String) { self.step = step }
  }

  /// The same basis with a proof that it is the reduced Gröbner basis of the ideal of the generators.
  ///
  /// Over Q: the generators are made homogeneous, their basis H is computed, and four things are checked in
  /// exact arithmetic: all S-polynomials of H reduce to zero; the homogeneous generators reduce to zero
  /// modulo H; the leading monomials of H are those of the (proved) basis modulo one prime. Then H is a
  /// Gröbner basis of the homogeneous ideal (Arnold, J. Symb. Comp. 35, 2003,
  /// doi:10.1016/S0747-7171(02)00140-2), and setting the additional variable to one gives a Gröbner basis D of
  /// the ideal. Last, the elements of this basis reduce to zero modulo D, and every leading monomial of D is a
  /// multiple of one of theirs. Over a prime field the basis is computed once more with exact linear algebra.
  ///
  /// Cost: that of exact reductions of all critical pairs, far above that of the basis.
  ///
  /// - Throws: `ProofFailed`; `Interruption`; what `init` throws.
  public func proved<Engine: AlgebraEngine>(
    generators: [SparsePolynomial<WideInteger>], engine: Engine.Type, control: Control = Control()
  ) throws -> GroebnerBasis {
    if guarantee == .proved { return self }
    guard characteristic == 0 else {
      return try GroebnerBasis(
        of: generators, variableCount: variableCount, characteristic: characteristic, order: order,
        options: GroebnerOptions(guarantee: .proved), control: control)
    }
    try Self.validate(generators, variableCount, 0, order)
    try StateMonitor.run(control, stage: "proof") { monitor in
      let proof = IdealEqualityProof<Engine>(
        basis: polynomials, generators: generators, order: order, variableCount: variableCount,
        control: control, monitor: monitor)
      try proof.run()
    }
    return GroebnerBasis(
      characteristic: 0, guarantee: .proved, primeCount: primeCount, packed: packed, seed: seed)
  }
}

/// The steps of a proof over Q.
private struct IdealEqualityProof<Engine: AlgebraEngine> {
  typealias Polynomial = ExactDivision<Engine>.Divisor

  let basis: [SparsePolynomial<WideInteger>]
  let generators: [SparsePolynomial<WideInteger>]
  let order: MonomialOrder
  let variableCount: Int
  let control: Control
  let monitor: StateMonitor

  func run() throws {
    try GroebnerBasis.withSufficientWidth(
      order: order, variableCount: variableCount + 1, homogenising: true
    ) { layout in
      let homogeneous = generators.map { $0.homogenised() }
      let result = try GroebnerBasis.rational(
        homogeneous, layout: layout, method: TracedSystem.Method(referenceLinearAlgebra: .exact), control,
        monitor)
      monitor.update { $0.stage = "proof" }
      let elements = result.polynomials
      guard elements.allSatisfy(\.isHomogeneous) else { throw GroebnerBasis.ProofFailed(step: "homogeneity") }
      let packed = try elements.map { try Polynomial($0, layout: layout) }
      let division = ExactDivision<Engine>(divisors: packed, layout: layout, control: control)
      for generator in homogeneous {
        try expectZero(try Polynomial(generator, layout: layout), division, layout, "generators")
      }
      try checkPairs(packed, division, layout)
      try checkDehomogenised(elements.map { $0.withoutLastVariable() })
    }
  }

  private func expectZero(
    _ polynomial: Polynomial, _ division: ExactDivision<Engine>, _ layout: MonomialLayout, _ step: String
  ) throws {
    let one = [UInt64](repeating: 0, count: layout.words)
    try division.add(polynomial, multiplier: one, coefficient: 1)
    guard try division.divide().coefficients.isEmpty else { throw GroebnerBasis.ProofFailed(step: step) }
  }

  /// Reduces the S-polynomials of all pairs that the criteria leave.
  private func checkPairs(
    _ elements: [Polynomial], _ division: ExactDivision<Engine>, _ layout: MonomialLayout
  ) throws {
    let words = layout.words
    let skeleton = PartialBasis(layout: layout)
    let pairs = CriticalPairs(layout: layout, usesSugar: false)
    for element in elements {
      let lead = ModularPolynomial(count: 1, words: words)
      lead.coefficients[0] = 1
      for w in 0..<words { lead.monomials[w] = element.monomials[w] }
      guard pairs.update(with: lead, number: skeleton.count, sugar: 0, in: skeleton) else {
        lead.deallocate()
        throw ExponentOverflow()
      }
      skeleton.appendElement(lead, sugar: 0)
    }
    for i in 0..<pairs.count {
      monitor.update { $0.pairs = pairs.count - i }
      let multiple = pairs.multiples.base + i * words
      for (half, sign) in [(Int(pairs.pairs[i].left), 1), (Int(pairs.pairs[i].right), -1)] {
        let element = elements[half]
        let multiplier = (0..<words).map { multiple[$0] &- element.monomials[$0] }
        let scale = try Engine.Rational(sign).divided(by: element.coefficients[0])
        try division.add(element, multiplier: multiplier, coefficient: scale)
      }
      guard try division.divide().coefficients.isEmpty else {
        throw GroebnerBasis.ProofFailed(step: "critical pairs")
      }
    }
  }

  private func checkDehomogenised(_ elements: [SparsePolynomial<WideInteger>]) throws {
    try GroebnerBasis.withSufficientWidth(order: order, variableCount: variableCount) { layout in
      let divisors = try elements.map { try Polynomial($0, layout: layout) }
      let candidates = try basis.map { try Polynomial($0, layout: layout) }
      let division = ExactDivision<Engine>(divisors: divisors, layout: layout, control: control)
      for candidate in candidates { try expectZero(candidate, division, layout, "elements") }
      for divisor in divisors {
        guard candidates.contains(where: { layout.divides($0.monomials, divisor.monomials) }) else {
          throw GroebnerBasis.ProofFailed(step: "leading monomials")
        }
      }
      // Reduced: no monomial of an element is divisible by another's leading one.
      let words = layout.words
      for (i, candidate) in candidates.enumerated() {
        for (j, other) in candidates.enumerated() {
          let isReduced = candidate.coefficients.indices.allSatisfy { term in
            i == j && term == 0
              || !layout.divides(
                other.monomials, Array(candidate.monomials[term * words..<(term + 1) * words]))
          }
          guard isReduced else { throw GroebnerBasis.ProofFailed(step: "reducedness") }
        }
      }
    }
  }
}

extension SparsePolynomial {
  /// Every term multiplied by a power of an additional last variable, so that all have the same degree.
  package func homogenised() -> SparsePolynomial {
    let degrees = (0..<termCount).map { exponents(ofTerm: $0).reduce(0) { $0 + UInt64($1) } }
    let greatest = degrees.max() ?? 0
    var result = SparsePolynomial(variableCount: variableCount + 1)
    for term in 0..<termCount {
      result.append(
        exponents: exponents(ofTerm: term) + [UInt32(clamping: greatest - degrees[term])],
        coefficient: coefficients[term])
    }
    return result
  }

  /// Whether all terms have the same degree.
  var isHomogeneous: Bool {
    let degrees = (0..<termCount).map { exponents(ofTerm: $0).reduce(0) { $0 + UInt64($1) } }
    return degrees.min() == degrees.max()
  }

  /// The polynomial in the variables with these places, the others set to one, where this makes no two monomials
  /// equal.
  package func selecting(_ places: [Int]) -> SparsePolynomial {
    var vectors: [UInt32] = []
    vectors.reserveCapacity(places.count * termCount)
    for term in 0..<termCount {
      for place in places { vectors.append(exponents[term * variableCount + place]) }
    }
    return SparsePolynomial(variableCount: places.count, exponents: vectors, coefficients: coefficients)
  }

  /// The last variable set to one, for polynomials in which this makes no two monomials equal.
  func withoutLastVariable() -> SparsePolynomial {
    selecting(Array(0..<variableCount - 1))
  }
}
