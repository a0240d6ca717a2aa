import Algebra
import GroebnerBases

/// An ideal extended to the ring of polynomials over Q(u), where u is a greatest set of independent variables:
/// there it has dimension zero.
struct IndependentExtension<Engine: AlgebraEngine> {
  typealias Sparse = SparsePolynomial<WideInteger>

  let ideal: Ideal<Engine>
  /// The variables in the sequence of the extension: the dependent ones, then u.
  let sequence: [Int]
  let dependentCount: Int
  /// The ideal's basis by elimination order in the extension's sequence.
  let basis: GroebnerBasis
  /// The minimal Gröbner basis over Q(u) among its elements.
  let elements: [Sparse]
  /// The dimension of the quotient ring over Q(u).
  let dimension: Int
  /// Irreducible polynomials in u (in the ideal's own sequence), the factors of the leading coefficients:
  /// where they are inverted, the basis is one.
  let leadingFactors: [Sparse]

  var independent: [Int] { Array(sequence[dependentCount...]) }

  /// The place of each variable in the extension's sequence.
  var places: [Int] {
    sequence.indices.map { variable in sequence.firstIndex(of: variable) ?? variable }
  }

  /// The basis over Q(u) in the ideal's own sequence of variables.
  var idealElements: [Sparse] { elements.map { $0.selecting(places) } }

  /// Greatest independent sets, those first for which the leading ideal leaves the fewest monomials.
  static func sets(of ideal: Ideal<Engine>, control: Control) throws -> [[Int]] {
    let leads = ideal.basis.leadingExponents
    let rated = try ideal.maximalIndependentSets(limit: 200, control: control).enumerated().map {
      number, set in
      let restricted = leads.map { vector in vector.indices.map { set.contains($0) ? 0 : vector[$0] } }
      let degree = try HilbertSeries(
        monomialIdeal: restricted, variableCount: ideal.variableCount, control: control
      ).degree
      return (set: set, degree: degree, number: number)
    }
    return rated.sorted { ($0.degree, $0.number) < ($1.degree, $1.number) }.map(\.set)
  }

  /// The extension by the independent set for which the basis over Q(u) is found with the least work.
  ///
  /// All of the first few sets are tried with a small bound on critical pairs and elements, then with a
  /// greater one, and so on; counted work makes the choice the same in every run.
  static func cheapest(of ideal: Ideal<Engine>, control: Control) throws -> IndependentExtension {
    let sets = try sets(of: ideal, control: control).prefix(8)
    for bound in [60, 150, 400, 1000, 4000] where sets.count > 1 {
      for set in sets {
        let work = WorkBound(bound: bound, control: control)
        let found = try work.unlessExceeded {
          try IndependentExtension(ideal, independent: set, control: $0)
        }
        if let found { return found }
      }
    }
    guard let first = sets.first else { preconditionFailure("every proper ideal has an independent set") }
    return try IndependentExtension(ideal, independent: first, control: control)
  }

  init(_ ideal: Ideal<Engine>, independent: [Int], control: Control) throws {
    let n = ideal.variableCount
    let dependent = (0..<n).filter { !independent.contains($0) }
    let order = dependent + independent
    var places = [Int](repeating: 0, count: n)
    for (place, variable) in order.enumerated() { places[variable] = place }
    basis = try GroebnerBasis(
      of: ideal.basis.polynomials.map { $0.renamed(places, count: n) }, variableCount: n,
      order: .elimination(count: dependent.count), control: control)
    self.ideal = ideal
    sequence = order
    dependentCount = dependent.count
    let d = dependent.count
    // Elements whose leading monomial in x is divisible by no other one's; of equal ones the first.
    let all = basis.polynomials
    let leads = all.map { Array($0.exponents(ofTerm: 0).prefix(d)) }
    var kept: [Int] = []
    for number in all.indices {
      let isRedundant = all.indices.contains { other in
        other != number && zip(leads[other], leads[number]).allSatisfy { $0 <= $1 }
          && (leads[other] != leads[number] || other < number)
      }
      if !isRedundant { kept.append(number) }
    }
    elements = kept.map { all[$0] }
    let series = try HilbertSeries(monomialIdeal: kept.map { leads[$0] }, variableCount: d, control: control)
    precondition(series.dimension <= 0, "the variables are a greatest independent set")
    dimension = series.degree
    var factors: [Sparse] = []
    var texts: Set<String> = []
    for element in elements {
      let coefficient = element.leadingCoefficient(dependentCount: d).selecting(places)
      guard !coefficient.isConstant else { continue }
      for factor in try ideal.ring.polynomial(coefficient).factored().factors
      where texts.insert(factor.polynomial.description).inserted {
        factors.append(try ideal.ring.value(factor.polynomial))
      }
    }
    leadingFactors = factors
  }

  /// The ideal of Q[x, u] that consists of the polynomials in the extension: a saturation.
  func contraction(control: Control) throws -> Ideal<Engine> {
    var result = ideal
    for factor in leadingFactors { result = try result.saturation(by: factor, control: control) }
    return result
  }

  /// Whether the ideal, which has a proved basis, is proved to be its own contraction; false if there is no proof.
  ///
  /// With a proved elimination basis, the quotient ring is free where the leading coefficients are inverted; then
  /// it is enough that these are no zero divisors. Cost: the proof of the elimination basis.
  func isProvedContraction(control: Control) throws -> Bool {
    let generators = ideal.basis.polynomials.map { $0.renamed(places, count: sequence.count) }
    _ = try basis.proved(generators: generators, engine: Engine.self, control: control)
    return try leadingFactors.allSatisfy { try ideal.isProvedNonzerodivisor($0, control: control) }
  }

  /// The extension with values in the place of u at which no leading coefficient vanishes, as an ideal in
  /// the dependent variables.
  func specialised(_ values: [Engine.Rational], control: Control) throws -> Ideal<Engine>? {
    let names = (0..<dependentCount).map { ideal.variables[sequence[$0]] }
    let target = try PolynomialNotation<Engine>(variables: names)
    let source = try PolynomialNotation<Engine>(variables: sequence.map { ideal.variables[$0] })
    let images =
      (0..<dependentCount).map { target.ring.variable($0) } + values.map { target.ring.constant($0) }
    var specialised: [Sparse] = []
    for element in elements {
      let image = try target.value(source.polynomial(element).substituted(images, into: target.ring))
      guard !image.isEmpty,
        image.exponents(ofTerm: 0).elementsEqual(element.exponents(ofTerm: 0).prefix(dependentCount))
      else { return nil }
      specialised.append(image)
    }
    return try Ideal(generators: specialised, ring: target, characteristic: 0, control: control)
  }

  /// Small values for u, different for each attempt.
  func values(attempt: Int) -> [Engine.Rational] {
    var generator = SeededGenerator(seed: 0x5EC7, task: UInt64(attempt))
    return independent.map { _ in
      Engine.Rational(Int(generator.next() % UInt64(7 + 6 * attempt)) + 2)
    }
  }
}

extension SparsePolynomial where Coefficient == WideInteger {
  /// The coefficient, a polynomial in the later variables, of the leading monomial in the first ones; the
  /// terms stand by descending elimination order.
  func leadingCoefficient(dependentCount d: Int) -> SparsePolynomial {
    let lead = Array(exponents(ofTerm: 0).prefix(d))
    var result = SparsePolynomial(variableCount: variableCount)
    for term in 0..<termCount where exponents(ofTerm: term).prefix(d).elementsEqual(lead) {
      result.append(
        exponents: [UInt32](repeating: 0, count: d) + exponents(ofTerm: term).dropFirst(d),
        coefficient: coefficients[term])
    }
    return result
  }
}
