import Algebra

/// Factors a squarefree polynomial without content in the main variable: the other variables are replaced by
/// integers, the factors that remain are lifted to power series in the distance from that point, and products of
/// those are tried as divisors (Musser, J. ACM 22, 1975, doi:10.1145/321879.321890; Wang, Math. Comp. 32, 1978,
/// doi:10.1090/S0025-5718-1978-0568284-3).
///
/// Sound because every factor is proved by division; complete because the series are known to a degree, and their
/// coefficients modulo a number, that no factor exceeds.
struct MultivariateFactorisation {
  typealias Integer = SwiftEngine.Integer
  typealias Univariate = SwiftEngine.UnivariatePolynomial

  private let polynomial: SparseTerms
  private let main: Int
  private let others: [Int]

  init(_ polynomial: SparseTerms, main: Int, others: [Int]) {
    self.polynomial = polynomial
    self.main = main
    self.others = others
  }

  /// A point, and the factors that the polynomial has there.
  private struct Fibre {
    let point: [Int]
    let factors: [Univariate]
  }

  /// So many points are compared: at an unlucky one, irreducible polynomials come apart.
  private static let trials = 4

  func factors() throws -> [SparseTerms] {
    var best: Fibre?
    var generator = SeededGenerator(seed: 3)
    var (found, attempt) = (0, 0)
    while found < Self.trials {
      // The origin first, then points further and further away.
      let reach = (attempt + 2) / 3
      let point = others.map { _ in reach == 0 ? 0 : Int.random(in: -reach...reach, using: &generator) }
      attempt += 1
      let image = univariateImage(at: point)
      guard image.degree == polynomial.degree(in: main) else { continue }
      let part = image.primitivePart
      guard part.greatestCommonDivisor(with: part.derivative).degree == 0 else { continue }
      found += 1
      let factors = try part.factored().factors.map(\.polynomial)
      if factors.count == 1 { return [polynomial] }
      if factors.count < best?.factors.count ?? .max { best = Fibre(point: point, factors: factors) }
    }
    guard let best else { preconditionFailure("at least one point was tried") }
    return try recombined(best)
  }

  private func univariateImage(at point: [Int]) -> Univariate {
    var list = [Integer](repeating: 0, count: polynomial.degree(in: main) + 1)
    for index in 0..<polynomial.count {
      var value = polynomial.coefficients[index]
      for (variable, coordinate) in zip(others, point) {
        let exponent = polynomial.exponent(of: variable, inTerm: index)
        if exponent > 0 { value = value * Integer(coordinate).raised(to: exponent) }
      }
      list[polynomial.exponent(of: main, inTerm: index)] += value
    }
    return Univariate(coefficients: list)
  }

  private func recombined(_ fibre: Fibre) throws -> [SparseTerms] {
    let shifted = polynomial.translated(by: fibre.point, in: others)
    let lead = shifted.leadingCoefficient(in: main)
    let limit = shifted.degree(inVariables: others) + lead.degree(inVariables: others)
    let ring = try SeriesRing(
      main: main, others: others, degree: limit, bound: Self.bound(shifted, lead), avoiding: fibre.factors)
    let series = ring.factors(of: shifted, lead: lead, starting: fibre.factors)
    var rest = polynomial
    var open = series
    var found: [SparseTerms] = []
    var size = 1
    while 2 * size <= open.count {
      var isFound = false
      for chosen in Subsets(of: open.count, size: size) {
        // lead · product of the series is lead / lead(g) · g for a factor g.
        let leadSeries = ring.series(
          rest.translated(by: fibre.point, in: others).leadingCoefficient(in: main))
        let product = chosen.reduce(leadSeries) { ring.multiply($0, open[$1]) }
        let terms = ring.terms(product, like: polynomial)
          .translated(by: fibre.point.map { -$0 }, in: others).primitivePart
        let candidate = try terms.exactQuotient(by: terms.content(in: main)).primitivePart
        guard let quotient = try rest.quotient(by: candidate) else { continue }
        found.append(candidate)
        rest = quotient
        for index in chosen.reversed() { open.remove(at: index) }
        isFound = true
        break
      }
      if !isFound { size += 1 }
    }
    if !rest.isConstant { found.append(rest) }
    return found
  }

  /// For the coefficients of every divisor of `lead · f`: Mahler's measure is multiplicative, and at most the norm.
  private static func bound(_ polynomial: SparseTerms, _ lead: SparseTerms) -> Integer {
    let product = SparseTerms.multiply(polynomial, lead)
    let squares = product.coefficients.reduce(Integer(0)) { $0 + $1 * $1 }
    let degrees = product.degrees.reduce(0) { $0 + max($1, 0) }
    return (squares.squareRootAndRemainder().root + 1).shiftedLeft(by: degrees)
  }
}

extension SparseTerms {
  /// The polynomial with `variable + offset` in place of each of the variables.
  func translated(by offsets: [Int], in variables: [Int]) -> SparseTerms {
    zip(variables, offsets).reduce(self) { terms, shift in
      shift.1 == 0 ? terms : terms.translated(by: Integer(shift.1), in: shift.0)
    }
  }

  private func translated(by offset: Integer, in variable: Int) -> SparseTerms {
    var vectors: [[Int]] = []
    var list: [Integer] = []
    for index in 0..<count {
      var exponents = exponents(ofTerm: index)
      let degree = exponents[variable]
      // c (x + a)^n = Σ c binomial(n, k) a^(n − k) x^k, from k = n downwards.
      var coefficient = coefficients[index]
      for k in (0...degree).reversed() {
        exponents[variable] = k
        vectors.append(exponents)
        list.append(coefficient)
        coefficient = (coefficient * Integer(k) * offset).divided(by: Integer(degree - k + 1)).quotient
      }
    }
    return SparseTerms(
      exponents: vectors, coefficients: list, variables: layout.variables, order: layout.order)
  }

  /// The coefficient of the highest power of a variable.
  func leadingCoefficient(in variable: Int) -> SparseTerms {
    let degree = degree(in: variable)
    let indices = (0..<count).filter { exponent(of: variable, inTerm: $0) == degree }
    return SparseTerms(
      exponents: indices.map { index in
        var exponents = exponents(ofTerm: index)
        exponents[variable] = 0
        return exponents
      }, coefficients: indices.map { coefficients[$0] }, variables: layout.variables, order: layout.order)
  }

  /// The total degree in some of the variables.
  func degree(inVariables variables: [Int]) -> Int {
    (0..<count).reduce(0) { degree, index in
      max(degree, variables.reduce(0) { $0 + exponent(of: $1, inTerm: index) })
    }
  }
}
