import Algebra

/// Whether a polynomial belongs to an ideal over Q.
public enum Membership<Rational: ExactRational>: Sendable {
  /// It is the sum of the generators times these cofactors, one for each generator. Proved: the identity was
  /// checked in exact arithmetic.
  case member(cofactors: [SparsePolynomial<Rational>])
  /// It has this remainder modulo a Gröbner basis, which is probable.
  case notMember(remainder: SparsePolynomial<Rational>)
}

/// Decides membership in an ideal over Q and finds cofactors.
///
/// The generators carry tags: every element of the basis of `f_i + e_i`, where the products of tags are not
/// formed, shows in its tags how it arises from the generators.
public struct MembershipTest<Engine: AlgebraEngine>: Sendable {
  private let generators: [SparsePolynomial<WideInteger>]
  private let variableCount: Int
  private let order: MonomialOrder
  /// Elements in all variables and one tag for each generator.
  private let tagged: [SparsePolynomial<WideInteger>]

  /// Computes the basis with tags. Cost: that of a basis whose elements carry their cofactors.
  ///
  /// - Throws: what `GroebnerBasis.init` throws.
  public init(
    generators: [SparsePolynomial<WideInteger>], variableCount: Int,
    order: MonomialOrder = .degreeReverseLexicographic, engine: Engine.Type, control: Control = Control()
  ) throws {
    try GroebnerBasis.validate(generators, variableCount, 0, order)
    self.generators = generators
    self.variableCount = variableCount
    self.order = order
    let count = generators.count
    let inputs = generators.enumerated().compactMap { number, generator -> SparsePolynomial<WideInteger>? in
      guard !generator.isEmpty else { return nil }
      return generator.tagged(number, of: count)
    }
    tagged = try StateMonitor.run(control) { monitor in
      try GroebnerBasis.withSufficientWidth(
        order: order, variableCount: variableCount + count, tags: count
      ) { layout in
        try GroebnerBasis.rational(inputs, layout: layout, control, monitor).polynomials
      }
    }
  }

  /// - Throws: `AlgebraError.shapeMismatch`, `.tooLarge`; `Interruption`.
  public func decide(
    _ polynomial: SparsePolynomial<Engine.Rational>, control: Control = Control()
  ) throws -> Membership<Engine.Rational> {
    guard polynomial.variableCount == variableCount else {
      throw AlgebraError.shapeMismatch(
        expected: "\(variableCount) variables", found: "\(polynomial.variableCount)")
    }
    return try GroebnerBasis.withSufficientWidth(order: order, variableCount: variableCount) { layout in
      try decide(polynomial, layout, control)
    }
  }

  private func decide(
    _ polynomial: SparsePolynomial<Engine.Rational>, _ layout: MonomialLayout, _ control: Control
  ) throws -> Membership<Engine.Rational> {
    typealias Packed = ExactDivision<Engine>.Divisor
    let one = [UInt64](repeating: 0, count: layout.words)
    let parts = tagged.map { $0.splitTags(variableCount: variableCount) }
    let divisors = try parts.map { try Packed($0.untagged, layout: layout) }
    let division = ExactDivision<Engine>(divisors: divisors, layout: layout, control: control)
    let packed = try Packed(rational: polynomial, layout: layout)
    try division.add(packed, multiplier: one, coefficient: 1)
    var quotient: [ExactDivision<Engine>.QuotientTerm] = []
    let remainder = try division.divide { quotient.append($0) }
    guard remainder.coefficients.isEmpty else {
      return .notMember(remainder: remainder.unpacked(layout: layout))
    }
    // Polynomial = sum of quotient · element, element = sum of cofactor · generator.
    let sum = ExactDivision<Engine>(divisors: [], layout: layout, control: control)
    let cofactors = try generators.indices.map { generator -> Packed in
      let elementCofactors = try parts.map { try Packed($0.cofactors[generator], layout: layout) }
      for term in quotient {
        try sum.add(elementCofactors[term.divisor], multiplier: term.monomial, coefficient: term.coefficient)
      }
      return try sum.divide()
    }
    try verify(packed, cofactors, layout, sum)
    return .member(cofactors: cofactors.map { $0.unpacked(layout: layout) })
  }

  /// Checks `polynomial = sum of cofactors · generators` exactly.
  private func verify(
    _ polynomial: ExactDivision<Engine>.Divisor, _ cofactors: [ExactDivision<Engine>.Divisor],
    _ layout: MonomialLayout, _ sum: ExactDivision<Engine>
  ) throws {
    let words = layout.words
    try sum.add(polynomial, multiplier: [UInt64](repeating: 0, count: words), coefficient: -1)
    for (cofactor, generator) in zip(cofactors, generators) {
      let packed = try ExactDivision<Engine>.Divisor(generator, layout: layout)
      for (term, coefficient) in cofactor.coefficients.enumerated() {
        try sum.add(
          packed, multiplier: Array(cofactor.monomials[term * words..<(term + 1) * words]),
          coefficient: coefficient)
      }
    }
    guard try sum.divide().coefficients.isEmpty else { throw GroebnerBasis.ProofFailed(step: "cofactors") }
  }
}

extension SparsePolynomial where Coefficient == WideInteger {
  /// The polynomial plus the tag with this number.
  fileprivate func tagged(_ number: Int, of count: Int) -> SparsePolynomial {
    var result = SparsePolynomial(variableCount: variableCount + count)
    let none = [UInt32](repeating: 0, count: count)
    for term in 0..<termCount {
      result.append(exponents: exponents(ofTerm: term) + none, coefficient: coefficients[term])
    }
    var tag = [UInt32](repeating: 0, count: variableCount + count)
    tag[variableCount + number] = 1
    result.append(exponents: tag, coefficient: WideInteger(1))
    return result
  }

  /// The part without tags, and the factor of each tag.
  fileprivate func splitTags(
    variableCount n: Int
  ) -> (untagged: SparsePolynomial, cofactors: [SparsePolynomial]) {
    var untagged = SparsePolynomial(variableCount: n)
    var cofactors = [SparsePolynomial](
      repeating: SparsePolynomial(variableCount: n), count: variableCount - n)
    for term in 0..<termCount {
      let vector = exponents(ofTerm: term)
      if let tag = vector.dropFirst(n).firstIndex(of: 1) {
        cofactors[tag - vector.startIndex - n].append(
          exponents: vector.prefix(n), coefficient: coefficients[term])
      } else {
        untagged.append(exponents: vector.prefix(n), coefficient: coefficients[term])
      }
    }
    return (untagged, cofactors)
  }
}
