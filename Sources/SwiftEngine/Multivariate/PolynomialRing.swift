import Algebra

extension SwiftEngine {
  /// A multivariate polynomial ring over Q.
  public final class PolynomialRing: RationalPolynomialRing {
    public typealias Element = SwiftEngine.Polynomial

    public let variables: [String]
    public let order: MonomialOrder

    public init(variables: [String], order: MonomialOrder) throws {
      try PolynomialChecks.checkVariables(variables)
      switch order {
      case .lexicographic, .degreeLexicographic, .degreeReverseLexicographic: break
      case .elimination, .weighted:
        throw AlgebraError.outOfRange("the engine's rings have no order \(order)")
      }
      self.variables = variables
      self.order = order
    }

    func isSame(as other: PolynomialRing) -> Bool {
      self === other || (order == other.order && variables == other.variables)
    }
  }
}

extension SwiftEngine.PolynomialRing {
  public var zero: SwiftEngine.Polynomial { constant(0) }

  public func constant(_ value: SwiftEngine.Rational) -> SwiftEngine.Polynomial {
    let terms = SparseTerms.constant(
      value.numerator.isZero ? 0 : 1, variables: variables.count, order: order)
    return SwiftEngine.Polynomial(self, primitive: terms, content: value)
  }

  public func variable(_ index: Int) -> SwiftEngine.Polynomial {
    precondition(variables.indices.contains(index), "the variable \(index) of \(variables.count)")
    let exponents = variables.indices.map { $0 == index ? 1 : 0 }
    let terms = SparseTerms(
      exponents: [exponents], coefficients: [1], variables: variables.count, order: order)
    return SwiftEngine.Polynomial(self, primitive: terms, content: 1)
  }

  /// Cost: a sort of the terms.
  public func polynomial(
    terms: [PolynomialTerm<SwiftEngine.Rational>]
  ) throws -> SwiftEngine.Polynomial {
    for term in terms {
      try PolynomialChecks.checkExponents(term.exponents, variableCount: variables.count)
    }
    let denominator = SwiftEngine.Integer.leastCommonMultiple(
      of: terms.lazy.map(\.coefficient.denominator))
    let sum = SparseTerms(
      exponents: terms.map(\.exponents),
      coefficients: terms.map { $0.coefficient.numerator(over: denominator) }, variables: variables.count,
      order: order)
    return SwiftEngine.Polynomial(self, sum, over: denominator)
  }
}
