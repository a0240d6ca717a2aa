import Algebra
import CFLINT

/// A buffer of FLINT integers, mostly the coefficients of a polynomial. Written only while it is made.
package final class FmpzVector: FixedPointCoefficients {
  let start: UnsafeMutablePointer<fmpz>
  package let count: Int

  /// A vector of zeros.
  init(count: Int) {
    start = _fmpz_vec_init(count)
    self.count = count
  }

  /// The coefficients that `compute` writes into zeros.
  private convenience init(count: Int, _ compute: (UnsafeMutablePointer<fmpz>) -> Void) {
    self.init(count: count)
    compute(start)
  }

  package convenience init(_ polynomial: FlintEngine.UnivariatePolynomial, powers: [Int]) {
    self.init(count: powers.count) { result in
      polynomial.read { polynomial in
        for (index, power) in powers.enumerated() {
          let coefficient = polynomial.pointee.coeffs + index
          if power >= 0 {
            fmpz_mul_2exp(result + index, coefficient, UInt(power))
          } else {
            fmpz_fdiv_q_2exp(result + index, coefficient, power.magnitude)
          }
        }
      }
    }
  }

  deinit { _fmpz_vec_clear(start, count) }

  package var maximumBits: Int { abs(_fmpz_vec_max_bits(start, count)) }

  package func magnitude(_ index: Int) -> Int? {
    cflint_fmpz_is_big(start[index]) == 0 ? abs(start[index]) : nil
  }

  package func prefix(_ count: Int) -> FmpzVector {
    precondition(count <= self.count)
    return FmpzVector(count: count) { _fmpz_vec_set($0, start, count) }
  }

  package func shiftedRight(by shift: Int) -> FmpzVector {
    FmpzVector(count: count) { result in
      for index in 0..<count { fmpz_fdiv_q_2exp(result + index, start + index, UInt(shift)) }
    }
  }

  package func derivative() -> FmpzVector {
    FmpzVector(count: max(count - 1, 0)) { result in
      for index in 0..<max(count - 1, 0) { fmpz_mul_ui(result + index, start + index + 1, UInt(index + 1)) }
    }
  }

  package func half(upper: Bool) -> FmpzVector {
    FmpzVector(count: count) { result in
      guard count > 0 else { return }
      for index in 0..<count { fmpz_mul_2exp(result + index, start + index, UInt(count - 1 - index)) }
      var centre: fmpz = upper ? 1 : -1
      _fmpz_poly_taylor_shift(result, &centre, count)
      for index in 0..<count { fmpz_fdiv_q_2exp(result + index, result + index, UInt(count - 1)) }
    }
  }
}

/// Comparisons, by means of sums.
extension FmpzVector {
  package func sumOfMagnitudes(isAtMost bound: Int) -> Bool {
    var sum: fmpz = 0
    defer { fmpz_clear(&sum) }
    for index in 0..<count { Self.addMagnitude(start + index, to: &sum) }
    return fmpz_cmp_si(&sum, bound) <= 0
  }

  package func sign(atUpperEnd: Bool, margin: Int) -> Int? {
    var (sum, bound): (fmpz, fmpz) = (0, 0)
    defer {
      fmpz_clear(&sum)
      fmpz_clear(&bound)
    }
    for index in 0..<count {
      withUnsafeMutablePointer(to: &sum) {
        if atUpperEnd || index % 2 == 0 {
          fmpz_add($0, $0, start + index)
        } else {
          fmpz_sub($0, $0, start + index)
        }
      }
    }
    fmpz_set_si(&bound, margin)
    return fmpz_cmpabs(&sum, &bound) > 0 ? Int(fmpz_sgn(&sum)) : nil
  }

  package func isDominated(by term: Int, error: Int) -> Bool {
    var (sum, margin): (fmpz, fmpz) = (0, 0)
    defer {
      fmpz_clear(&sum)
      fmpz_clear(&margin)
    }
    for index in 0..<term {
      Self.addMagnitude(start + index, to: &sum)
      withUnsafeMutablePointer(to: &sum) { fmpz_mul_2exp($0, $0, 1) }
    }
    for index in (term + 1)..<max(count, term + 1) { Self.addMagnitude(start + index, to: &sum) }
    fmpz_set_si(&margin, error)
    withUnsafeMutablePointer(to: &margin) { fmpz_mul_2exp($0, $0, UInt(term)) }
    Self.addMagnitude(&margin, to: &sum)
    return fmpz_cmpabs(start + term, &sum) > 0
  }

  private static func addMagnitude(_ number: UnsafePointer<fmpz>, to sum: inout fmpz) {
    withUnsafeMutablePointer(to: &sum) {
      if fmpz_sgn(number) < 0 { fmpz_sub($0, $0, number) } else { fmpz_add($0, $0, number) }
    }
  }

  /// By the signs of Bernstein's coefficients with the margin taken off (Lane and Riesenfeld, BIT 21, 1981).
  package func keepsSign(margin: Int) -> Bool {
    guard count > 0 else { return false }
    let copy = prefix(count)
    let form = copy.start
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
