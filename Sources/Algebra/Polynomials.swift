/// A ring `Q[x_1, …, x_v]` with named variables and a monomial order; immutable and shared by its elements.
public protocol RationalPolynomialRing: AnyObject, Sendable {
  associatedtype Element: RationalPolynomial

  /// - Parameters:
  ///   - variables: distinct names, at least one.
  ///   - order: one of the lexicographic, degree lexicographic and degree reverse lexicographic orders.
  /// - Throws: `AlgebraError.outOfRange` for repeated names, no names, or another order.
  init(variables: [String], order: MonomialOrder) throws

  var variables: [String] { get }
  var order: MonomialOrder { get }

  var zero: Element { get }
  func constant(_ value: Element.Rational) -> Element

  /// The variable with this index; traps if there is none.
  func variable(_ index: Int) -> Element

  /// The sum of the given terms; repeated monomials add.
  ///
  /// - Throws: `AlgebraError.outOfRange` for a negative exponent or one above 2⁴⁰,
  ///   `AlgebraError.shapeMismatch` for exponent vectors of the wrong length.
  func polynomial(terms: [PolynomialTerm<Element.Rational>]) throws -> Element
}

/// One term of a polynomial: an exponent for each variable, and the coefficient.
public struct PolynomialTerm<Coefficient: Sendable & Hashable>: Hashable, Sendable {
  public var exponents: [Int]
  public var coefficient: Coefficient

  public init(exponents: [Int], coefficient: Coefficient) {
    self.exponents = exponents
    self.coefficient = coefficient
  }
}

/// A multivariate polynomial with rational coefficients, with value semantics. It knows its ring; operations
/// on elements of different rings throw. Two rings are the same iff variables and order are.
public protocol RationalPolynomial: Hashable, Sendable, CustomStringConvertible {
  associatedtype Ring: RationalPolynomialRing
  associatedtype Integer: ExactInteger
  associatedtype Rational: ExactRational where Rational.Integer == Integer

  var ring: Ring { get }
  var isZero: Bool { get }
  var termCount: Int { get }

  /// The total degree; −1 for zero.
  var totalDegree: Int { get }

  /// The degree in one variable; −1 for zero.
  func degree(in variable: Int) -> Int

  /// All terms, the leading one first.
  var terms: [PolynomialTerm<Rational>] { get }

  /// The first of `terms`, `nil` for zero.
  var leadingTerm: PolynomialTerm<Rational>? { get }

  /// - Throws: `AlgebraError.ringMismatch`.
  func adding(_ other: Self) throws -> Self
  /// - Throws: `AlgebraError.ringMismatch`.
  func subtracting(_ other: Self) throws -> Self
  /// - Throws: `AlgebraError.ringMismatch`, `AlgebraError.tooLarge` if an exponent would pass 2⁴⁰.
  func multiplied(by other: Self) throws -> Self
  func scaled(by factor: Rational) -> Self
  var negated: Self { get }

  /// - Throws: `AlgebraError.outOfRange` for a negative exponent, `AlgebraError.tooLarge`.
  func power(_ exponent: Int) throws -> Self

  /// The quotient, which must be exact.
  ///
  /// - Throws: `AlgebraError.divisionByZero`, `.inexactDivision`, `.ringMismatch`.
  func dividedExactly(by divisor: Self) throws -> Self

  /// Quotients and remainder of multivariate division by the list, in its order: no term of the remainder is
  /// divisible by a leading monomial of a divisor.
  ///
  /// - Throws: `AlgebraError.divisionByZero` if a divisor is zero, `.ringMismatch`.
  func quotientsAndRemainder(dividingBy divisors: [Self]) throws -> (quotients: [Self], remainder: Self)

  /// The monic greatest common divisor; zero iff both are zero.
  ///
  /// - Throws: `AlgebraError.ringMismatch`; `AlgebraError.tooLarge` where the backend gives up.
  func greatestCommonDivisor(with other: Self) throws -> Self

  /// The factorisation into a rational unit and irreducible primitive factors over Q with integer
  /// coefficients and positive leading coefficient, sorted by degree, number of terms, then text.
  ///
  /// - Throws: `AlgebraError.domain` for zero; `AlgebraError.tooLarge` where the backend gives up.
  func factored() throws -> PolynomialFactorisation<Self, Rational>

  /// Like `factored()`, into pairwise coprime squarefree factors, sorted by multiplicity.
  func squarefreeFactored() throws -> PolynomialFactorisation<Self, Rational>

  func derivative(in variable: Int) -> Self

  /// The value at a point with one coordinate for each variable.
  ///
  /// - Throws: `AlgebraError.shapeMismatch`, `AlgebraError.tooLarge`.
  func evaluated(at point: [Rational]) throws -> Rational

  /// Replaces every variable by a polynomial (of any common ring).
  ///
  /// - Throws: `AlgebraError.shapeMismatch`, `.ringMismatch`, `.tooLarge`.
  func substituted(_ images: [Self], into ring: Ring) throws -> Self

  /// The multiple with coprime integer coefficients and positive leading coefficient; zero for zero.
  var primitivePart: Self { get }
}

/// A univariate polynomial with integer coefficients, with value semantics.
public protocol IntegerPolynomial: Hashable, Sendable, CustomStringConvertible {
  associatedtype Integer: ExactInteger
  associatedtype Rational: ExactRational where Rational.Integer == Integer

  /// The coefficients from the constant term upwards; zeros at the end are dropped.
  init(coefficients: [Integer])
  var coefficients: [Integer] { get }

  /// −1 for zero.
  var degree: Int { get }
  var isZero: Bool { get }

  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static prefix func - (polynomial: Self) -> Self

  var derivative: Self { get }

  /// Content removed, leading coefficient positive; zero for zero.
  var primitivePart: Self { get }

  /// The primitive greatest common divisor with positive leading coefficient; zero iff both are zero.
  func greatestCommonDivisor(with other: Self) -> Self

  /// The quotient, which must be exact.
  ///
  /// - Throws: `AlgebraError.divisionByZero`, `.inexactDivision`.
  func dividedExactly(by divisor: Self) throws -> Self

  /// The primitive product of the distinct irreducible factors; zero for zero, one for constants.
  var squarefreePart: Self { get }

  /// Irreducible primitive factors with positive leading coefficients, sorted by degree, then coefficients
  /// from the leading one down; the unit carries sign and content.
  ///
  /// - Throws: `AlgebraError.domain` for zero.
  func factored() throws -> PolynomialFactorisation<Self, Integer>

  func evaluated(at point: Rational) throws -> Rational

  /// Disjoint isolating intervals for all real roots, in increasing order, multiplicities not counted.
  ///
  /// An interval is either a single rational number that is a root, or open with rational end points that
  /// are no roots and exactly one root inside. Guarantee: proved, for any input.
  ///
  /// - Parameters:
  ///   - width: intervals are at most this wide if it is given (positive).
  ///   - control: polled, so that long computations can be stopped.
  /// - Throws: `AlgebraError.domain` for the zero polynomial or a width that is not positive; `Interruption`.
  func isolatedRealRoots(width: Rational?, control: Control) throws -> [IsolatingInterval<Rational>]

  /// A narrower interval around the root in one of `isolatedRealRoots`, of a squarefree polynomial.
  ///
  /// - Throws: `AlgebraError.domain` for a width that is not positive; `Interruption`.
  func refined(
    _ interval: IsolatingInterval<Rational>, width: Rational, control: Control
  ) throws -> IsolatingInterval<Rational>

  /// The remainder of `scale · self` divided by the divisor over the integers; the scale is a power of the
  /// divisor's leading coefficient.
  ///
  /// - Throws: `AlgebraError.divisionByZero`.
  func pseudoRemainder(dividingBy divisor: Self) throws -> (remainder: Self, scale: Integer)
}

extension IntegerPolynomial {
  /// `isolatedRealRoots(width:control:)` without any limits.
  public func isolatedRealRoots(width: Rational?) throws -> [IsolatingInterval<Rational>] {
    try isolatedRealRoots(width: width, control: Control())
  }
}

/// An interval that contains exactly one real root of a polynomial.
public struct IsolatingInterval<Rational: ExactRational>: Hashable, Sendable {
  public let lower: Rational
  /// Equal to `lower` iff the root is this rational number; otherwise the interval is open.
  public let upper: Rational

  public var isExact: Bool { lower == upper }

  public init(lower: Rational, upper: Rational) {
    precondition(lower <= upper)
    self.lower = lower
    self.upper = upper
  }
}
