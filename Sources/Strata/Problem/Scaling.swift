import Algebra

/// An exact change of units that brings badly scaled data into the range of doubles.
///
/// With `z = 2^j z'`, `y = 2^k y'` and `λ = 2^(j+k) λ'` the problem in the primed numbers has the same
/// strata and the same minima: `s = 2^(k−j) s'`, `ℓ = 2^(2k) ℓ'`, and `(a, w) = 2^((k−j)/2) (a', w')`.
package struct Scaling<Engine: AlgebraEngine>: Sendable {
  /// The problem in which everything is computed.
  package let problem: ScaledProblem<Engine>
  /// `2k`, with `ℓ = 2^(2k) ℓ'`.
  package let lossExponent: Int
  /// `k − j`, always even.
  package let shareExponent: Int

  /// `j + k`.
  package var ridgeExponent: Int { lossExponent - shareExponent }

  /// Exponents up to this size are left as they are.
  private static var harmless: Int { 64 }

  package init(_ problem: Problem<Engine>) throws {
    var vectorExponent = Self.exponent(of: problem.vectors.joined())
    var targetExponent = Self.exponent(of: problem.targets)
    if abs(vectorExponent) <= Self.harmless { vectorExponent = 0 }
    if abs(targetExponent) <= Self.harmless { targetExponent = 0 }
    if (targetExponent - vectorExponent) % 2 != 0 { targetExponent += 1 }
    lossExponent = 2 * targetExponent
    shareExponent = targetExponent - vectorExponent
    self.problem = try ScaledProblem(
      problem, vectors: -vectorExponent, targets: -targetExponent, ridge: -vectorExponent - targetExponent)
  }

  /// The binary exponent of the number of greatest absolute value, up to one; 0 if all are zero.
  private static func exponent(of numbers: some Sequence<Engine.Rational>) -> Int {
    numbers.lazy.filter { $0 != 0 }.map { $0.numerator.bitLength - $0.denominator.bitLength }.max() ?? 0
  }
}
