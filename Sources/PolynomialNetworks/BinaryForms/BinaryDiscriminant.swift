import Algebra

/// The discriminant of critical forms of rank one with two inputs.
///
/// With `ℓ = s x + t y`, `f = ⟨ℓ^m, ℓ^m⟩` and `q = ⟨T, ℓ^m⟩` the critical directions are the zeros of the binary form
/// `J = (q_s f_t − q_t f_s)/m²` without its factors in common with f; double zeros are degenerate critical forms. The
/// rank drops where q has a double zero.
struct BinaryDiscriminant<Engine: AlgebraEngine> {
  typealias Polynomial = Engine.Polynomial

  /// In the unknowns.
  let degenerate: Polynomial
  let rankDrop: Polynomial

  /// - Parameters:
  ///   - teacher: the coefficients, in a ring of unknowns.
  init(
    teacher: [Polynomial], gram: [[Polynomial]], degree m: Int, ring: Engine.PolynomialRing, control: Control
  ) throws {
    let count = ring.variables.count
    let extended = try Engine.PolynomialRing(
      variables: ring.variables.indices.map { "u\($0)" } + ["s", "t"], order: .degreeReverseLexicographic)
    let images = (0..<count).map(extended.variable)
    func lifted(_ polynomial: Polynomial) throws -> Polynomial {
      try polynomial.substituted(images, into: extended)
    }
    func monomial(_ s: Int, _ t: Int) throws -> Polynomial {
      try extended.variable(count).power(s).multiplied(by: extended.variable(count + 1).power(t))
    }
    let binomials = MonomialBasis(inputs: 2, degree: m).exponents.map {
      Engine.Rational(MonomialBasis(inputs: 2, degree: m).multinomial($0))
    }
    var (f, q) = (extended.zero, extended.zero)
    for k in 0...m {
      for l in 0...m {
        let entry = try lifted(gram[k][l])
        f = try f.adding(
          entry.scaled(by: binomials[k] * binomials[l]).multiplied(by: monomial(2 * m - k - l, k + l)))
        q = try q.adding(
          entry.multiplied(by: lifted(teacher[l])).scaled(by: binomials[k]).multiplied(by: monomial(m - k, k))
        )
      }
    }
    let (s, t) = (count, count + 1)
    var form = try q.derivative(in: s).multiplied(by: f.derivative(in: t))
      .subtracting(q.derivative(in: t).multiplied(by: f.derivative(in: s)))
      .scaled(by: Engine.Rational(m * m).inverse())
    let common = try form.isZero ? extended.constant(1) : form.greatestCommonDivisor(with: f)
    if common.degree(in: s) > 0 || common.degree(in: t) > 0 { form = try form.dividedExactly(by: common) }
    func discriminant(_ form: Polynomial) throws -> Polynomial {
      if form.isZero { return ring.zero }
      return try Self.discriminant(Self.coefficients(form, ring), ring: ring, control: control)
    }
    degenerate = try discriminant(form)
    rankDrop = try discriminant(q)
  }

  /// Of a binary form: the coefficients by the power of t.
  private static func coefficients(_ form: Polynomial, _ ring: Engine.PolynomialRing) throws -> [Polynomial] {
    let count = ring.variables.count
    let degree = form.terms.reduce(0) { max($0, $1.exponents[count] + $1.exponents[count + 1]) }
    var terms = [[PolynomialTerm<Engine.Rational>]](repeating: [], count: degree + 1)
    for term in form.terms {
      terms[term.exponents[count + 1]].append(
        PolynomialTerm(exponents: Array(term.exponents[..<count]), coefficient: term.coefficient))
    }
    return try terms.map { try ring.polynomial(terms: $0) }
  }

  /// From the resultant of both derivatives: `(−1)^{d(d−1)/2} d^{2−d} Res(F_s, F_t)`.
  static func discriminant(
    _ form: [Polynomial], ring: Engine.PolynomialRing, control: Control
  ) throws -> Polynomial {
    let d = form.count - 1
    guard d > 1 else { return ring.constant(1) }
    let bys = (0..<d).map { form[$0].scaled(by: Engine.Rational(d - $0)) }
    let byt = (1...d).map { form[$0].scaled(by: Engine.Rational($0)) }
    let resultant = try resultant(bys, byt, ring: ring, control: control)
    let scale = try Engine.Rational(d).power(2 - d)
    return resultant.scaled(by: d * (d - 1) / 2 % 2 == 0 ? scale : -scale)
  }

  /// The determinant of Sylvester's matrix of two lists of coefficients.
  static func resultant(
    _ left: [Polynomial], _ right: [Polynomial], ring: Engine.PolynomialRing, control: Control
  ) throws -> Polynomial {
    let (m, n) = (left.count - 1, right.count - 1)
    func rows(_ coefficients: [Polynomial], _ count: Int) -> [[Polynomial]] {
      (0..<count).map { shift in
        (0..<(m + n)).map { column in
          let place = column - shift
          return coefficients.indices.contains(place) ? coefficients[place] : ring.zero
        }
      }
    }
    return try Determinant.eliminating(rows(left, n) + rows(right, m), ring: ring, control: control)
  }
}
