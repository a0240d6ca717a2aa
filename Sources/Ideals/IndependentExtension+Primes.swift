import Algebra
import GroebnerBases

extension IndependentExtension {
  /// The minimal primes of the ideal in which u is independent.
  func primes(control: Control) throws -> [PrimeComponent<Engine>] {
    precondition(dimension > 0, "u is independent")
    if dimension == 1 {
      return [
        try PrimeComponent(
          contraction(control: control), criterion: .irreducibleOverIndependentVariables, control: control)
      ]
    }
    // Where the quotient ring is a field for some values of u, it is one over Q(u): a factorisation of the
    // characteristic polynomial of a generating element would specialise.
    var forms: [[Int]] = []
    for attempt in 0..<Self.attempts {
      guard let fibre = try specialised(values(attempt: attempt), control: control) else { continue }
      let points = try PointSet(of: fibre, control: control)
      if points.isRadical, try points.minimalPolynomial.isIrreducible {
        return [
          try PrimeComponent(
            contraction(control: control), criterion: .irreducibleSpecialisation, control: control)
        ]
      }
      forms.append(points.separatingForm)
      // A second attempt only where one irreducible polynomial may have come apart by accident.
      if !points.isRadical { break }
    }
    if let split = try primesOfFactors(control: control) { return split }
    let fallback = (0..<dependentCount).map { $0 == dependentCount - 1 ? 1 : 0 }
    return try primes(form: forms.first ?? fallback, control: control)
  }

  private static var attempts: Int { 3 }

  /// The primes over each factor, in the dependent variables, of an element over Q(u) that is not irreducible; `nil`
  /// if all are.
  ///
  /// Much cheaper than a minimal polynomial over Q(u), where an element splits.
  private func primesOfFactors(control: Control) throws -> [PrimeComponent<Engine>]? {
    let ring = ideal.ring
    let dependent = sequence[..<dependentCount]
    for element in idealElements where element.termCount <= Self.greatestFactoredCount {
      try control.check()
      let factors = try ring.polynomial(element).factored().factors.filter { factor in
        dependent.contains { factor.polynomial.degree(in: $0) > 0 }
      }
      guard factors.count > 1 || factors.contains(where: { $0.multiplicity > 1 }) else { continue }
      let primes = try factors.flatMap { factor -> [PrimeComponent<Engine>] in
        let part = try IndependentExtension(
          ideal.adding([ring.value(factor.polynomial)], control: control), independent: independent,
          control: control)
        return part.dimension == 0 ? [] : try part.primes(control: control)
      }
      return try PrimeComponent.irredundant(primes, control: control).map {
        try PrimeComponent(
          $0.ideal, criterion: .irreducibleOverIndependentVariables, control: control)
      }
    }
    return nil
  }

  private static var greatestFactoredCount: Int { 2000 }

  /// Splits along the factors of the minimal polynomial over Q(u) of a linear form in the dependent variables.
  private func primes(form: [Int], control: Control) throws -> [PrimeComponent<Engine>] {
    var result: [PrimeComponent<Engine>] = []
    let ring = ideal.ring
    for (factor, degree) in try minimalPolynomialFactors(of: form, control: control) {
      let part = try ideal.adding([factor], control: control)
      let extended = try IndependentExtension(
        part, independent: independent, control: control)
      if extended.dimension == degree {
        result.append(
          try PrimeComponent(
            extended.contraction(control: control), criterion: .irreducibleOverIndependentVariables,
            control: control))
        continue
      }
      // The form does not separate, or there are nilpotent elements: the squarefree parts of the minimal
      // polynomials of all variables remove those.
      var stronger = part
      for place in 0..<dependentCount {
        let unit = (0..<dependentCount).map { $0 == place ? 1 : 0 }
        var product = try ring.polynomial(ring.one)
        for (factor, _) in try extended.minimalPolynomialFactors(of: unit, control: control) {
          product = try product.multiplied(by: ring.polynomial(factor))
        }
        stronger = try stronger.adding([ring.value(product)], control: control)
      }
      let reduced = try IndependentExtension(
        stronger, independent: independent, control: control)
      if reduced.dimension == degree {
        result.append(
          try PrimeComponent(
            reduced.contraction(control: control), criterion: .irreducibleOverIndependentVariables,
            control: control))
      } else {
        // Now radical: another form separates the points.
        result += try reduced.primes(form: next(after: form), control: control)
      }
    }
    return result
  }

  /// Forms on the moment curve, one after the other.
  private func next(after form: [Int]) -> [Int] {
    let base =
      dependentCount > 1 && form[dependentCount - 1] == 1 ? max(form[dependentCount - 2].magnitude, 1) + 1 : 1
    var power = 1
    return (0..<dependentCount).map { _ -> Int in
      defer { power = power * Int(base) % 1_000_000_007 }
      return power
    }.reversed()
  }

  /// The irreducible factors, in the ideal's ring and with the form in the place of the unknown, of the
  /// minimal polynomial of the form over Q(u), with their degrees in the unknown.
  func minimalPolynomialFactors(
    of form: [Int], control: Control
  ) throws -> [(factor: SparsePolynomial<WideInteger>, degree: Int)] {
    let n = sequence.count
    let d = dependentCount
    // Sequence: dependent variables, T, u.
    let places = (0..<n).map { $0 < d ? $0 : $0 + 1 }
    var relation = SparsePolynomial<WideInteger>(variableCount: n + 1)
    for place in 0...d {
      let coefficient = place < d ? -form[place] : 1
      guard coefficient != 0 else { continue }
      relation.append(exponents: (0...n).map { $0 == place ? 1 : 0 }, coefficient: WideInteger(coefficient))
    }
    let basis = try eliminated(relation, renaming: places, control: control)
    let names = ["T"] + sequence[d...].map { "u\($0)" }
    let target = try PolynomialNotation<Engine>(variables: names)
    // Over Q(u) the elements without x generate a principal ideal.
    var generator = target.ring.zero
    for element in basis.elements(withoutFirst: d) {
      generator = try generator.greatestCommonDivisor(
        with: target.polynomial(element.selecting(Array(d...n))))
    }
    let ring = ideal.ring
    var image = ring.ring.zero
    for place in 0..<d where form[place] != 0 {
      image = try image.adding(ring.ring.variable(sequence[place]).scaled(by: Engine.Rational(form[place])))
    }
    let images = [image] + sequence[d...].map { ring.ring.variable($0) }
    return try generator.factored().factors.compactMap { factor in
      let degree = factor.polynomial.degree(in: 0)
      guard degree > 0 else { return nil }
      return (try ring.value(factor.polynomial.substituted(images, into: ring.ring)), degree)
    }
  }
}

extension IndependentExtension {
  /// The basis, with the dependent variables eliminated, of what generates the ideal over Q(u) and of a relation for
  /// a new variable.
  ///
  /// The elements over Q(u) are few, but may have further zeros where leading coefficients vanish; the ideal itself
  /// has none of these. Both are tried with growing bounds on the work, which is counted.
  private func eliminated(
    _ relation: Sparse, renaming renamed: [Int], control: Control
  ) throws -> GroebnerBasis {
    let count = sequence.count + 1
    let few = elements.map { $0.renamed(renamed, count: count) }
    let all = ideal.basis.polynomials.map { $0.renamed(places, count: sequence.count) }
      .map { $0.renamed(renamed, count: count) }
    func basis(_ polynomials: [Sparse], _ control: Control) throws -> GroebnerBasis {
      try GroebnerBasis(
        of: polynomials + [relation], variableCount: count, order: .elimination(count: dependentCount),
        control: control)
    }
    for bound in [60, 150, 400, 1000] {
      for polynomials in [few, all] {
        let work = WorkBound(bound: bound, control: control)
        if let found = try work.unlessExceeded({ try basis(polynomials, $0) }) { return found }
      }
    }
    return try basis(all, control)
  }
}

extension IntegerPolynomial {
  /// Whether it is irreducible over Q.
  var isIrreducible: Bool {
    get throws {
      guard degree > 0 else { return false }
      let factors = try factored().factors
      return factors.count == 1 && factors[0].multiplicity == 1
    }
  }
}
