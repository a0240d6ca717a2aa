import Algebra
import GroebnerBases

/// Proofs by Hilbert functions.
///
/// With J the homogenisation of an ideal by one more variable and S the ring of all variables, the ideal's proved
/// basis tells the Hilbert function of S/J. For homogeneous polynomials without a proved basis, the values modulo
/// a prime are upper bounds, as ranks only drop there. Where such a bound is reached, a basis modulo one prime
/// proves a statement over Q.
extension Ideal {
  /// Whether this ideal is proved to be the intersection of two others; false if there is no proof.
  ///
  /// Exact if the bases of the others are proved; then the basis of this one is proved, too. From the exact
  /// sequence `0 → S/(L ∩ R) → S/L ⊕ S/R → S/(L + R) → 0` of the homogenisations. Cost: normal forms, and one
  /// basis modulo a prime.
  ///
  /// - Throws: `AlgebraError.ringMismatch`, `.tooLarge`; what bases throw.
  func isProvedIntersection(of left: Ideal, _ right: Ideal, control: Control) throws -> Bool {
    guard try left.contains(basis.polynomials, control: control),
      try right.contains(basis.polynomials, control: control)
    else { return false }
    let sum = try Self.boundingSeries(
      left.basis.polynomials + right.basis.polynomials, variableCount: variableCount, control: control)
    let bound = try left.basis.hilbertSeries(control: control).numerator
      .adding(right.basis.hilbertSeries(control: control).numerator)
      .adding(sum.map { -$0 })
    return try basis.hilbertSeries(control: control).numerator == bound
  }

  /// Whether f is proved to be no zero divisor modulo this ideal, which has a proved basis; false if there is no
  /// proof.
  ///
  /// Modulo the homogenisation, f multiplies the numerator of the Hilbert series by `1 − t^deg f` if it is none,
  /// and has a greater one otherwise. Cost: one basis modulo a prime.
  ///
  /// - Throws: `AlgebraError.tooLarge`; what bases throw.
  func isProvedNonzerodivisor(_ f: SparsePolynomial<WideInteger>, control: Control) throws -> Bool {
    let sum = try Self.boundingSeries(
      basis.polynomials + [f], variableCount: variableCount, control: control)
    let numerator = try basis.hilbertSeries(control: control).numerator
    let shifted = [Int](repeating: 0, count: f.degree) + numerator.map { -$0 }
    return sum == numerator.adding(shifted)
  }

  /// The numerator of the Hilbert series modulo a prime of the homogenised polynomials. A bound even if elements
  /// of the basis were missing.
  private static func boundingSeries(
    _ polynomials: [SparsePolynomial<WideInteger>], variableCount: Int, control: Control
  ) throws -> [Int] {
    try GroebnerBasis(
      of: polynomials.map { $0.homogenised() }, variableCount: variableCount + 1,
      characteristic: testPrime(for: polynomials, control), control: control
    ).hilbertSeries(control: control).numerator
  }
}

extension [Int] {
  /// The sum of polynomials that are given by their coefficients, without zeros at the end.
  fileprivate func adding(_ other: [Int]) -> [Int] {
    var sum = (0..<Swift.max(count, other.count)).map {
      ($0 < count ? self[$0] : 0) + ($0 < other.count ? other[$0] : 0)
    }
    while sum.last == 0 { sum.removeLast() }
    return sum
  }
}
