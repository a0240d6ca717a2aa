import CFLINT

/// A buffer of FLINT integers for inner loops.
final class FmpzVector {
  let start: UnsafeMutablePointer<fmpz>
  private let capacity: Int
  /// How many of the integers are in use; it only shrinks.
  private(set) var count: Int

  /// A vector of zeros.
  init(count: Int) {
    start = _fmpz_vec_init(count)
    capacity = count
    self.count = count
  }

  deinit { _fmpz_vec_clear(start, capacity) }

  func shorten(to count: Int) {
    precondition(count <= self.count)
    self.count = count
  }

  /// The number of bits of the greatest absolute value.
  var maximumBits: Int { abs(_fmpz_vec_max_bits(start, count)) }

  /// Divides by `2^shift`, rounding down: each entry changes by less than one unit.
  func shiftRight(by shift: Int) {
    for index in 0..<count { fmpz_fdiv_q_2exp(start + index, start + index, UInt(shift)) }
  }
}

/// The vector as the coefficients of a polynomial, from the constant term upwards.
extension FmpzVector {
  func derivative() -> FmpzVector {
    let derivative = FmpzVector(count: max(count - 1, 0))
    for index in 0..<derivative.count {
      fmpz_mul_ui(derivative.start + index, start + index + 1, UInt(index + 1))
    }
    return derivative
  }

  /// A proof that the absolute value is greater than the margin everywhere on `[−1, 1]`: the value at 0 is, and
  /// with the margin taken off, all Bernstein coefficients have its sign (Lane and Riesenfeld, BIT 21, 1981,
  /// doi:10.1007/BF01934071). False means that there is no such proof.
  func keepsSign(margin: Int) -> Bool {
    guard count > 0 else { return false }
    let copy = FmpzVector(count: count)
    let form = copy.start
    _fmpz_vec_set(form, start, count)
    let sign = fmpz_sgn(form)
    var offset = fmpz(0)
    fmpz_set_si(&offset, margin + 1)
    defer { fmpz_clear(&offset) }
    if sign > 0 { fmpz_sub(form, form, &offset) } else { fmpz_add(form, form, &offset) }
    guard sign != 0, fmpz_sgn(form) == sign else { return false }
    // With y = z − 1 and z = 2/(1 + t), t from 0 to infinity: times (1 + t)^n, the coefficients are positive
    // multiples of Bernstein's.
    var shift: fmpz = -1
    _fmpz_poly_taylor_shift(form, &shift, count)
    guard fmpz_sgn(form) * sign >= 0 else { return false }
    for index in 0..<count { fmpz_mul_2exp(form + index, form + index, UInt(index)) }
    _fmpz_poly_reverse(form, form, count, count)
    shift = 1
    _fmpz_poly_taylor_shift(form, &shift, count)
    return (0..<count).allSatisfy { fmpz_sgn(form + $0) * sign >= 0 }
  }
}
