/// The interval from `index · 2^exponent` to `(index + 1) · 2^exponent`.
package struct DyadicCell<Engine: RootIsolatingEngine> {
  package let index: Engine.Integer
  package let exponent: Int

  package init(index: Engine.Integer, exponent: Int) {
    self.index = index
    self.exponent = exponent
  }

  /// `nil` unless the ends are neighbouring multiples of a power of two.
  init?(_ interval: IsolatingInterval<Engine.Rational>) {
    let width = interval.upper - interval.lower
    let exponent = width.numerator.bitLength - width.denominator.bitLength
    guard Engine.dyadic(1, exponent: exponent) == width else { return nil }
    let index = interval.lower * Engine.dyadic(1, exponent: -exponent)
    guard index.isInteger else { return nil }
    self.init(index: index.numerator, exponent: exponent)
  }

  package var lower: Engine.Rational { Engine.dyadic(index, exponent: exponent) }
  package var upper: Engine.Rational { Engine.dyadic(index + 1, exponent: exponent) }

  package func half(upper: Bool) -> DyadicCell {
    DyadicCell(index: index + index + (upper ? 1 : 0), exponent: exponent - 1)
  }

  func isSame(as other: DyadicCell) -> Bool { exponent == other.exponent && index == other.index }

  /// Whether the other cell is this one or comes from it by halving.
  func contains(_ other: DyadicCell) -> Bool {
    guard other.exponent <= exponent else { return false }
    return Engine.shifted(other.index, by: other.exponent - exponent) == index
  }
}
