import CFLINT

/// An approximation to a polynomial on a disc, good enough to prove where it has no roots.
///
/// With the disc mapped to the unit disc, the polynomial is a positive multiple of `A(y) + R(y)`, where `A`
/// has the integer `coefficients` and `R`, a polynomial of degree at most `degree`, is at most `error` in
/// absolute value on the disc. Passing to a disc inside keeps the bound, and there only the terms that matter
/// are kept: deep inside the subdivision models are short, whatever the degree of the polynomial is.
struct TaylorModel {
  let coefficients: FmpzVector
  private let degree: Int
  private let error: Int

  init(coefficients: FmpzVector, degree: Int, error: Int) {
    self.coefficients = coefficients
    self.degree = degree
    self.error = error
  }

  /// What a model proves about the real interval `[−1, 1]`.
  enum Verdict {
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
  func verdict() -> Verdict {
    guard coefficients.count > 0 else { return .tooCoarse }
    let (lower, upper) = (sign(atUpperEnd: false), sign(atUpperEnd: true))
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
  private var isTooCoarse: Bool {
    let scratch = FmpzVector(count: 2)
    let (sum, bound) = (scratch.start, scratch.start + 1)
    for index in 0..<coefficients.count {
      fmpz_abs(bound, coefficients.start + index)
      fmpz_add(sum, sum, bound)
    }
    fmpz_set_ui(bound, UInt(error))
    fmpz_mul_ui(bound, bound, UInt(8 * degree))
    return fmpz_cmp(sum, bound) <= 0
  }

  /// The sign of the polynomial at 1 or −1.
  private func sign(atUpperEnd: Bool) -> Int? {
    let scratch = FmpzVector(count: 2)
    let (sum, bound) = (scratch.start, scratch.start + 1)
    for index in 0..<coefficients.count {
      if atUpperEnd || index % 2 == 0 {
        fmpz_add(sum, sum, coefficients.start + index)
      } else {
        fmpz_sub(sum, sum, coefficients.start + index)
      }
    }
    fmpz_set_ui(bound, UInt(error))
    return fmpz_cmpabs(sum, bound) > 0 ? Int(fmpz_sgn(sum)) : nil
  }

  /// The model on the disc of half the radius around `1/2` or `−1/2`. Cost: one Taylor shift.
  func half(upper: Bool) -> TaylorModel {
    let count = coefficients.count
    guard count > 0 else { return self }
    let shifted = FmpzVector(count: count)
    for index in 0..<count {
      fmpz_mul_2exp(shifted.start + index, coefficients.start + index, UInt(count - 1 - index))
    }
    var centre: fmpz = upper ? 1 : -1
    _fmpz_poly_taylor_shift(shifted.start, &centre, count)
    shifted.shiftRight(by: count - 1)
    return TaylorModel(coefficients: shifted, degree: degree, error: error + count).trimmed()
  }

  /// The model with at most the given number of bits for each coefficient.
  func reduced(toBits bits: Int) -> TaylorModel {
    let excess = coefficients.maximumBits - bits
    guard excess > 0 else { return self }
    let count = coefficients.count
    let copy = FmpzVector(count: count)
    _fmpz_vec_set(copy.start, coefficients.start, count)
    copy.shiftRight(by: excess)
    return TaylorModel(coefficients: copy, degree: degree, error: (error >> min(excess, 62)) + 1 + count)
      .trimmed()
  }

  /// Moves the last terms into the error as long as that costs no more than rounding does.
  private func trimmed() -> TaylorModel {
    let budget = coefficients.count
    var (count, dropped) = (budget, 0)
    while count > 0 {
      let last = coefficients.start[count - 1]
      guard cflint_fmpz_is_big(last) == 0, dropped + abs(last) <= budget else { break }
      dropped += abs(last)
      count -= 1
    }
    coefficients.shorten(to: count)
    return TaylorModel(coefficients: coefficients, degree: degree, error: error + dropped)
  }
}
