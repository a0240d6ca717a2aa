extension RootIsolatingEngine {
  package typealias Interval = IsolatingInterval<Rational>

  /// What `IntegerPolynomial.isolatedRealRoots(width:control:)` promises.
  ///
  /// Cost: see `RootIsolation`; each root then takes a number of evaluations that is logarithmic in the number of
  /// bits that `width` asks for.
  package static func isolatedRealRoots(
    of polynomial: UnivariatePolynomial, width: Rational?, control: Control
  ) throws -> [Interval] {
    guard !polynomial.isZero else { throw AlgebraError.domain("the roots of the zero polynomial") }
    if let width, width.signum() <= 0 { throw AlgebraError.domain("intervals of width \(width)") }
    let part = polynomial.squarefreePart
    let coefficients = part.coefficients
    let hasRootAtZero = coefficients[0] == 0
    let rest = hasRootAtZero ? UnivariatePolynomial(coefficients: Array(coefficients.dropFirst())) : part
    var intervals = try isolatedNonzeroRealRoots(of: rest, width: width, control: control)
    if hasRootAtZero {
      let place = intervals.firstIndex { $0.lower >= 0 } ?? intervals.count
      intervals.insert(Interval(lower: 0, upper: 0), at: place)
    }
    return intervals
  }

  /// The roots of a squarefree polynomial that is not zero at 0.
  private static func isolatedNonzeroRealRoots(
    of polynomial: UnivariatePolynomial, width: Rational?, control: Control
  ) throws -> [Interval] {
    guard polynomial.degree > 1 else {
      guard polynomial.degree == 1 else { return [] }
      let coefficients = polynomial.coefficients
      let root = try Rational(numerator: -coefficients[0], denominator: coefficients[1])
      return [Interval(lower: root, upper: root)]
    }
    let evaluator = DyadicEvaluator<Self>(polynomial)
    let refinement = RootRefinement(evaluator: evaluator, control: control)
    var isolation = RootIsolation<Self>(polynomial, evaluator: evaluator, control: control)
    let exponent = width.map(exponentOfWidth)
    return try isolation.isolate().map { root in
      var root = recognised(root, of: polynomial)
      if case .inside(let cell) = root, let exponent, cell.exponent > exponent {
        root = recognised(try refinement.refine(cell, toExponent: exponent), of: polynomial)
      }
      return interval(root)
    }
  }

  /// What `IntegerPolynomial.refined(_:width:control:)` promises. Cost: evaluations whose number is logarithmic in
  /// the wanted bits.
  package static func refined(
    _ interval: Interval, of polynomial: UnivariatePolynomial, width: Rational, control: Control
  ) throws -> Interval {
    guard width.signum() > 0 else { throw AlgebraError.domain("intervals of width \(width)") }
    guard interval.upper - interval.lower > width else { return interval }
    guard let cell = DyadicCell<Self>(interval) else {
      throw AlgebraError.domain("the interval was not isolated by this engine")
    }
    let refinement = RootRefinement(evaluator: DyadicEvaluator<Self>(polynomial), control: control)
    let root = try refinement.refine(cell, toExponent: exponentOfWidth(width))
    return self.interval(recognised(root, of: polynomial))
  }

  /// That of the greatest power of two which surely is not above the width.
  private static func exponentOfWidth(_ width: Rational) -> Int {
    width.numerator.bitLength - width.denominator.bitLength - 1
  }

  private static func interval(_ root: RootIsolation<Self>.Root) -> Interval {
    switch root {
    case .exact(let value): Interval(lower: value, upper: value)
    case .inside(let cell): Interval(lower: cell.lower, upper: cell.upper)
    }
  }

  /// The root exactly if it is the simplest rational number in its cell (a margin at the ends left out).
  private static func recognised(
    _ root: RootIsolation<Self>.Root, of polynomial: UnivariatePolynomial
  ) -> RootIsolation<Self>.Root {
    guard case .inside(let cell) = root else { return root }
    let margin = dyadic(1, exponent: cell.exponent - 6)
    let candidate = simplestRational(from: cell.lower + margin, to: cell.upper - margin)
    let coefficients = polynomial.coefficients
    let couldBeRoot =
      candidate.numerator != 0 && divides(candidate.numerator, coefficients[0])
      && divides(candidate.denominator, coefficients[coefficients.count - 1])
    // Not to recognise a root does no harm, so a value that is too large to be computed counts as not zero.
    guard couldBeRoot, (try? polynomial.evaluated(at: candidate)) == 0 else { return root }
    return .exact(candidate)
  }

  private static func divides(_ divisor: Integer, _ dividend: Integer) -> Bool {
    (try? dividend.quotientAndRemainder(dividingBy: divisor).remainder) == 0
  }
}
