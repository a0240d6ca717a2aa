import Algebra
import CFLINT

/// The binary orders of magnitude in which a polynomial can have nonzero roots.
///
/// Real roots of different size are searched separately, because a model that resolves the greatest ones
/// would need absurdly many bits to see the smallest.
struct RootScales {
  private let coefficients: UnsafePointer<fmpz>
  private let degree: Int

  /// - Parameter polynomial: squarefree, of positive degree, not zero at 0.
  init(_ polynomial: UnsafePointer<fmpz_poly_struct>) {
    coefficients = UnsafePointer(polynomial.pointee.coeffs)
    degree = fmpz_poly_degree(polynomial)
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
    for index in 0...degree where fmpz_is_zero(coefficients + index) == 0 {
      let new = Vertex(index: index, bits: Int(fmpz_bits(coefficients + index)))
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
  func model(exponent: Int, dominantTerm: Int, bits: Int) -> TaylorModel? {
    let size = (0...degree).reduce(Int.min) { size, index in
      fmpz_is_zero(coefficients + index) != 0
        ? size : max(size, Int(fmpz_bits(coefficients + index)) + (exponent + 1) * index)
    }
    let scaled = FmpzVector(count: degree + 1)
    var isRounded = false
    for index in 0...degree {
      let shift = (exponent + 1) * index + bits - size
      if shift >= 0 {
        fmpz_mul_2exp(scaled.start + index, coefficients + index, UInt(shift))
      } else {
        fmpz_fdiv_q_2exp(scaled.start + index, coefficients + index, UInt(-shift))
        isRounded = true
      }
    }
    let error = isRounded ? degree + 1 : 0
    if Self.dominates(dominantTerm, in: scaled, error: error) { return nil }
    return TaylorModel(coefficients: scaled, degree: degree, error: error)
  }

  /// Whether the term is greater than the sum of the others for all arguments of absolute value in [1/2, 1].
  private static func dominates(_ term: Int, in scaled: FmpzVector, error: Int) -> Bool {
    let scratch = FmpzVector(count: 2)
    let (sum, size) = (scratch.start, scratch.start + 1)
    for index in 0..<term {
      fmpz_abs(size, scaled.start + index)
      fmpz_add(sum, sum, size)
      fmpz_mul_2exp(sum, sum, 1)
    }
    for index in (term + 1)..<max(scaled.count, term + 1) {
      fmpz_abs(size, scaled.start + index)
      fmpz_add(sum, sum, size)
    }
    fmpz_set_ui(size, UInt(error))
    fmpz_mul_2exp(size, size, UInt(term))
    fmpz_add(sum, sum, size)
    return fmpz_cmpabs(scaled.start + term, sum) > 0
  }

  /// Whether Descartes' rule of signs leaves room for positive or for negative roots.
  func admitsRoots(negative: Bool) -> Bool {
    var previous = 0
    for index in 0...degree {
      let sign = Int(fmpz_sgn(coefficients + index)) * (negative && index % 2 == 1 ? -1 : 1)
      if sign != 0, previous != 0, sign != previous { return true }
      if sign != 0 { previous = sign }
    }
    return false
  }
}
