import Algebra
import Testing

extension AlgebraConformance {
  static var ringOrders: [MonomialOrder] {
    [.lexicographic, .degreeLexicographic, .degreeReverseLexicographic]
  }

  static func ring(_ variables: Int, _ order: MonomialOrder = .degreeReverseLexicographic) throws -> Ring {
    try Ring(variables: ["x", "y", "z", "u", "v"].prefix(variables).map(\.self), order: order)
  }

  /// Ring laws, values, derivatives, powers, equality and text.
  public static func checkPolynomials() throws {
    var random = RandomValues<Engine>(seed: 81)
    for round in 0..<60 {
      let ring = try ring(random.int(1...4), ringOrders[round % 3])
      let a = try random.polynomial(in: ring, terms: 6, degree: 4)
      let b = try random.polynomial(in: ring, terms: 5, degree: 3)
      let c = try random.polynomial(in: ring, terms: 4, degree: 3)
      #expect(try a.adding(b) == b.adding(a))
      #expect(try a.adding(b).adding(c) == a.adding(b.adding(c)))
      #expect(try a.multiplied(by: b) == b.multiplied(by: a))
      #expect(try a.multiplied(by: b).multiplied(by: c) == a.multiplied(by: b.multiplied(by: c)))
      #expect(try a.multiplied(by: b.adding(c)) == a.multiplied(by: b).adding(a.multiplied(by: c)))
      #expect(try a.subtracting(b) == a.adding(b.negated))
      #expect(try a.subtracting(a) == ring.zero)
      #expect(try a.multiplied(by: ring.constant(1)) == a && a.adding(ring.zero) == a)
      #expect(try a.adding(b).subtracting(b).hashValue == a.hashValue)
      #expect(try ring.polynomial(terms: a.terms.reversed()) == a)
      #expect(try a.power(3) == a.multiplied(by: a).multiplied(by: a))
      #expect(try a.power(0) == ring.constant(1))
      let factor = try random.smallRational()
      #expect(try a.scaled(by: factor) == a.multiplied(by: ring.constant(factor)))

      let point = try ring.variables.map { _ in try random.smallRational() }
      let (atA, atB) = (try a.evaluated(at: point), try b.evaluated(at: point))
      #expect(atA == value(of: a, at: point))
      #expect(try a.adding(b).evaluated(at: point) == atA + atB)
      #expect(try a.multiplied(by: b).evaluated(at: point) == atA * atB)

      let variable = random.int(0...ring.variables.count - 1)
      let derivative = try a.multiplied(by: b).derivative(in: variable)
      let (left, right) = (a.derivative(in: variable), b.derivative(in: variable))
      #expect(try derivative == left.multiplied(by: b).adding(a.multiplied(by: right)))
      if !a.isZero, !b.isZero {
        let product = try a.multiplied(by: b)
        #expect(product.degree(in: variable) == a.degree(in: variable) + b.degree(in: variable))
        #expect(product.totalDegree == a.totalDegree + b.totalDegree)
      }
      try checkPrimitivePart(a)
    }
  }

  private static func value(of polynomial: Polynomial, at point: [Rational]) -> Rational {
    polynomial.terms.reduce(Rational(0)) { sum, term in
      zip(point, term.exponents).reduce(term.coefficient) { product, factor in
        (0..<factor.1).reduce(product) { power, _ in power * factor.0 }
      } + sum
    }
  }

  private static func checkPrimitivePart(_ polynomial: Polynomial) throws {
    let part = polynomial.primitivePart
    guard let lead = polynomial.leadingTerm, let primitiveLead = part.leadingTerm else {
      #expect(polynomial.isZero && part.isZero)
      return
    }
    #expect(part == (try polynomial.scaled(by: primitiveLead.coefficient.divided(by: lead.coefficient))))
    #expect(primitiveLead.coefficient > 0 && part.terms.allSatisfy { $0.coefficient.isInteger })
    let content = part.terms.reduce(Integer(0)) { $0.greatestCommonDivisor(with: $1.coefficient.numerator) }
    #expect(content == 1)
  }

  /// Terms come in the order of `MonomialOrder.compare`, the greatest first, each monomial once.
  public static func checkMonomialOrders() throws {
    var random = RandomValues<Engine>(seed: 82)
    for order in ringOrders {
      for variables in 1...5 {
        let ring = try ring(variables, order)
        for limit in [2, 5, 1 << 40] {
          let terms = (0..<12).map { _ in
            PolynomialTerm(
              exponents: (0..<variables).map { _ in random.int(0...limit) },
              coefficient: Rational(random.int(1...9)))
          }
          let polynomial = try ring.polynomial(terms: terms)
          let sums = Dictionary(terms.map { ($0.exponents, $0.coefficient) }, uniquingKeysWith: +)
          let sorted = sums.sorted { order.compare($0.key, $1.key) > 0 }
          #expect(polynomial.terms == sorted.map { PolynomialTerm(exponents: $0.key, coefficient: $0.value) })
          #expect(polynomial.leadingTerm == polynomial.terms.first)
          #expect(polynomial.termCount == sorted.count)
        }
      }
    }
  }

  /// Rings, zero, constants, and everything that is refused.
  public static func checkPolynomialEdges() throws {
    let ring = try ring(2)
    let (x, y) = (ring.variable(0), ring.variable(1))
    #expect(ring.variables == ["x", "y"] && ring.order == .degreeReverseLexicographic)
    let zero = ring.zero
    #expect(zero.isZero && zero.totalDegree == -1 && zero.degree(in: 0) == -1 && zero.leadingTerm == nil)
    #expect(zero.terms.isEmpty && zero.description == "0" && zero.primitivePart == zero)
    #expect(ring.constant(0) == zero && ring.constant(5).totalDegree == 0)
    #expect(try zero.power(3) == zero)
    #expect(try ring.polynomial(terms: []) == zero)
    let half = try Rational(2).inverse()
    let sample = try x.power(2).adding(y.scaled(by: -half)).subtracting(ring.constant(3))
    #expect(sample.description == "x^2 - 1/2*y - 3")
    #expect(try x.multiplied(by: y).negated.description == "-x*y")
    let cancelling = [1, -1].map { PolynomialTerm(exponents: [1, 1], coefficient: Rational($0)) }
    #expect(try ring.polynomial(terms: cancelling) == zero)

    let same = try Self.ring(2)
    #expect(same.variable(0) == x && same.variable(0).hashValue == x.hashValue)
    #expect(try same.variable(0).adding(x) == x.scaled(by: 2))
    for other in [
      try Self.ring(3), try Self.ring(2, .lexicographic), try Ring(variables: ["x", "t"], order: ring.order),
    ] {
      let stranger = other.variable(0)
      #expect(stranger != x)
      #expect(throws: AlgebraError.ringMismatch) { try x.adding(stranger) }
      #expect(throws: AlgebraError.ringMismatch) { try x.subtracting(stranger) }
      #expect(throws: AlgebraError.ringMismatch) { try x.multiplied(by: stranger) }
      #expect(throws: AlgebraError.ringMismatch) { try x.dividedExactly(by: stranger) }
      #expect(throws: AlgebraError.ringMismatch) { try x.greatestCommonDivisor(with: stranger) }
      #expect(throws: AlgebraError.ringMismatch) { try x.quotientsAndRemainder(dividingBy: [stranger]) }
      #expect(throws: AlgebraError.ringMismatch) { try x.substituted([stranger, stranger], into: ring) }
    }
    #expect(isOutOfRange { try Ring(variables: [], order: .lexicographic) })
    #expect(isOutOfRange { try Ring(variables: ["x", "x"], order: .lexicographic) })
    #expect(isOutOfRange { try Ring(variables: ["x", "y"], order: .weighted([1, 2])) })
    #expect(isOutOfRange { try Ring(variables: ["x", "y"], order: .elimination(count: 1)) })
    #expect(isShapeMismatch { try ring.polynomial(terms: [.init(exponents: [1], coefficient: 1)]) })
    #expect(isOutOfRange { try ring.polynomial(terms: [.init(exponents: [-1, 0], coefficient: 1)]) })
    #expect(isOutOfRange { try ring.polynomial(terms: [.init(exponents: [1 << 41, 0], coefficient: 1)]) })
    #expect(isOutOfRange { try x.power(-1) })
    #expect(isShapeMismatch { try x.evaluated(at: [1]) })
    #expect(isShapeMismatch { try x.substituted([x], into: ring) })
  }

  /// Results that could not be stored are refused, however short their operands are.
  public static func checkPolynomialLimits() throws {
    let ring = try ring(2)
    let (x, y) = (ring.variable(0), ring.variable(1))
    let great = try x.power(1 << 40)
    #expect(great.degree(in: 0) == 1 << 40 && great.termCount == 1)
    #expect(try great.multiplied(by: y).totalDegree == 1 << 40 + 1)
    #expect(isTooLarge { try great.multiplied(by: x) })
    #expect(isTooLarge { try great.power(2) })
    #expect(isTooLarge { try x.power(.max) })
    #expect(isTooLarge { try x.adding(y).power(1 << 40) })
    #expect(isTooLarge { try x.adding(y).adding(ring.constant(1)).power(1 << 20) })
    #expect(isTooLarge { try ring.constant(2).power(.max) })
    #expect(try ring.constant(-1).power(.max) == ring.constant(-1))
    #expect(isTooLarge { try great.evaluated(at: [2, 0]) })
    #expect(try great.evaluated(at: [-1, 7]) == 1 && great.evaluated(at: [0, 7]) == 0)
    #expect(isTooLarge { try great.substituted([x.power(2), y], into: ring) })
    #expect(isTooLarge { try great.substituted([x.adding(y), y], into: ring) })
    #expect(isTooLarge { try great.substituted([ring.constant(2), y], into: ring) })
    #expect(try great.substituted([y, x], into: ring) == y.power(1 << 40))
    #expect(try great.derivative(in: 0) == x.power(1 << 40 - 1).scaled(by: Rational(1 << 40)))
  }

  /// Substitution commutes with evaluation.
  public static func checkSubstitution() throws {
    var random = RandomValues<Engine>(seed: 83)
    for round in 0..<40 {
      let (source, target) = (try ring(random.int(1...3), ringOrders[round % 3]), try ring(random.int(1...3)))
      let polynomial = try random.polynomial(in: source, terms: 5, degree: 3)
      let images = try source.variables.map { _ in try random.polynomial(in: target, terms: 3, degree: 2) }
      let point = try target.variables.map { _ in try random.smallRational() }
      let composed = try polynomial.substituted(images, into: target)
      let values = try images.map { try $0.evaluated(at: point) }
      #expect(composed.ring.variables == target.variables)
      #expect(try composed.evaluated(at: point) == polynomial.evaluated(at: values))
    }
  }
}
