import Algebra
import GroebnerBases

extension Ideal {
  /// The minimal primes over the ideal, over Q; none for the unit ideal. Sorted by dimension, degree, text.
  ///
  /// Elements of bases that factor split the ideal; in dimension zero the minimal polynomial of a separating
  /// form is factored; otherwise the same over the rational functions in independent variables (Gianni, Trager,
  /// Zacharias, J. Symb. Comp. 6, 1988, doi:10.1016/S0747-7171(88)80040-3), and what is not covered by the
  /// components found comes from a saturation (Laplagne, ISSAC 2006, doi:10.1145/1145768.1145804).
  /// Guarantee: probable; see `DecompositionCheck`.
  ///
  /// - Throws: `AlgebraError.domain` over a prime field, `.tooLarge`; `Interruption`.
  public func minimalPrimes(control: Control = Control()) throws -> [PrimeComponent<Engine>] {
    guard characteristic == 0 else { throw AlgebraError.domain("decompositions are computed over Q only") }
    return try MinimalPrimes<Engine>(control: control).run(self)
  }
}

struct MinimalPrimes<Engine: AlgebraEngine> {
  typealias Sparse = SparsePolynomial<WideInteger>

  let control: Control

  /// - Parameter isUnmixed: whether all minimal primes are known to have the dimension of the ideal.
  func run(_ ideal: Ideal<Engine>, isUnmixed: Bool = false) throws -> [PrimeComponent<Engine>] {
    var found: [PrimeComponent<Engine>] = []
    var branches = [Branch(ideal: ideal, nonzero: [], isUnmixed: isUnmixed)]
    while let branch = branches.popLast() {
      try control.check()
      if branch.ideal.isUnit { continue }
      // Nothing new lies above a component that is known.
      if try found.contains(where: { try branch.ideal.contains($0.ideal, control: control) }) { continue }
      // Zeros where one of these vanishes belong to another branch.
      if try branch.nonzero.contains(where: { try branch.ideal.contains([$0], control: control) }) {
        continue
      }
      if let split = try split(branch) {
        branches += split.reversed()
      } else if branch.ideal.isFinite {
        found += try zeroDimensionalPrimes(of: branch.ideal)
      } else {
        found += try primes(of: branch.ideal, isUnmixed: branch.isUnmixed)
      }
    }
    return try PrimeComponent.irredundant(found, control: control)
  }

  /// A part of the variety: the zeros of the ideal at which the polynomials are not all zero by themselves.
  private struct Branch {
    var ideal: Ideal<Engine>
    var nonzero: [Sparse]
    var isUnmixed = false
  }

  /// The branches along the factors of a basis element, the ones of least degree first; `nil` if all elements
  /// are irreducible.
  private func split(_ branch: Branch) throws -> [Branch]? {
    let ring = branch.ideal.ring
    var reduced: [Sparse] = []
    let elements = branch.ideal.basis.polynomials
    // Long elements hardly ever factor in dimension zero, where there are better ways.
    let greatestCount = branch.ideal.isFinite ? 12 : 5000
    for element in elements where element.termCount <= greatestCount {
      try control.check()
      // An element that is linear in a variable with a constant coefficient cannot factor.
      if element.isLinearInLeadingVariable { continue }
      let factors = try ring.polynomial(element).factored().factors
      if factors.count == 1, factors[0].multiplicity > 1 {
        reduced.append(try ring.value(factors[0].polynomial))
      }
      guard factors.count > 1 else { continue }
      let polynomials = try factors.map { try ring.value($0.polynomial) }
      return try polynomials.indices.map { number in
        Branch(
          ideal: try branch.ideal.adding([polynomials[number]], control: control),
          nonzero: branch.nonzero + polynomials[..<number])
      }
    }
    guard !reduced.isEmpty else { return nil }
    return [
      Branch(ideal: try branch.ideal.adding(reduced, control: control), nonzero: branch.nonzero)
    ]
  }

  /// The minimal primes of an ideal of positive dimension whose basis does not split.
  ///
  /// What is not covered by the primes found is the saturation by an element that vanishes on all of them, but
  /// not on the whole variety; its minimal primes are further ones of the ideal.
  private func primes(of ideal: Ideal<Engine>, isUnmixed: Bool) throws -> [PrimeComponent<Engine>] {
    if ideal.isZero { return [try PrimeComponent(ideal, criterion: .zeroIdeal, control: control)] }
    let (dimension, degree) = try ideal.dimensionAndDegree(control: control)
    // Macaulay's theorem: as many generators as the codimension.
    let isUnmixed = isUnmixed || ideal.generators.count == ideal.variableCount - dimension
    let extended = try IndependentExtension.cheapest(of: ideal, control: control)
    var found = try extended.primes(control: control)
    guard var common = found.first?.ideal else {
      preconditionFailure("an extension that is no unit ideal has primes")
    }
    if found.count == 1, try ideal.contains(common, control: control) { return found }
    var next = found.dropFirst()
    while true {
      // Degrees add up over the components of greatest dimension, with multiplicities.
      if isUnmixed, found.reduce(0, { $0 + $1.degree }) == degree { return found }
      if try !isUnmixed && isProbablyCovered(ideal, by: found) { return found }
      for component in next { common = try common.intersection(component.ideal, control: control) }
      guard let rest = try uncovered(ideal, knownIntersection: common) else { return found }
      next = try run(rest, isUnmixed: isUnmixed)[...]
      found += next
    }
  }

  private func uncovered(
    _ ideal: Ideal<Engine>, knownIntersection common: Ideal<Engine>
  ) throws -> Ideal<Engine>? {
    for element in common.basis.polynomials where try !ideal.probablyHasInRadical(element, control: control) {
      let rest = try ideal.saturation(by: element, control: control)
      if !rest.isUnit { return rest }
    }
    return nil
  }

  /// Whether saturations by one random element of each prime leave nothing, modulo a prime number: such an
  /// element vanishes on no component but those that contain its prime.
  private func isProbablyCovered(
    _ ideal: Ideal<Engine>, by known: [PrimeComponent<Engine>]
  ) throws -> Bool {
    let prime = Ideal<Engine>.testPrime(for: ideal.basis.polynomials, control)
    var rest = try Ideal<Engine>(
      generators: ideal.basis.polynomials, ring: ideal.ring, characteristic: prime, control: control)
    var generator = SeededGenerator(seed: 0xC0_4E)
    for component in known where !rest.isUnit {
      var element = SparsePolynomial<WideInteger>(variableCount: ideal.variableCount)
      for polynomial in component.ideal.basis.polynomials {
        let factor = generator.next() % UInt64(prime - 1) + 1
        for term in 0..<polynomial.termCount {
          let residue = UInt64(polynomial.coefficients[term].residue(modulo: prime))
          // Repeated monomials add up where the polynomial is used.
          element.append(
            exponents: polynomial.exponents(ofTerm: term),
            coefficient: WideInteger(Int(residue * factor % UInt64(prime))))
        }
      }
      rest = try rest.saturation(by: element, control: control)
    }
    return rest.isUnit
  }

  /// The minimal primes of an ideal of dimension zero.
  func zeroDimensionalPrimes(of ideal: Ideal<Engine>) throws -> [PrimeComponent<Engine>] {
    if let points = try SignSymmetricPoints<Engine>(ideal.basis, control: control) {
      return try primes(of: ideal, upToSigns: points)
    }
    return try primesByPoints(of: ideal)
  }

  /// Components that are not shown to be prime are decomposed without the symmetry.
  private func primes(
    of ideal: Ideal<Engine>, upToSigns points: SignSymmetricPoints<Engine>
  ) throws -> [PrimeComponent<Engine>] {
    let minimal = Engine.UnivariatePolynomial(points.minimalPolynomial)
    var primes: [PrimeComponent<Engine>] = []
    for factor in try minimal.factored().factors {
      guard let component = try points.component(of: factor.polynomial.wideCoefficients) else {
        return try primesByPoints(of: ideal)
      }
      let part = Ideal(basis: component.basis, ring: ideal.ring)
      primes +=
        component.isPrime
        ? [try PrimeComponent(part, criterion: .independentSquareRoots, control: control)]
        : try primesByPoints(of: part)
    }
    return primes
  }

  private func primesByPoints(of ideal: Ideal<Engine>) throws -> [PrimeComponent<Engine>] {
    let points = try PointSet(of: ideal, control: control)
    let factors = try points.minimalPolynomial.factored().factors
    if factors.count == 1 {
      return [
        try PrimeComponent(points.radical, criterion: .irreducibleMinimalPolynomial, control: control)
      ]
    }
    return try factors.map { factor in
      let basis = try GroebnerBasis(vanishingAt: points.points(of: factor.polynomial), control: control)
      return try PrimeComponent(
        Ideal(basis: basis, ring: ideal.ring), criterion: .irreducibleMinimalPolynomial, control: control)
    }
  }
}

extension SparsePolynomial where Coefficient == WideInteger {
  /// Whether the first term is a single variable that no other term contains.
  var isLinearInLeadingVariable: Bool {
    guard let variable = exponents(ofTerm: 0).firstIndex(where: { $0 > 0 }),
      exponents(ofTerm: 0).reduce(0, +) == 1
    else { return false }
    return (1..<termCount).allSatisfy { exponents[$0 * variableCount + variable] == 0 }
  }
}
