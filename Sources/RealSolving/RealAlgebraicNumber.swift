import Algebra
import GroebnerBases

/// A real algebraic number: an irreducible polynomial and which of its real roots is meant.
///
/// Comparison is exact. Arithmetic finds the polynomial of the result by linear algebra modulo primes
/// (probable) and the root by intervals.
public struct RealAlgebraicNumber<Engine: AlgebraEngine>: Sendable {
  public typealias Polynomial = Engine.UnivariatePolynomial
  public typealias Interval = IsolatingInterval<Engine.Rational>

  /// Irreducible and primitive, the leading coefficient positive.
  public let minimalPolynomial: Polynomial
  /// The number of smaller real roots of the polynomial.
  public let index: Int
  /// Isolates the root.
  public let interval: Interval

  public var degree: Int { minimalPolynomial.degree }

  public init(_ value: Engine.Rational) {
    minimalPolynomial = Polynomial(coefficients: [-value.numerator, value.denominator])
    index = 0
    interval = Interval(lower: value, upper: value)
  }

  private init(minimalPolynomial: Polynomial, index: Int, interval: Interval) {
    self.minimalPolynomial = minimalPolynomial
    self.index = index
    self.interval = interval
  }

  /// The real roots of a polynomial, ascending, multiple ones once. Proved. Cost: a factorisation and an
  /// isolation.
  ///
  /// - Throws: `AlgebraError.domain` for zero; `Interruption`.
  public static func realRoots(of polynomial: Polynomial, control: Control = Control()) throws -> [Self] {
    var roots: [Self] = []
    for factor in try polynomial.factored().factors {
      let intervals = try factor.polynomial.isolatedRealRoots(width: nil, control: control)
      roots += intervals.enumerated().map {
        Self(minimalPolynomial: factor.polynomial, index: $0, interval: $1)
      }
    }
    // An insertion sort that asks for few comparisons of roots of the same polynomial.
    return try roots.reduce(into: []) { sorted, root in
      let place = try sorted.firstIndex { try $0.compare(root, control: control) > 0 } ?? sorted.count
      sorted.insert(root, at: place)
    }
  }

  /// The same number in a narrower interval.
  public func refined(width: Engine.Rational, control: Control = Control()) throws -> Self {
    let interval = try minimalPolynomial.refined(interval, width: width, control: control)
    return Self(minimalPolynomial: minimalPolynomial, index: index, interval: interval)
  }

  /// Refined to a quarter of the present width.
  private func halved(_ control: Control) throws -> Self {
    if interval.isExact { return self }
    let width = (interval.upper - interval.lower) * (try Engine.Rational(4).inverse())
    return try refined(width: width, control: control)
  }

  /// −1, 0 or 1. Exact: roots of different irreducible polynomials differ.
  public func compare(_ other: Self, control: Control = Control()) throws -> Int {
    if minimalPolynomial == other.minimalPolynomial {
      return index == other.index ? 0 : index < other.index ? -1 : 1
    }
    var (left, right) = (self, other)
    while true {
      try control.check()
      if left.interval.upper <= right.interval.lower { return -1 }
      if right.interval.upper <= left.interval.lower { return 1 }
      left = try left.halved(control)
      right = try right.halved(control)
    }
  }

  /// −1, 0 or 1.
  public func signum(control: Control = Control()) throws -> Int {
    try compare(Self(0), control: control)
  }
}

extension RealAlgebraicNumber {
  public func adding(_ other: Self, control: Control = Control()) throws -> Self {
    try combined(other, exponents: [1, 0, 0, 1], control) { left, right in
      (left.lower + right.lower, left.upper + right.upper)
    }
  }

  public var negated: Self {
    get throws {
      let coefficients = minimalPolynomial.coefficients.enumerated().map { $0 % 2 == 0 ? $1 : -$1 }
      let polynomial = Polynomial(coefficients: coefficients).primitivePart
      return try Self.root(of: polynomial, near: (-interval.upper, -interval.lower))
    }
  }

  public func subtracting(_ other: Self, control: Control = Control()) throws -> Self {
    try adding(other.negated, control: control)
  }

  public func multiplied(by other: Self, control: Control = Control()) throws -> Self {
    try combined(other, exponents: [1, 1], control) { left, right in
      let products = [
        left.lower * right.lower, left.lower * right.upper, left.upper * right.lower,
        left.upper * right.upper,
      ]
      return (products.min() ?? 0, products.max() ?? 0)
    }
  }

  /// - Throws: `AlgebraError.divisionByZero`.
  public func inverse(control: Control = Control()) throws -> Self {
    guard try signum(control: control) != 0 else { throw AlgebraError.divisionByZero }
    var number = self
    while number.interval.lower.signum() * number.interval.upper.signum() <= 0 {
      number = try number.halved(control)
    }
    let polynomial = Polynomial(coefficients: minimalPolynomial.coefficients.reversed()).primitivePart
    return try Self.root(
      of: polynomial, near: (number.interval.upper.inverse(), number.interval.lower.inverse()))
  }

  /// - Throws: `AlgebraError.divisionByZero`.
  public func divided(by other: Self, control: Control = Control()) throws -> Self {
    try multiplied(by: other.inverse(control: control), control: control)
  }

  /// The only root of an irreducible polynomial between two numbers.
  private static func root(
    of polynomial: Polynomial, near bounds: (lower: Engine.Rational, upper: Engine.Rational)
  ) throws -> Self {
    var roots = try polynomial.isolatedRealRoots(width: nil).enumerated().map {
      Self(minimalPolynomial: polynomial, index: $0, interval: $1)
    }
    while true {
      roots = roots.filter { $0.interval.upper >= bounds.lower && $0.interval.lower <= bounds.upper }
      if roots.count == 1 { return roots[0] }
      roots = try roots.map { try $0.halved(Control()) }
    }
  }

  /// The result of an operation that is a polynomial with the given exponent vectors and coefficients one.
  private func combined(
    _ other: Self, exponents: [UInt32], _ control: Control,
    _ enclose: (Interval, Interval) -> (lower: Engine.Rational, upper: Engine.Rational)
  ) throws -> Self {
    let equations = [self, other].enumerated().map {
      SparsePolynomial($1.minimalPolynomial, in: $0, variableCount: 2)
    }
    let basis = try GroebnerBasis(of: equations, variableCount: 2, control: control)
    let element = SparsePolynomial(
      variableCount: 2, exponents: exponents,
      coefficients: [WideInteger](repeating: WideInteger(1), count: exponents.count / 2))
    let polynomial = Polynomial(
      try basis.minimalPolynomial(of: element, engine: Engine.self, control: control))
    var candidates = try Self.realRoots(of: polynomial, control: control)
    var (left, right) = (self, other)
    while true {
      try control.check()
      let bounds = enclose(left.interval, right.interval)
      candidates = candidates.filter {
        $0.interval.upper >= bounds.lower && $0.interval.lower <= bounds.upper
      }
      if candidates.count == 1 { return candidates[0] }
      guard !candidates.isEmpty else {
        throw AlgebraError.domain("the minimal polynomial of the result is wrong")
      }
      (left, right) = (try left.halved(control), try right.halved(control))
      candidates = try candidates.map { try $0.halved(control) }
    }
  }
}

extension RealAlgebraicNumber: CustomStringConvertible {
  public var description: String {
    interval.isExact
      ? interval.lower.description
      : "root \(index + 1) of \(minimalPolynomial) near \(interval.lower.doubleValue)"
  }
}
