import Algebra

/// Rational numbers in the gaps between real roots.
enum RationalSamples<Engine: AlgebraEngine> {
  typealias Rational = Engine.Rational
  typealias Interval = IsolatingInterval<Rational>

  /// One number below all roots, between any two neighbours, and above; simple ones.
  static func between(roots: [Interval]) throws -> [Rational] {
    guard let first = roots.first, let last = roots.last else { return [0] }
    var samples = [Rational(first.lower.floor() - 1)]
    for (left, right) in zip(roots, roots.dropFirst()) {
      samples.append(try simplest(from: left.upper, to: right.lower))
    }
    samples.append(Rational(last.upper.floor() + 1))
    return samples
  }

  /// Isolates the roots such that there is room between neighbours.
  static func separated(_ polynomial: Engine.UnivariatePolynomial, control: Control) throws -> [Interval] {
    let part = polynomial.squarefreePart
    guard part.degree > 0 else { return [] }
    var roots = try part.isolatedRealRoots(width: nil, control: control)
    while zip(roots, roots.dropFirst()).contains(where: { $0.upper >= $1.lower }) {
      try control.check()
      roots = try roots.map { try narrowed($0, of: part, control: control) }
    }
    return roots
  }

  static func narrowed(
    _ interval: Interval, of squarefree: Engine.UnivariatePolynomial, control: Control
  ) throws -> Interval {
    if interval.isExact { return interval }
    let width = try (interval.upper - interval.lower).divided(by: 4)
    return try squarefree.refined(interval, width: width, control: control)
  }

  /// The number of roots below a number that is none.
  static func count(
    below bound: Rational, of polynomial: Engine.UnivariatePolynomial, control: Control
  ) throws -> Int {
    let part = polynomial.squarefreePart
    guard part.degree > 0 else { return 0 }
    return try part.isolatedRealRoots(width: nil, control: control).filter { root in
      var root = root
      while root.lower < bound, root.upper > bound { root = try narrowed(root, of: part, control: control) }
      return root.upper <= bound
    }.count
  }

  /// The number with the least denominator strictly between two numbers (Stern, Brocot).
  static func simplest(from lower: Rational, to upper: Rational) throws -> Rational {
    precondition(lower < upper)
    if lower < 0, upper > 0 { return 0 }
    if upper <= 0 { return try -simplest(from: -upper, to: -lower) }
    let whole = Rational(lower.floor())
    if whole + 1 < upper { return whole + 1 }
    if lower == whole {
      // Between whole and whole + 1: whole + 1/k with the least k.
      let k = try (upper - whole).inverse().floor() + 1
      return whole + (try Rational(k).inverse())
    }
    let fraction = try simplest(
      from: (upper - whole).inverse(), to: (lower - whole).inverse())
    return try whole + fraction.inverse()
  }
}
