/// Lifts a factorisation modulo a prime to one modulo a power of it: quadratic lifting along a tree of factors (von
/// zur Gathen and Gerhard, Modern Computer Algebra, algorithm 15.17).
struct HenselLifting {
  typealias Integer = SwiftEngine.Integer

  let modulus: Integer
  /// Monic factors modulo the modulus, in the sequence in which they were given.
  let factors: [[Integer]]

  /// - Parameters:
  ///   - polynomial: squarefree modulo the prime, which does not divide the leading coefficient.
  ///   - factors: at least one; monic, pairwise coprime, with the polynomial as product up to the leading coefficient.
  ///   - bits: the modulus gets more than so many.
  init(
    _ polynomial: SwiftEngine.UnivariatePolynomial, prime: UInt, factors: [ResiduePolynomials.Polynomial],
    bits: Int
  ) {
    var tree = Node(factors[...], ResiduePolynomials(prime: prime))
    // The exponents of the prime, from the wanted one down: each at most twice the one before it.
    var exponents = [Int(Double(bits + 1) / logarithm(Double(prime))) + 1]
    while let last = exponents.last, last > 1 { exponents.append((last + 1) / 2) }
    for exponent in exponents.reversed().dropFirst() {
      let vectors = ModularVectors(modulus: Integer(Int(prime)).raised(to: exponent))
      let residues = vectors.reduced(polynomial.coefficients)
      let monic = vectors.scale(residues, by: vectors.inverse(residues[residues.count - 1]))
      tree.lift(monic, vectors, isLast: exponent == exponents[0])
    }
    modulus = Integer(Int(prime)).raised(to: exponents[0])
    self.factors = tree.leaves
  }

  /// A factor, and how it splits: `polynomial = left · right` and `s · left + t · right = 1`.
  private indirect enum Node {
    case leaf([Integer])
    case split(
      left: Node, right: Node, leftProduct: [Integer], rightProduct: [Integer], s: [Integer], t: [Integer])

    init(_ factors: ArraySlice<[UInt]>, _ ring: ResiduePolynomials) {
      guard factors.count > 1 else {
        self = .leaf(ring.integers(factors[factors.startIndex]))
        return
      }
      let middle = factors.startIndex + factors.count / 2
      let (low, high) = (factors[..<middle], factors[middle...])
      let (left, right) = (
        low.reduce([ring.field.one], ring.multiply), high.reduce([ring.field.one], ring.multiply)
      )
      let (_, s, t) = ring.extendedDivisor(left, right)
      self = .split(
        left: Node(low, ring), right: Node(high, ring), leftProduct: ring.integers(left),
        rightProduct: ring.integers(right), s: ring.integers(s), t: ring.integers(t))
    }

    /// Raises the precision to at most twice the present one, given the product modulo the new modulus.
    mutating func lift(_ product: [Integer], _ ring: ModularVectors, isLast: Bool) {
      guard case .split(var left, var right, var g, var h, var s, var t) = self else {
        self = .leaf(product)
        return
      }
      let error = ring.subtract(product, ring.multiply(g, h))
      // h takes s · e modulo h, g the rest.
      let (quotient, rest) = ring.divide(ring.multiply(s, error), byMonic: h)
      g = ring.add(g, ring.add(ring.multiply(t, error), ring.multiply(quotient, g)))
      h = ring.add(h, rest)
      if !isLast {
        let excess = ring.subtract(ring.add(ring.multiply(s, g), ring.multiply(t, h)), [1])
        let (quotient, rest) = ring.divide(ring.multiply(s, excess), byMonic: h)
        s = ring.subtract(s, rest)
        t = ring.subtract(t, ring.add(ring.multiply(t, excess), ring.multiply(quotient, g)))
      }
      left.lift(g, ring, isLast: isLast)
      right.lift(h, ring, isLast: isLast)
      self = .split(left: left, right: right, leftProduct: g, rightProduct: h, s: s, t: t)
    }

    var leaves: [[Integer]] {
      switch self {
      case .leaf(let polynomial): [polynomial]
      case .split(let left, let right, _, _, _, _): left.leaves + right.leaves
      }
    }
  }
}
