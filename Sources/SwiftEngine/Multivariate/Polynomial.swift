import Algebra

extension SwiftEngine {
  /// A multivariate rational polynomial: a rational content times a primitive integer polynomial with positive
  /// leading coefficient.
  public struct Polynomial: RationalPolynomial {
    public typealias Ring = SwiftEngine.PolynomialRing
    public typealias Integer = SwiftEngine.Integer
    public typealias Rational = SwiftEngine.Rational

    public let ring: Ring
    let primitive: SparseTerms
    /// Zero for zero.
    let content: Rational

    /// - Precondition: primitive terms whose leading coefficient is positive.
    init(_ ring: Ring, primitive: SparseTerms, content: Rational) {
      self.ring = ring
      self.primitive = primitive
      self.content = content
    }

    /// The integer polynomial over a denominator that is not zero, times a factor.
    init(_ ring: Ring, _ terms: SparseTerms, over denominator: Integer = 1, times factor: Rational = 1) {
      let content = terms.isZero ? 0 : terms.signedContent
      self.init(
        ring, primitive: terms.isZero ? terms : terms.divided(byConstant: content),
        content: Rational(reducing: content, denominator) * factor)
    }
  }
}

extension SwiftEngine.Polynomial {
  public var isZero: Bool { primitive.isZero }
  public var termCount: Int { primitive.count }
  public var totalDegree: Int { primitive.totalDegree }

  public func degree(in variable: Int) -> Int {
    precondition(ring.variables.indices.contains(variable), "the variable \(variable)")
    return primitive.degree(in: variable)
  }

  public var terms: [PolynomialTerm<SwiftEngine.Rational>] { (0..<termCount).map(term) }

  public var leadingTerm: PolynomialTerm<SwiftEngine.Rational>? { isZero ? nil : term(0) }

  private func term(_ index: Int) -> PolynomialTerm<SwiftEngine.Rational> {
    PolynomialTerm(
      exponents: primitive.exponents(ofTerm: index),
      coefficient: content * Rational(primitive.coefficients[index]))
  }

  /// Polynomials from different rings are different.
  public static func == (left: Self, right: Self) -> Bool {
    left.ring.isSame(as: right.ring) && left.content == right.content && left.primitive == right.primitive
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ring.variables)
    hasher.combine(ring.order)
    for term in terms { hasher.combine(term) }
  }

  public var description: String { PolynomialText.write(terms: terms, variables: ring.variables) }

  /// - Throws: `AlgebraError.ringMismatch`.
  func requireSameRing(_ other: Self) throws {
    guard ring.isSame(as: other.ring) else { throw AlgebraError.ringMismatch }
  }
}

extension PolynomialSize {
  init(_ polynomial: SwiftEngine.Polynomial) {
    let terms = polynomial.primitive
    let bits = IntegerVectors.maximumBits(terms.coefficients)
    self.init(
      degrees: polynomial.ring.variables.indices.map { Double(max(terms.degree(in: $0), 0)) },
      terms: logarithm(Double(max(terms.count, 1))),
      bits: polynomial.content.log2OfSize + (bits > 1 ? Double(bits) : 0))
  }
}
