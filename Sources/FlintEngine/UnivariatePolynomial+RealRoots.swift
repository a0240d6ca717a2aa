import Algebra
import CFLINT

extension FlintEngine.UnivariatePolynomial {
  /// Cost: see `RootIsolation`; each root then takes a number of evaluations that is logarithmic in the
  /// number of bits that `width` asks for.
  public func isolatedRealRoots(
    width: FlintEngine.Rational?, control: Control
  ) throws -> [IsolatingInterval<FlintEngine.Rational>] {
    guard !isZero else { throw AlgebraError.domain("the roots of the zero polynomial") }
    if let width, width.signum() <= 0 { throw AlgebraError.domain("intervals of width \(width)") }
    let part = squarefreePart
    let hasRootAtZero = part.coefficient(0) == 0
    let rest = hasRootAtZero ? part.read { x in Self { fmpz_poly_shift_right($0, x, 1) } } : part
    var intervals = try rest.isolatedNonzeroRealRoots(width: width, control: control)
    if hasRootAtZero {
      let place = intervals.firstIndex { $0.lower >= 0 } ?? intervals.count
      intervals.insert(IsolatingInterval(lower: 0, upper: 0), at: place)
    }
    return intervals
  }

  /// The roots of a squarefree polynomial that is not zero at 0.
  private func isolatedNonzeroRealRoots(
    width: FlintEngine.Rational?, control: Control
  ) throws -> [IsolatingInterval<FlintEngine.Rational>] {
    guard degree > 1 else {
      guard degree == 1 else { return [] }
      let root = try FlintEngine.Rational(numerator: -coefficient(0), denominator: coefficient(1))
      return [IsolatingInterval(lower: root, upper: root)]
    }
    let evaluator = DyadicEvaluator(self)
    let refinement = RootRefinement(evaluator: evaluator, control: control)
    var isolation = RootIsolation(self, evaluator: evaluator, control: control)
    // The greatest power of two that is surely not above the width.
    let exponent = width.map { $0.numerator.bitLength - $0.denominator.bitLength - 1 }
    return try isolation.isolate().map { root in
      var root = recognised(root)
      if case .inside(let cell) = root, let exponent, cell.exponent > exponent {
        root = recognised(try refinement.refine(cell, toExponent: exponent))
      }
      switch root {
      case .exact(let value): return IsolatingInterval(lower: value, upper: value)
      case .inside(let cell): return IsolatingInterval(lower: cell.lower, upper: cell.upper)
      }
    }
  }

  /// The root exactly if it is the simplest rational number in its cell (a margin at the ends left out).
  private func recognised(_ root: RootIsolation.Root) -> RootIsolation.Root {
    guard case .inside(let cell) = root else { return root }
    let margin = DyadicCell.point(1, cell.exponent - 6)
    let (lower, upper) = (cell.lower + margin, cell.upper - margin)
    let candidate = lower.read { x in
      upper.read { y in FlintEngine.Rational { fmpq_simplest_between($0, x, y) } }
    }
    let couldBeRoot =
      candidate.numerator.read { n in coefficient(0).read { fmpz_divisible($0, n) != 0 } }
      && candidate.denominator.read { d in coefficient(degree).read { fmpz_divisible($0, d) != 0 } }
    // Not to recognise a root does no harm, so a value that is too large to be computed counts as not zero.
    guard couldBeRoot, (try? evaluated(at: candidate)) == 0 else { return root }
    return .exact(candidate)
  }
}

extension FlintEngine.UnivariatePolynomial {
  /// Cost: evaluations whose number is logarithmic in the wanted bits.
  public func refined(
    _ interval: IsolatingInterval<FlintEngine.Rational>, width: FlintEngine.Rational, control: Control
  ) throws -> IsolatingInterval<FlintEngine.Rational> {
    guard width.signum() > 0 else { throw AlgebraError.domain("intervals of width \(width)") }
    let present = interval.upper - interval.lower
    guard present > width else { return interval }
    let exponent = width.numerator.bitLength - width.denominator.bitLength - 1
    let evaluator = DyadicEvaluator(self)
    guard let cell = DyadicCell(interval) else {
      throw AlgebraError.domain("the interval was not isolated by this engine")
    }
    let refinement = RootRefinement(evaluator: evaluator, control: control)
    switch recognised(try refinement.refine(cell, toExponent: exponent)) {
    case .exact(let value): return IsolatingInterval(lower: value, upper: value)
    case .inside(let part): return IsolatingInterval(lower: part.lower, upper: part.upper)
    }
  }

  public func pseudoRemainder(
    dividingBy divisor: FlintEngine.UnivariatePolynomial
  ) throws -> (remainder: FlintEngine.UnivariatePolynomial, scale: FlintEngine.Integer) {
    guard !divisor.isZero else { throw AlgebraError.divisionByZero }
    var power: UInt = 0
    let remainder = read { x in divisor.read { y in Self { fmpz_poly_pseudo_rem($0, &power, x, y) } } }
    return (remainder, try divisor.coefficient(divisor.degree).power(Int(power)))
  }
}

extension DyadicCell {
  /// `nil` unless the ends are neighbouring multiples of a power of two.
  init?(_ interval: IsolatingInterval<FlintEngine.Rational>) {
    let width = interval.upper - interval.lower
    let exponent = width.numerator.bitLength - width.denominator.bitLength
    guard DyadicCell.point(1, exponent) == width else { return nil }
    let index = interval.lower * DyadicCell.point(1, -exponent)
    guard index.isInteger else { return nil }
    self.init(index: index.numerator, exponent: exponent)
  }
}
