import Algebra
import LandscapeModel
import RealSolving

@testable import AlgebraConformance

/// Computations with random operands, the same ones for every engine, and their results as text.
///
/// Enclosures differ from engine to engine; of them, what is canonical is told.
struct Workload<Engine: AlgebraEngine> {
  typealias Univariate = Engine.UnivariatePolynomial
  typealias Rational = Engine.Rational

  private var random: RandomValues<Engine>

  init(seed: UInt64) { random = RandomValues(seed: seed) }

  /// Every kind of computation once.
  mutating func results() throws -> [String] {
    try integers() + rationals() + univariate() + polynomials() + matrices() + residues() + roots() + balls()
  }

  private mutating func integers() throws -> [String] {
    // Up to several hundred words, where other algorithms take over.
    let sizes = [64, 130, 1000, 5000, 20000]
    let (a, b) = (random.bits(sizes[random.int(0...4)]), random.bits(sizes[random.int(0...4)]) + 1)
    let (quotient, remainder) = try a.quotientAndRemainder(dividingBy: b)
    let (root, isSquare) = try a.squareRoot()
    let divisor = (a * quotient).greatestCommonDivisor(with: b * quotient)
    let text = (a * b - quotient).description
    return [
      text, "\(quotient) \(remainder)", "\(root) \(isSquare)", divisor.description,
      a.greatestCommonDivisor(with: b).description,
      "\(a.doubleValue) \(a.bitLength) \(a.wide.residue(modulo: 97))",
      try Engine.Integer(decimal: text).description,
    ]
  }

  private mutating func rationals() throws -> [String] {
    let (a, b) = (try random.rational(), try random.nonzeroRational())
    return [a + b, a - b, a * b, try a.divided(by: b)].map(\.description) + [
      "\(a.doubleValue) \(a < b) \(a.floor())"
    ]
  }

  private mutating func univariate() throws -> [String] {
    let size = [3, 1000, Int.max / 4][random.int(0...2)]
    let (a, b) = (random.univariate(degree: 25, size: size), random.univariate(degree: 12, size: size))
    let c = random.univariate(degree: 6, size: size)
    let product = a * c * c
    let point = try random.smallRational()
    var results = [
      product, a - b * c, product.greatestCommonDivisor(with: b * c), product.squarefreePart,
      product.derivative,
      product.primitivePart,
    ].map(\.description)
    results.append(try product.evaluated(at: point).description)
    if !c.isZero {
      results.append("\(try b.pseudoRemainder(dividingBy: c))")
      results.append(try product.dividedExactly(by: c).description)
    }
    if !product.isZero { results.append("\(Self.text(try product.factored()))") }
    return results
  }

  private static func text<P: CustomStringConvertible, U: CustomStringConvertible>(
    _ factorisation: PolynomialFactorisation<P, U>
  ) -> String {
    let factors = factorisation.factors.map { "(\($0.polynomial))^\($0.multiplicity)" }
    return "\(factorisation.unit) \(factors.joined(separator: " "))"
  }

  private mutating func polynomials() throws -> [String] {
    let order: MonomialOrder = [.lexicographic, .degreeLexicographic, .degreeReverseLexicographic][
      random.int(0...2)]
    let names = ["x", "y", "z", "t"].prefix(random.int(1...4))
    let ring = try Engine.PolynomialRing(variables: Array(names), order: order)
    let a = try random.polynomial(in: ring, terms: 6, degree: 3)
    let b = try random.polynomial(in: ring, terms: 5, degree: 2)
    let c = try random.nonzeroPolynomial(in: ring, terms: 4, degree: 2)
    let product = try a.multiplied(by: c)
    var results = [
      product, try product.adding(b), try b.power(3),
      try product.greatestCommonDivisor(with: b.multiplied(by: c)),
      try product.dividedExactly(by: c), a.derivative(in: 0), a.primitivePart,
      try a.substituted(ring.variables.map { _ in c }, into: ring),
    ].map(\.description)
    let (quotients, remainder) = try product.adding(b).quotientsAndRemainder(
      dividingBy: [c, b].filter { !$0.isZero })
    results += (quotients + [remainder]).map(\.description)
    let whole = try product.multiplied(by: b).multiplied(by: c)
    if !whole.isZero {
      results.append(Self.text(try whole.factored()))
      results.append(Self.text(try whole.squarefreeFactored()))
    }
    return results
  }

  private mutating func matrices() throws -> [String] {
    let (n, m) = (random.int(1...7), random.int(1...5))
    let (a, b) = (try random.matrix(rows: n, columns: n), try random.matrix(rows: n, columns: m))
    let thin = try b.multiplied(by: b.transposed)
    var results = [
      try a.determinant().description,
      "\(a.reducedRowEchelonForm())".isEmpty ? "" : text(a.reducedRowEchelonForm().matrix),
      text(thin), text(thin.kernelBasis()), "\(thin.rank)", text(try a.multiplied(by: b)),
    ]
    if try a.determinant() != 0 { results.append(text(try a.solve(b))) }
    return results
  }

  private func text(_ matrix: Engine.RationalMatrix) -> String {
    "\(matrix.rows)×\(matrix.columns): \(matrix.entries.map(\.description).joined(separator: " "))"
  }

  private mutating func residues() throws -> [String] {
    let prime: UInt32 = [65537, 2_147_483_647, 1_000_003][random.int(0...2)]
    let degree = random.int(1...8)
    // Moments of sums of powers: a minimal polynomial of the degree at most.
    let nodes = (0..<degree).map { _ in UInt64(random.int(0...50)) }
    let weights = (0..<degree).map { _ in UInt64(random.int(1...1000)) }
    func moments(_ shift: Int, _ count: Int) -> [UInt32] {
      (0..<count).map { k in
        let sum = zip(nodes, weights).reduce(UInt64(0)) { sum, pair in
          let power = (0..<(k + shift)).reduce(UInt64(1)) { power, _ in power * pair.0 % UInt64(prime) }
          return (sum + power * pair.1) % UInt64(prime)
        }
        return UInt32(sum)
      }
    }
    let result = Engine.residueParametrisation(
      prime: prime, moments: moments(0, 2 * degree),
      coordinateMoments: [moments(1, degree), moments(2, degree)],
      testsSquarefree: true)
    return ["\(result.minimalPolynomial) \(result.isSquarefree as Any) \(result.numerators)"]
  }

  private mutating func roots() throws -> [String] {
    let polynomial =
      random.univariate(degree: 14, size: 1000) * random.univariate(degree: 4, size: 5)
      * Univariate(coefficients: [-3, 7])
    guard !polynomial.isZero else { return [] }
    let part = polynomial.squarefreePart
    return try part.isolatedRealRoots(width: Rational(2).power(-200)).map { interval in
      let narrow = try part.refined(interval, width: Rational(2).power(-400), control: Control())
      let decimal = DecimalEnclosure(
        lower: narrow.lower, upper: narrow.upper, digits: 50, decidesTies: true)
      return "\(narrow.isExact) \(decimal as Any)"
    }
  }

  /// Values as canonical decimals: none of them is near a tie or a power of ten without being one.
  private mutating func balls() throws -> [String] {
    let precision = [200, 256, 512, 1000][random.int(0...3)]
    func ball(_ value: Rational) -> Engine.Ball { Engine.Ball(value, precision: precision) }
    let (a, b) = (try random.smallRational(), try random.smallRational())
    let (x, y) = (ball(a), ball(b))
    let size = random.int(1...6)
    let matrix = Engine.BallMatrix(
      try random.matrix(rows: size, columns: size).adding(
        Engine.RationalMatrix.identity(size).scaled(by: 100)), precision: precision)
    let solution = matrix.solve(.identity(size, precision: precision))
    let polynomial = random.univariate(degree: 12, size: 1000)
    let values =
      [
        x + y, x - y, x * y, x / y, y.absoluteValue.squareRoot(clampingAtZero: false), x.union(x),
        x.arcTangent,
        Engine.Ball.pi(precision: precision),
        matrix.squaredNorm(), (matrix * matrix)[0, size - 1],
      ] + (solution.map { [$0[0, 0], $0[size - 1, 0]] } ?? []) + Engine.evaluate([polynomial], at: x)
    return try values.map { value in
      guard value.isFinite else { return "not finite" }
      let (lower, upper) = try value.bounds()
      return
        "\(value.sign) \(DecimalEnclosure(lower: lower, upper: upper, digits: 20, decidesTies: true) as Any)"
    }
  }
}
