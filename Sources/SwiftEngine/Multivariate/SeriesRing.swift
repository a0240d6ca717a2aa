import Algebra

/// Polynomials in a main variable whose coefficients are power series in the other variables, truncated at a total
/// degree and modulo a power of a prime.
struct SeriesRing {
  typealias Integer = SwiftEngine.Integer
  /// For each total degree in the other variables: polynomials in the main variable by monomials.
  typealias Series = [[UInt128: [Integer]]]

  private let main: Int
  private let others: [Int]
  /// The greatest total degree that is kept.
  private let degree: Int
  private let keys: ExponentKeys
  private let prime: UInt
  private let vectors: ModularVectors

  /// - Parameters:
  ///   - bound: for the absolute values of integers that residues are to stand for.
  ///   - factors: have to stay coprime, and of the same degree, modulo the prime.
  /// - Throws: `AlgebraError.tooLarge` for too many variables of too great degrees.
  init(
    main: Int, others: [Int], degree: Int, bound: Integer,
    avoiding factors: [SwiftEngine.UnivariatePolynomial]
  ) throws {
    self.main = main
    self.others = others
    self.degree = degree
    keys = try ExponentKeys(count: others.count, degree: degree)
    let product = factors.dropFirst().reduce(factors[0], *)
    prime =
      (0...).lazy.map { Primes.large($0) }.first { prime in
        let ring = ResiduePolynomials(prime: prime)
        let image = ring.reduced(product.coefficients)
        return image.count == product.degree + 1
          && ring.greatestCommonDivisor(image, ring.derivative(image)).count == 1
      } ?? 0
    var modulus = Integer(Int(prime))
    while modulus.bitLength <= bound.bitLength + 1 { modulus = modulus * modulus }
    vectors = ModularVectors(modulus: modulus)
  }

  func series(_ terms: SparseTerms) -> Series {
    var series = Series(repeating: [:], count: degree + 1)
    for index in 0..<terms.count {
      let exponents = others.map { terms.exponent(of: $0, inTerm: index) }
      let total = exponents.reduce(0, +)
      guard total <= degree else { continue }
      let power = terms.exponent(of: main, inTerm: index)
      var list = series[total][keys.key(exponents)] ?? []
      if list.count <= power { list += Array(repeating: 0, count: power + 1 - list.count) }
      list[power] = terms.coefficients[index].residue(modulo: vectors.modulus)
      series[total][keys.key(exponents)] = list
    }
    return series
  }

  /// The polynomial whose coefficients are the residues of least absolute value.
  func terms(_ series: Series, like terms: SparseTerms) -> SparseTerms {
    var vectors: [[Int]] = []
    var list: [Integer] = []
    for (key, polynomial) in series.joined() {
      for (power, value) in self.vectors.symmetric(polynomial).enumerated() where !value.isZero {
        var exponents = [Int](repeating: 0, count: terms.layout.variables)
        for (place, variable) in others.enumerated() { exponents[variable] = keys.exponent(place, of: key) }
        exponents[main] = power
        vectors.append(exponents)
        list.append(value)
      }
    }
    return SparseTerms(
      exponents: vectors, coefficients: list, variables: terms.layout.variables, order: terms.layout.order)
  }

  func multiply(_ left: Series, _ right: Series) -> Series {
    (0...degree).map { total in
      var sum: [UInt128: [Integer]] = [:]
      for low in 0...total { accumulate(&sum, left[low], right[total - low]) }
      return reduced(sum)
    }
  }

  /// Adds the products of two homogeneous parts, without reducing the sums.
  private func accumulate(
    _ sum: inout [UInt128: [Integer]], _ left: [UInt128: [Integer]], _ right: [UInt128: [Integer]]
  ) {
    for (x, a) in left {
      for (y, b) in right {
        let product = IntegerVectors.product(a, b)
        var list = sum.removeValue(forKey: x + y) ?? []
        if list.count < product.count { list += Array(repeating: 0, count: product.count - list.count) }
        for (index, value) in product.enumerated() { list[index] += value }
        sum[x + y] = list
      }
    }
  }

  private func reduced(_ part: [UInt128: [Integer]]) -> [UInt128: [Integer]] {
    part.mapValues { vectors.reduced($0) }.filter { !$0.value.isEmpty }
  }

  /// The monic factors of `polynomial / lead` that are multiples of the given ones at the origin.
  func factors(
    of polynomial: SparseTerms, lead: SparseTerms, starting: [SwiftEngine.UnivariatePolynomial]
  ) -> [Series] {
    let monic = multiply(series(polynomial), inverse(series(lead)))
    let starts = starting.map { factor in
      let residues = vectors.reduced(factor.coefficients)
      return vectors.scale(residues, by: vectors.inverse(residues[residues.count - 1]))
    }
    return lifted(monic, starts[...])
  }

  /// The inverse of a series in which the main variable does not occur and whose constant term is a unit.
  private func inverse(_ series: Series) -> Series {
    let unit = vectors.inverse(series[0][0]?.first ?? 0)
    var result = Series(repeating: [:], count: degree + 1)
    result[0] = [0: [unit]]
    for total in 1..<max(degree + 1, 1) {
      var sum: [UInt128: [Integer]] = [:]
      for low in 1...total { accumulate(&sum, series[low], result[total - low]) }
      result[total] = reduced(sum.mapValues { $0.map { -$0 * unit } })
    }
    return result
  }

  /// Splits off one factor after the other.
  private func lifted(_ product: Series, _ starts: ArraySlice<[Integer]>) -> [Series] {
    guard starts.count > 1, let first = starts.first else { return [product] }
    let rest = starts.dropFirst().reduce([1]) { vectors.multiply($0, $1) }
    let (s, t) = cofactors(first, rest)
    var (g, h) = (Series(repeating: [:], count: degree + 1), Series(repeating: [:], count: degree + 1))
    (g[0], h[0]) = ([0: first], [0: rest])
    for total in 1..<max(degree + 1, 1) {
      var sum: [UInt128: [Integer]] = [:]
      for low in 1..<max(total, 1) { accumulate(&sum, g[low], h[total - low]) }
      for key in Set(sum.keys).union(product[total].keys) {
        let error = vectors.subtract(product[total][key] ?? [], sum[key] ?? [])
        guard !error.isEmpty else { continue }
        // δg · h + δh · g = error.
        let left = vectors.divide(vectors.multiply(t, error), byMonic: first).remainder
        let right = vectors.divide(vectors.multiply(s, error), byMonic: rest).remainder
        if !left.isEmpty { g[total][key] = left }
        if !right.isEmpty { h[total][key] = right }
      }
    }
    return [g] + lifted(h, starts.dropFirst())
  }

  /// `s · g + t · h = 1`, lifted from the prime to the modulus.
  private func cofactors(_ g: [Integer], _ h: [Integer]) -> (s: [Integer], t: [Integer]) {
    let ring = ResiduePolynomials(prime: prime)
    let start = ring.extendedDivisor(ring.reduced(g), ring.reduced(h))
    var (s, t) = (ring.integers(start.s), ring.integers(start.t))
    var bits = 61
    while bits < vectors.modulus.bitLength {
      let excess = vectors.subtract(vectors.add(vectors.multiply(s, g), vectors.multiply(t, h)), [1])
      s = vectors.subtract(s, vectors.divide(vectors.multiply(s, excess), byMonic: h).remainder)
      t = vectors.subtract(t, vectors.divide(vectors.multiply(t, excess), byMonic: g).remainder)
      bits *= 2
    }
    return (s, t)
  }
}
