import Algebra

extension SwiftEngine.Polynomial {
  public func adding(_ other: Self) throws -> Self {
    try requireSameRing(other)
    if isZero { return other }
    if other.isZero { return self }
    // content · p + other content · q over a common denominator.
    let denominator = Integer.leastCommonMultiple(of: [content.denominator, other.content.denominator])
    let sum = SparseTerms.combine(
      primitive, content.numerator(over: denominator), other.primitive,
      other.content.numerator(over: denominator))
    return Self(ring, sum, over: denominator)
  }

  public func subtracting(_ other: Self) throws -> Self { try adding(other.negated) }

  /// - Throws: also `AlgebraError.tooLarge` if there could be more than 2³⁶ terms.
  public func multiplied(by other: Self) throws -> Self {
    try requireSameRing(other)
    try PolynomialSize(self).checkProduct(with: PolynomialSize(other))
    // Products of primitive polynomials are primitive (Gauss).
    return Self(
      ring, primitive: SparseTerms.multiply(primitive, other.primitive), content: content * other.content)
  }

  public func scaled(by factor: SwiftEngine.Rational) -> Self {
    factor.numerator.isZero ? ring.zero : Self(ring, primitive: primitive, content: content * factor)
  }

  public var negated: Self { Self(ring, primitive: primitive, content: -content) }

  public func power(_ exponent: Int) throws -> Self {
    guard exponent >= 0 else { throw AlgebraError.outOfRange("the exponent \(exponent) of a polynomial") }
    guard exponent > 0 else { return ring.constant(1) }
    guard !isZero else { return self }
    try PolynomialSize(self).power(exponent).check()
    return try Self(ring, primitive: primitive.power(exponent), content: content.power(exponent))
  }

  public func derivative(in variable: Int) -> Self {
    precondition(ring.variables.indices.contains(variable), "the variable \(variable)")
    return Self(ring, primitive.derivative(in: variable), times: content)
  }

  public var primitivePart: Self { isZero ? self : Self(ring, primitive: primitive, content: 1) }

  /// - Throws: `AlgebraError.tooLarge` if a power of a coordinate, or the value, could have more than 2³³ bits.
  public func evaluated(at point: [SwiftEngine.Rational]) throws -> SwiftEngine.Rational {
    try PolynomialChecks.checkEvaluation(
      atSizes: point.map(\.log2OfSize), variableCount: ring.variables.count, degree: degree)
    var powers = point.map { PowerTable<Rational>($0, one: 1, multiply: { $0 * $1 }) }
    var sum: Rational = 0
    for index in 0..<termCount {
      var product = Rational(primitive.coefficients[index])
      for variable in point.indices {
        let exponent = primitive.exponent(of: variable, inTerm: index)
        if exponent > 0 { product = product * powers[variable].power(exponent) }
      }
      sum = sum + product
    }
    return sum * content
  }

  public func substituted(
    _ images: [Self], into ring: SwiftEngine.PolynomialRing
  ) throws -> Self {
    guard images.count == self.ring.variables.count else {
      throw AlgebraError.shapeMismatch(
        expected: "\(self.ring.variables.count) images", found: "\(images.count) images")
    }
    guard images.allSatisfy({ $0.ring.isSame(as: ring) }) else { throw AlgebraError.ringMismatch }
    let sizes = images.map { PolynomialSize($0) }
    for index in 0..<termCount {
      try PolynomialSize.checkProduct(
        of: sizes, exponents: primitive.exponents(ofTerm: index), variableCount: ring.variables.count)
    }
    func product(_ left: Self, _ right: Self) -> Self {
      Self(
        ring, primitive: SparseTerms.multiply(left.primitive, right.primitive),
        content: left.content * right.content)
    }
    var powers = images.map { PowerTable<Self>($0, one: ring.constant(1), multiply: product) }
    var sum = ring.zero
    for index in 0..<termCount {
      var term = ring.constant(content * Rational(primitive.coefficients[index]))
      for variable in images.indices {
        let exponent = primitive.exponent(of: variable, inTerm: index)
        if exponent > 0 { term = product(term, powers[variable].power(exponent)) }
      }
      sum = try sum.adding(term)
    }
    return sum
  }
}

/// Powers of one value: the first few are kept, greater ones are made by repeated squaring.
private struct PowerTable<Value> {
  private var powers: [Value]
  private let multiply: (Value, Value) -> Value

  private static var limit: Int { 64 }

  init(_ value: Value, one: Value, multiply: @escaping (Value, Value) -> Value) {
    powers = [one, value]
    self.multiply = multiply
  }

  mutating func power(_ exponent: Int) -> Value {
    if exponent < Self.limit {
      while powers.count <= exponent { powers.append(multiply(powers[powers.count - 1], powers[1])) }
      return powers[exponent]
    }
    let half = power(exponent / 2)
    let square = multiply(half, half)
    return exponent % 2 == 0 ? square : multiply(square, powers[1])
  }
}

extension SparseTerms {
  func derivative(in variable: Int) -> SparseTerms {
    var vectors: [[Int]] = []
    var list: [Integer] = []
    for index in 0..<count {
      var exponents = exponents(ofTerm: index)
      guard exponents[variable] > 0 else { continue }
      list.append(coefficients[index] * Integer(exponents[variable]))
      exponents[variable] -= 1
      vectors.append(exponents)
    }
    return SparseTerms(
      exponents: vectors, coefficients: list, variables: layout.variables, order: layout.order)
  }
}
