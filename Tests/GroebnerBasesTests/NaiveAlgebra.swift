import Algebra

/// Polynomials over a prime field as dictionaries, and Buchberger's algorithm by the book: slow, and
/// independent of everything it is compared with.
struct NaiveRing {
  typealias Polynomial = [[Int]: Int]

  let prime: Int
  let variableCount: Int
  let order: MonomialOrder

  func polynomial(_ value: SparsePolynomial<WideInteger>) -> Polynomial {
    var result: Polynomial = [:]
    for term in 0..<value.termCount {
      let key = value.exponents(ofTerm: term).map(Int.init)
      let residue = Int(value.coefficients[term].residue(modulo: UInt32(prime)))
      result[key] = ((result[key] ?? 0) + residue) % prime
    }
    return result.filter { $0.value != 0 }
  }

  func lead(_ polynomial: Polynomial) -> [Int] {
    polynomial.keys.reduce(nil) { best, key in
      guard let best else { return key }
      return order.compare(key, best) > 0 ? key : best
    } ?? []
  }

  func inverse(_ value: Int) -> Int {
    var (result, base, rest) = (1, value % prime, prime - 2)
    while rest > 0 {
      if rest & 1 == 1 { result = result * base % prime }
      base = base * base % prime
      rest >>= 1
    }
    return result
  }

  /// `left + factor · monomial · right`.
  func add(_ left: Polynomial, _ factor: Int, _ monomial: [Int], _ right: Polynomial) -> Polynomial {
    var result = left
    for (key, value) in right {
      let product = zip(key, monomial).map { $0 + $1 }
      let sum = ((result[product] ?? 0) + factor * value) % prime
      result[product] = sum == 0 ? nil : (sum + prime) % prime
    }
    return result
  }

  func divides(_ left: [Int], _ right: [Int]) -> Bool { zip(left, right).allSatisfy { $0 <= $1 } }

  func remainder(_ polynomial: Polynomial, by divisors: [Polynomial]) -> Polynomial {
    var rest = polynomial
    var result: Polynomial = [:]
    let leads = divisors.map(lead)
    while !rest.isEmpty {
      let top = lead(rest)
      let value = rest[top] ?? 0
      if let i = leads.firstIndex(where: { divides($0, top) }) {
        let factor = prime - value * inverse(divisors[i][leads[i]] ?? 1) % prime
        rest = add(rest, factor, zip(top, leads[i]).map { $0 - $1 }, divisors[i])
      } else {
        result[top] = value
        rest[top] = nil
      }
    }
    return result
  }

  func sPolynomial(_ left: Polynomial, _ right: Polynomial) -> Polynomial {
    let (a, b) = (lead(left), lead(right))
    let multiple = zip(a, b).map { max($0, $1) }
    let first = add([:], inverse(left[a] ?? 1), zip(multiple, a).map { $0 - $1 }, left)
    return add(first, prime - inverse(right[b] ?? 1), zip(multiple, b).map { $0 - $1 }, right)
  }

  /// The reduced basis, as a set.
  func reducedBasis(_ generators: [Polynomial]) -> Set<Polynomial> {
    var basis = generators.filter { !$0.isEmpty }
    var pairs = basis.indices.flatMap { i in (0..<i).map { ($0, i) } }
    while let (i, j) = pairs.popLast() {
      let rest = remainder(sPolynomial(basis[i], basis[j]), by: basis)
      guard !rest.isEmpty else { continue }
      pairs += basis.indices.map { ($0, basis.count) }
      basis.append(rest)
    }
    var minimal: [Polynomial] = []
    for (i, element) in basis.enumerated() {
      let top = lead(element)
      let isRedundant = basis.enumerated().contains { j, other in
        j != i && divides(lead(other), top) && (lead(other) != top || j < i)
      }
      if !isRedundant { minimal.append(element) }
    }
    return Set(
      minimal.enumerated().map { i, element in
        let others = minimal.enumerated().filter { $0.offset != i }.map(\.element)
        let reduced = remainder(element, by: others)
        let scale = inverse(reduced[lead(reduced)] ?? 1)
        return reduced.mapValues { $0 * scale % prime }
      })
  }
}

/// Random generators of ideals.
struct IdealGenerator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func polynomial(
    variables n: Int, degree: Int, terms: Int, bound: Int, isHomogeneous: Bool = false
  ) -> SparsePolynomial<WideInteger> {
    var result = SparsePolynomial<WideInteger>(variableCount: n)
    for _ in 0..<terms {
      var exponents = [UInt32](repeating: 0, count: n)
      let total = isHomogeneous ? degree : Int.random(in: 0...degree, using: &random)
      for _ in 0..<total { exponents[Int.random(in: 0..<n, using: &random)] += 1 }
      result.append(
        exponents: exponents, coefficient: WideInteger(Int.random(in: -bound...bound, using: &random)))
    }
    return result
  }

  /// A few generators of the kinds that make trouble: planted duplicates, zeros and common factors included.
  mutating func ideal(variables n: Int) -> [SparsePolynomial<WideInteger>] {
    let isHomogeneous = Bool.random(using: &random)
    let degree = Int.random(in: 1...3, using: &random)
    var generators = (0..<Int.random(in: 1...n + 1, using: &random)).map { _ in
      polynomial(
        variables: n, degree: degree, terms: Int.random(in: 1...5, using: &random), bound: 9,
        isHomogeneous: isHomogeneous)
    }
    if Int.random(in: 0..<4, using: &random) == 0 { generators.append(generators[0]) }
    if Int.random(in: 0..<4, using: &random) == 0 { generators.append(SparsePolynomial(variableCount: n)) }
    if Int.random(in: 0..<3, using: &random) == 0 {
      let variable = Int.random(in: 0..<n, using: &random)
      generators = generators.map { $0.multiplied(byVariable: variable) }
    }
    return generators
  }
}

extension SparsePolynomial {
  func multiplied(byVariable variable: Int) -> SparsePolynomial {
    var result = SparsePolynomial(variableCount: variableCount)
    for term in 0..<termCount {
      var vector = Array(exponents(ofTerm: term))
      vector[variable] += 1
      result.append(exponents: vector, coefficient: coefficients[term])
    }
    return result
  }
}
