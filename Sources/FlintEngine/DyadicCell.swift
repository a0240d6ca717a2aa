import CFLINT

/// The interval from `index · 2^exponent` to `(index + 1) · 2^exponent`.
struct DyadicCell {
  let index: FlintEngine.Integer
  let exponent: Int

  var lower: FlintEngine.Rational { Self.point(index, exponent) }
  var upper: FlintEngine.Rational { Self.point(index + 1, exponent) }

  func half(upper: Bool) -> DyadicCell {
    DyadicCell(index: index + index + (upper ? 1 : 0), exponent: exponent - 1)
  }

  func isSame(as other: DyadicCell) -> Bool { exponent == other.exponent && index == other.index }

  /// Whether the other cell is this one or comes from it by halving.
  func contains(_ other: DyadicCell) -> Bool {
    guard other.exponent <= exponent else { return false }
    let ancestor = other.index.read { x in
      FlintEngine.Integer { fmpz_fdiv_q_2exp($0, x, UInt(exponent - other.exponent)) }
    }
    return ancestor == index
  }

  /// The number `index · 2^exponent`.
  static func point(_ index: FlintEngine.Integer, _ exponent: Int) -> FlintEngine.Rational {
    let number = FlintEngine.Rational(index)
    return number.read { x in
      FlintEngine.Rational {
        if exponent >= 0 {
          fmpq_mul_2exp($0, x, UInt(exponent))
        } else {
          fmpq_div_2exp($0, x, exponent.magnitude)
        }
      }
    }
  }
}
