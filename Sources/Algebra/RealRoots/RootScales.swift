/// The binary orders of magnitude in which a polynomial can have nonzero roots.
///
/// Real roots of different size are searched separately, because a model that resolves the greatest ones
/// would need absurdly many bits to see the smallest.
package struct RootScales<Engine: RootIsolatingEngine> {
  private let polynomial: Engine.UnivariatePolynomial
  /// The numbers of bits of the coefficients; 0 for zero.
  private let bits: [Int]
  private let signs: [Int]

  private var degree: Int { polynomial.degree }

  /// - Parameter polynomial: squarefree, of positive degree, not zero at 0.
  package init(_ polynomial: Engine.UnivariatePolynomial) {
    self.polynomial = polynomial
    let coefficients = polynomial.coefficients
    bits = coefficients.map(\.bitLength)
    signs = coefficients.map { $0.signum() }
  }

  /// Increasing exponents `k` such that every complex root's absolute value is in `[2^k, 2^(k+1)]` for one of
  /// them, each with the term that is greatest in the Newton polygon there.
  ///
  /// A vertex of the polygon outweighs the sum of all other terms as soon as the slopes on both sides are at
  /// least three binary orders away (the other terms then form two geometric series of ratio at most 1/8,
  /// times 2 for the rounding of logarithms).
  func candidates() -> [(exponent: Int, dominantTerm: Int)] {
    let hull = newtonPolygon()
    var exponents: [Int] = []
    for (left, right) in zip(hull, hull.dropFirst()) {
      let (rise, run) = (left.bits - right.bits, right.index - left.index)
      let lowest = Self.floorDivision(rise, run) - 3
      let highest = -Self.floorDivision(-rise, run) + 2
      let first = max(lowest, (exponents.last ?? lowest - 1) + 1)
      if first <= highest { exponents.append(contentsOf: first...highest) }
    }
    return exponents.map { ($0, Self.dominantTerm(of: hull, at: $0)) }
  }

  private struct Vertex {
    let index: Int
    /// The number of bits of the coefficient.
    let bits: Int
  }

  /// The upper hull of the points (index, bits).
  private func newtonPolygon() -> [Vertex] {
    var hull: [Vertex] = []
    for index in 0...degree where signs[index] != 0 {
      let new = Vertex(index: index, bits: bits[index])
      while hull.count >= 2 {
        let (first, middle) = (hull[hull.count - 2], hull[hull.count - 1])
        let isBelow =
          (middle.bits - first.bits) * (new.index - first.index)
          <= (new.bits - first.bits) * (middle.index - first.index)
        guard isBelow else { break }
        hull.removeLast()
      }
      hull.append(new)
    }
    return hull
  }

  /// The vertex of greatest size at `1.5 · 2^exponent`, nearly.
  private static func dominantTerm(of hull: [Vertex], at exponent: Int) -> Int {
    let best = hull.max { left, right in
      2 * left.bits + (2 * exponent + 1) * left.index < 2 * right.bits + (2 * exponent + 1) * right.index
    }
    return best?.index ?? 0
  }

  private static func floorDivision(_ numerator: Int, _ denominator: Int) -> Int {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

extension RootScales {
  /// The model on the disc of radius `2^(exponent + 1)` around zero, with this many bits for the greatest
  /// coefficient; `nil` if the dominant term proves that there is no root of absolute value between
  /// `2^exponent` and `2^(exponent + 1)`.
  package func model(exponent: Int, dominantTerm: Int, bits wanted: Int) -> TaylorModel<Engine.Coefficients>?
  {
    let size = (0...degree).reduce(Int.min) { size, index in
      signs[index] == 0 ? size : max(size, bits[index] + (exponent + 1) * index)
    }
    let powers = (0...degree).map { (exponent + 1) * $0 + wanted - size }
    let scaled = Engine.Coefficients(polynomial, powers: powers)
    let isRounded = powers.contains { $0 < 0 }
    let error = isRounded ? degree + 1 : 0
    if scaled.isDominated(by: dominantTerm, error: error) { return nil }
    return TaylorModel(coefficients: scaled, degree: degree, error: error)
  }

  /// Whether Descartes' rule of signs leaves room for positive or for negative roots.
  func admitsRoots(negative: Bool) -> Bool {
    var previous = 0
    for index in 0...degree {
      let sign = signs[index] * (negative && index % 2 == 1 ? -1 : 1)
      if sign != 0, previous != 0, sign != previous { return true }
      if sign != 0 { previous = sign }
    }
    return false
  }
}
