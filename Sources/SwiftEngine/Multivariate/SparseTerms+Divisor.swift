import Algebra

extension SparseTerms {
  /// The primitive greatest common divisor over the integers of two primitive polynomials, with positive leading
  /// coefficient; zero iff both are zero.
  ///
  /// Common powers of variables come first, then variables that only one of them has; the rest is modular.
  ///
  /// - Throws: `AlgebraError.tooLarge` where the degrees are too great.
  static func greatestCommonDivisor(_ left: SparseTerms, _ right: SparseTerms) throws -> SparseTerms {
    if left.isZero { return right.primitivePart }
    if right.isZero { return left.primitivePart }
    let variables = 0..<left.layout.variables
    let (leftShift, rightShift) = (left.leastExponents, right.leastExponents)
    let common = variables.map { min(leftShift[$0], rightShift[$0]) }
    let (first, second) = (left.shifted(by: leftShift), right.shifted(by: rightShift))
    let strides = zip(first.exponentStrides, second.exponentStrides).map {
      max(Int(Words.greatestCommonDivisor(UInt($0), UInt($1))), 1)
    }
    let divisor = try coreDivisor(first.deflated(by: strides), second.deflated(by: strides))
    // Inflation may bring another term to the front.
    return divisor.mapExponents { zip($0, zip(strides, common)).map { $0 * $1.0 + $1.1 } }.primitivePart
  }

  /// For polynomials without powers of variables as factors.
  private static func coreDivisor(_ left: SparseTerms, _ right: SparseTerms) throws -> SparseTerms {
    let one = constant(1, variables: left.layout.variables, order: left.layout.order)
    let (leftDegrees, rightDegrees) = (left.degrees, right.degrees)
    let used = left.variableRange.filter { leftDegrees[$0] > 0 || rightDegrees[$0] > 0 }
    let shared = used.filter { leftDegrees[$0] > 0 && rightDegrees[$0] > 0 }
    guard !shared.isEmpty else { return one }
    if used.count > shared.count {
      // A divisor has no other variables than the shared ones: it divides the coefficients with respect to these.
      let others = used.filter { !shared.contains($0) }
      let parts = left.coefficients(inVariables: others) + right.coefficients(inVariables: others)
      return try greatestCommonDivisor(of: parts)
    }
    if shared.count == 1 {
      let divisor = try left.univariate(in: shared[0])
        .greatestCommonDivisor(with: right.univariate(in: shared[0]))
      return SparseTerms(divisor, in: shared[0], like: left)
    }
    let bounds = DegreeBounds(left, right, variables: shared)
    if bounds.degrees.allSatisfy({ $0 == 0 }) { return one }
    // A polynomial that may be a divisor as a whole is tried first.
    for (small, large, degrees) in [(left, right, leftDegrees), (right, left, rightDegrees)]
    where zip(shared, bounds.degrees).allSatisfy({ degrees[$0.0] <= $0.1 }) {
      if try large.quotient(by: small) != nil { return small.primitivePart }
    }
    return try ModularDivisor(left, right, variables: shared).divisor()
  }

  /// The greatest common divisor of a list that is not empty.
  static func greatestCommonDivisor(of parts: [SparseTerms]) throws -> SparseTerms {
    // Short ones first: they are the quickest to give a small divisor.
    let sorted = parts.sorted { $0.count < $1.count }
    var divisor = sorted[0].primitivePart
    for part in sorted.dropFirst() {
      if divisor.isConstant { break }
      divisor = try greatestCommonDivisor(divisor, part.primitivePart)
    }
    return divisor
  }

  var variableRange: Range<Int> { 0..<layout.variables }

  /// The degree in each variable; for a polynomial that is not zero.
  var degrees: [Int] { variableRange.map { degree(in: $0) } }

  private var leastExponents: [Int] {
    variableRange.map { variable in
      (0..<count).reduce(Int.max) { min($0, exponent(of: variable, inTerm: $1)) }
    }
  }

  /// The greatest common divisor of the exponents of each variable.
  private var exponentStrides: [Int] {
    variableRange.map { variable in
      (0..<count).reduce(0) {
        Int(Words.greatestCommonDivisor(UInt($0), UInt(exponent(of: variable, inTerm: $1))))
      }
    }
  }

  private func shifted(by exponents: [Int]) -> SparseTerms {
    exponents.allSatisfy { $0 == 0 } ? self : mapExponents { zip($0, exponents).map { $0 - $1 } }
  }

  private func deflated(by strides: [Int]) -> SparseTerms {
    strides.allSatisfy { $0 == 1 } ? self : mapExponents { zip($0, strides).map { $0 / $1 } }
  }

  /// Divides out powers of variables; returns the exponents of these.
  func withoutMonomialFactor() -> (terms: SparseTerms, exponents: [Int]) {
    let shift = leastExponents
    return (shifted(by: shift), shift)
  }

  func mapExponents(_ transform: ([Int]) -> [Int]) -> SparseTerms {
    SparseTerms(
      exponents: (0..<count).map { transform(exponents(ofTerm: $0)) }, coefficients: coefficients,
      variables: layout.variables, order: layout.order)
  }

  /// The coefficients of the polynomial as one in the given variables, which they do not contain.
  func coefficients(inVariables variables: [Int]) -> [SparseTerms] {
    var groups: [[Int]: (exponents: [[Int]], coefficients: [Integer])] = [:]
    for index in 0..<count {
      var exponents = exponents(ofTerm: index)
      let key = variables.map { exponents[$0] }
      for variable in variables { exponents[variable] = 0 }
      groups[key, default: ([], [])].exponents.append(exponents)
      groups[key, default: ([], [])].coefficients.append(coefficients[index])
    }
    return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { _, group in
      SparseTerms(
        exponents: group.exponents, coefficients: group.coefficients, variables: layout.variables,
        order: layout.order)
    }
  }

  /// The polynomial in its only variable.
  ///
  /// - Throws: `AlgebraError.tooLarge` for a degree above 2²².
  func univariate(in variable: Int) throws -> SwiftEngine.UnivariatePolynomial {
    let degree = degree(in: variable)
    try Self.checkDense(degree)
    var list = [Integer](repeating: 0, count: degree + 1)
    for index in 0..<count { list[exponent(of: variable, inTerm: index)] = coefficients[index] }
    return SwiftEngine.UnivariatePolynomial(coefficients: list)
  }

  /// - Throws: `AlgebraError.tooLarge` for a degree that must not become the length of a list.
  static func checkDense(_ degree: Int) throws {
    guard degree <= 1 << 22 else { throw AlgebraError.tooLarge("the degree \(degree) of a dense polynomial") }
  }

  init(_ polynomial: SwiftEngine.UnivariatePolynomial, in variable: Int, like other: SparseTerms) {
    let used = polynomial.coefficients.indices.filter { !polynomial.coefficients[$0].isZero }
    self.init(
      exponents: used.map { degree in other.variableRange.map { $0 == variable ? degree : 0 } },
      coefficients: used.map { polynomial.coefficients[$0] }, variables: other.layout.variables,
      order: other.layout.order)
  }
}

/// Upper bounds for the degrees of a greatest common divisor, nearly always sharp: the degrees of those of univariate
/// images modulo a prime at a random point.
private struct DegreeBounds {
  let degrees: [Int]

  init(_ left: SparseTerms, _ right: SparseTerms, variables: [Int]) {
    let ring = ResiduePolynomials(prime: Primes.large(0))
    var generator = SeededGenerator(seed: 7)
    let point = left.variableRange.map { _ in UInt.random(in: 1..<ring.field.prime, using: &generator) }
    degrees = variables.map { variable in
      let bound = min(left.degree(in: variable), right.degree(in: variable))
      guard bound <= 1 << 16 else { return bound }
      let images = [left, right].map { $0.image(in: variable, at: point, ring) }
      // The image's divisor has at least the degree of the divisor's image if no degree drops.
      guard images[0].count - 1 == left.degree(in: variable),
        images[1].count - 1 == right.degree(in: variable)
      else { return bound }
      return ring.greatestCommonDivisor(images[0], images[1]).count - 1
    }
  }
}

extension SparseTerms {
  /// The polynomial modulo a prime in one variable, the others replaced by the point's coordinates.
  func image(in variable: Int, at point: [UInt], _ ring: ResiduePolynomials) -> [UInt] {
    let field = ring.field
    var result = [UInt](repeating: 0, count: max(degree(in: variable), 0) + 1)
    for index in 0..<count {
      var value = field.element(coefficients[index])
      for other in variableRange where other != variable {
        let exponent = exponent(of: other, inTerm: index)
        if exponent > 0 { value = field.multiply(value, field.power(point[other], UInt(exponent))) }
      }
      let exponent = exponent(of: variable, inTerm: index)
      result[exponent] = field.add(result[exponent], value)
    }
    return ring.trimmed(result)
  }
}
