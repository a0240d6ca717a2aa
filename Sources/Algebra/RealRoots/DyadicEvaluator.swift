/// Values of an integer polynomial at dyadic numbers, with balls as long as they suffice, else exactly.
final class DyadicEvaluator<Engine: RootIsolatingEngine> {
  typealias Integer = Engine.Integer

  private let polynomial: Engine.UnivariatePolynomial
  private let coefficientBits: Int
  /// Neighbouring points need similar precision, so the next one starts near the last one's.
  private var usualPrecision = 64

  init(_ polynomial: Engine.UnivariatePolynomial) {
    self.polynomial = polynomial
    coefficientBits = polynomial.coefficients.lazy.map(\.bitLength).max() ?? 0
  }

  /// The sign at `index · 2^exponent`.
  func sign(_ index: Integer, _ exponent: Int) -> Int {
    switch value(index, exponent, accuracy: 1).sign {
    case .positive: 1
    case .negative: -1
    case .zero: 0
    case .unknown: preconditionFailure("a ball of known relative accuracy has a sign")
    }
  }

  /// A ball around the value at `index · 2^exponent` that is zero, or known to this many leading bits.
  func value(_ index: Integer, _ exponent: Int, accuracy: Int) -> Engine.Ball {
    let exactBits = coefficientBits + polynomial.degree * (index.bitLength + abs(exponent))
    let point = Engine.dyadic(index, exponent: exponent)
    var precision = max(usualPrecision / 2, 64) + accuracy
    while precision < exactBits {
      let value = Engine.evaluate([polynomial], at: Engine.Ball(point, precision: precision))[0]
      if Self.isAccurate(value, bits: accuracy) {
        usualPrecision = precision - accuracy
        return value
      }
      precision *= 2
    }
    guard let exact = try? polynomial.evaluated(at: point) else {
      preconditionFailure("a value of \(exactBits) bits")
    }
    return Engine.Ball(exact, precision: accuracy + 30)
  }

  private static func isAccurate(_ value: Engine.Ball, bits: Int) -> Bool {
    switch value.sign {
    case .unknown: return false
    case .zero: return true
    case .positive, .negative:
      guard bits > 1 else { return true }
      guard let (lower, upper) = try? value.bounds() else { return false }
      return (upper - lower) * Engine.dyadic(1, exponent: bits) <= min(lower.magnitude, upper.magnitude)
    }
  }
}
