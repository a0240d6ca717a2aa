import Algebra
import Ideals

/// The polynomial in some variables that vanishes on the projection of a variety, with its factors as often as points
/// of the variety lie over them.
struct Elimination<Engine: AlgebraEngine> {
  typealias Polynomial = Engine.Polynomial

  let notation: PolynomialNotation<Engine>
  /// The first variables.
  let eliminated: Int
  /// The ring of the other variables, in their sequence.
  let parameters: PolynomialNotation<Engine>
  let control: Control

  /// One if the projection is empty.
  ///
  /// - Throws: `AlgebraError.tooLarge` where the projection is no hypersurface.
  func polynomial(of equations: [Polynomial]) throws -> Polynomial {
    let ideal = try ideal(equations, notation)
    if ideal.isUnit { return parameters.ring.constant(1) }
    let isLine = parameters.variables.count == 1
    let found = try isLine && ideal.isFinite ? minimalPolynomial(ideal) : generator(ideal)
    if found.isZero { return found }
    let factors = try found.factored().factors.map(\.polynomial)
    let multiplicities = try isLine ? multiplicities(factors, ideal, notation) : onLine(factors, equations)
    // Families lie over special values: nothing is known about multiplicities then.
    guard let multiplicities else { return found }
    return try zip(factors, multiplicities).reduce(parameters.ring.constant(1)) {
      try $0.multiplied(by: $1.0.power($1.1))
    }
  }

  private func ideal(_ equations: [Polynomial], _ notation: PolynomialNotation<Engine>) throws -> Ideal<
    Engine
  > {
    try Ideal(
      generators: equations.filter { !$0.isZero }.map { try notation.value($0) },
      variables: notation.variables, control: control)
  }

  /// Of the only parameter.
  private func minimalPolynomial(_ ideal: Ideal<Engine>) throws -> Polynomial {
    var element = SparsePolynomial<WideInteger>(variableCount: ideal.variableCount)
    element.append(
      exponents: (0..<ideal.variableCount).map { $0 == eliminated ? 1 : 0 }, coefficient: WideInteger(1))
    let minimal = Engine.UnivariatePolynomial(
      try ideal.basis.minimalPolynomial(of: element, engine: Engine.self, control: control))
    return try parameters.ring.polynomial(
      terms: minimal.coefficients.enumerated().map {
        PolynomialTerm(exponents: [$0], coefficient: Engine.Rational($1))
      })
  }

  /// Of the elimination ideal.
  private func generator(_ ideal: Ideal<Engine>) throws -> Polynomial {
    let found = try ideal.eliminating(Array(0..<eliminated), control: control)
    let images =
      (0..<eliminated).map { _ in parameters.ring.zero }
      + parameters.variables.indices.map(parameters.ring.variable)
    let elements = try found.basis.polynomials.map {
      try notation.polynomial($0).substituted(images, into: parameters.ring)
    }
    if elements.isEmpty { return parameters.ring.zero }
    guard elements.count == 1 else {
      throw AlgebraError.tooLarge("the discriminant is no hypersurface in the unknown entries")
    }
    return elements[0]
  }

  /// Over a line of parameters in general position.
  private func onLine(_ factors: [Polynomial], _ equations: [Polynomial]) throws -> [Int]? {
    let line = try PolynomialNotation<Engine>(variables: notation.variables[..<eliminated] + ["line"])
    var generator = SeededGenerator(seed: 0x11E, task: 0)
    let images = try parameters.variables.indices.map { _ in
      let (start, slope) = (Int(generator.next() % 19) - 9, Int(generator.next() % 9) + 1)
      return try line.ring.variable(eliminated).scaled(by: Engine.Rational(slope))
        .adding(line.ring.constant(Engine.Rational(start)))
    }
    let all = (0..<eliminated).map(line.ring.variable) + images
    let restricted = try equations.map { try $0.substituted(all, into: line.ring) }
    let onParameters = try PolynomialNotation<Engine>(variables: ["line"]).ring
    let short = try images.map {
      try $0.substituted(
        (0..<eliminated).map { _ in onParameters.zero } + [onParameters.variable(0)], into: onParameters)
    }
    return try multiplicities(
      factors.map { try $0.substituted(short, into: onParameters) }, ideal(restricted, line), line)
  }

  /// How many points lie over the zeros of each factor in the last variable, by its degree.
  private func multiplicities(
    _ factors: [Polynomial], _ ideal: Ideal<Engine>, _ notation: PolynomialNotation<Engine>
  ) throws -> [Int]? {
    guard ideal.isFinite else { return nil }
    let points = try ideal.dimensionAndDegree(control: control).degree
    if factors.reduce(0, { $0 + $1.totalDegree }) == points { return factors.map { _ in 1 } }
    let last = [notation.ring.variable(eliminated)]
    return try factors.map { factor in
      let factor = try factor.substituted(last, into: notation.ring)
      // Powers of the factor cut out more and more of the points over its zeros, at last all of them.
      var (count, power) = (0, factor)
      while true {
        let part = try Ideal<Engine>(
          generators: ideal.basis.polynomials + [notation.value(power)], variables: notation.variables,
          control: control)
        let found = try part.dimensionAndDegree(control: control).degree
        if found == count { return count / factor.totalDegree }
        count = found
        power = try power.multiplied(by: factor)
      }
    }
  }
}
