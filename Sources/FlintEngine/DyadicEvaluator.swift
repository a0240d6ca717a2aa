import Algebra
import CFLINT

/// Values of an integer polynomial at dyadic numbers, with balls as long as they suffice, else exactly.
final class DyadicEvaluator {
  let polynomial: FlintEngine.UnivariatePolynomial
  private let coefficientBits: Int
  /// Neighbouring points need similar precision, so the next one starts near the last one's.
  private var usualPrecision = 64

  init(_ polynomial: FlintEngine.UnivariatePolynomial) {
    self.polynomial = polynomial
    coefficientBits = abs(polynomial.read { fmpz_poly_max_bits($0) })
  }

  /// The sign at `index · 2^exponent`.
  func sign(_ index: FlintEngine.Integer, _ exponent: Int) -> Int {
    switch value(index, exponent, accuracy: 1).sign {
    case .positive: 1
    case .negative: -1
    case .zero: 0
    case .unknown: preconditionFailure("a ball of known relative accuracy has a sign")
    }
  }

  /// A ball around the value at `index · 2^exponent` that is zero, or known to this many leading bits.
  func value(_ index: FlintEngine.Integer, _ exponent: Int, accuracy: Int) -> FlintEngine.Ball {
    let exactBits = coefficientBits + polynomial.degree * (index.bitLength + abs(exponent))
    var precision = max(usualPrecision / 2, 64) + accuracy
    while precision < exactBits {
      let value = ball(index, exponent, precision)
      if value.read({ arb_rel_accuracy_bits($0) }) >= accuracy, value.sign != .unknown {
        usualPrecision = precision - accuracy
        return value
      }
      precision *= 2
    }
    return exactValue(index, exponent, precision: accuracy + 30)
  }

  private func ball(_ index: FlintEngine.Integer, _ exponent: Int, _ precision: Int) -> FlintEngine.Ball {
    let point = FlintEngine.Ball(precision: precision) { point in
      index.read { arb_set_fmpz(point, $0) }
      arb_mul_2exp_si(point, point, exponent)
    }
    return point.read { x in
      polynomial.read { f in
        FlintEngine.Ball(precision: precision) { arb_fmpz_poly_evaluate_arb($0, f, x, precision) }
      }
    }
  }

  private func exactValue(
    _ index: FlintEngine.Integer, _ exponent: Int, precision: Int
  ) -> FlintEngine.Ball {
    let point = DyadicCell.point(index, exponent)
    let value = polynomial.read { f in
      point.read { x in FlintEngine.Rational { fmpz_poly_evaluate_fmpq($0, f, x) } }
    }
    return FlintEngine.Ball(value, precision: precision)
  }
}
