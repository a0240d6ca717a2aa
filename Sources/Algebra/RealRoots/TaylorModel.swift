/// An approximation to a polynomial on a disc, good enough to prove where it has no roots.
///
/// With the disc mapped to the unit disc, the polynomial is a positive multiple of `A(y) + R(y)`, where `A`
/// has the integer `coefficients` and `R`, a polynomial of degree at most `degree`, is at most `error` in
/// absolute value on the disc. Passing to a disc inside keeps the bound, and there only the terms that matter
/// are kept: deep inside the subdivision models are short, whatever the degree of the polynomial is.
package struct TaylorModel<Coefficients: FixedPointCoefficients> {
  let coefficients: Coefficients
  private let degree: Int
  private let error: Int

  init(coefficients: Coefficients, degree: Int, error: Int) {
    self.coefficients = coefficients
    self.degree = degree
    self.error = error
  }

  /// What a model proves about the real interval `[−1, 1]`.
  package enum Verdict {
    /// There is no root in the interval.
    case rootFree
    /// The polynomial is strictly monotone. The signs at −1 and 1, `nil` where the model cannot tell.
    case monotone(lower: Int?, upper: Int?)
    case undecided
    /// The values are not greater than the error: subdividing would not help.
    case tooCoarse
  }

  /// Decides by the signs of Bernstein coefficients; for a polynomial and for its derivative, because a
  /// truncated model can bound these, but not count sign changes. Bernstein's inequality on the disc bounds
  /// the derivative of `R`. Cost: two Taylor shifts of the terms kept, often less.
  package func verdict() -> Verdict {
    guard coefficients.count > 0 else { return .tooCoarse }
    let lower = coefficients.sign(atUpperEnd: false, margin: error)
    let upper = coefficients.sign(atUpperEnd: true, margin: error)
    let mayBeRootFree = lower == nil || upper == nil || lower == upper
    if mayBeRootFree, coefficients.keepsSign(margin: error) { return .rootFree }
    // Without a sign change, a monotone cell has no root, and a smaller one will tell.
    let mayBeCrossed = lower == nil || upper == nil || lower != upper
    if mayBeCrossed, coefficients.derivative().keepsSign(margin: error * degree) {
      return .monotone(lower: lower, upper: upper)
    }
    return isTooCoarse ? .tooCoarse : .undecided
  }

  /// Whether all of `A` is of the size of the error.
  private var isTooCoarse: Bool { coefficients.sumOfMagnitudes(isAtMost: 8 * degree * error) }

  /// The model on the disc of half the radius around `1/2` or `−1/2`. Cost: one Taylor shift.
  package func half(upper: Bool) -> TaylorModel {
    let count = coefficients.count
    guard count > 0 else { return self }
    return TaylorModel(coefficients: coefficients.half(upper: upper), degree: degree, error: error + count)
      .trimmed()
  }

  /// The model with at most the given number of bits for each coefficient.
  package func reduced(toBits bits: Int) -> TaylorModel {
    let excess = coefficients.maximumBits - bits
    guard excess > 0 else { return self }
    return TaylorModel(
      coefficients: coefficients.shiftedRight(by: excess), degree: degree,
      error: (error >> min(excess, 62)) + 1 + coefficients.count
    ).trimmed()
  }

  /// Moves the last terms into the error as long as that costs no more than rounding does.
  private func trimmed() -> TaylorModel {
    let budget = coefficients.count
    var (count, dropped) = (budget, 0)
    while count > 0, let last = coefficients.magnitude(count - 1), last <= budget - dropped {
      dropped += last
      count -= 1
    }
    guard count < budget else { return self }
    return TaylorModel(coefficients: coefficients.prefix(count), degree: degree, error: error + dropped)
  }
}
