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
