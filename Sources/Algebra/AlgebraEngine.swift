/// A backend for exact and certified arithmetic.
///
/// Everything above the backends is generic over one of these (or needs none). The protocol is *coarse*: a
/// call handles a whole polynomial, matrix or vector, because generics are not specialised across modules
/// and scalars must not cross a module in a hot loop. An engine is a namespace: it has no state and is never
/// instantiated.
///
/// Two engines must agree on every exact value, and on every ball up to its radius; the conformance suite in
/// the tests states the laws.
public protocol AlgebraEngine: Sendable {
  associatedtype Integer: ExactInteger
  associatedtype Rational: ExactRational where Rational.Integer == Integer
  associatedtype RationalMatrix: ExactMatrix where RationalMatrix.Rational == Rational
  associatedtype Ball: RealBall where Ball.Rational == Rational
  associatedtype BallMatrix: RealBallMatrix
  where BallMatrix.Ball == Ball, BallMatrix.RationalMatrix == RationalMatrix
  associatedtype UnivariatePolynomial: IntegerPolynomial
  where UnivariatePolynomial.Integer == Integer, UnivariatePolynomial.Rational == Rational
  associatedtype PolynomialRing: RationalPolynomialRing
  where PolynomialRing.Element == Polynomial
  associatedtype Polynomial: RationalPolynomial
  where Polynomial.Ring == PolynomialRing, Polynomial.Rational == Rational, Polynomial.Integer == Integer

  /// The name by which users choose the engine, `flint` or `swift`.
  static var name: String { get }

  /// Names and versions of the libraries behind the engine, as found at run time.
  static var versions: [String: String] { get }

  /// Checks that the libraries at run time fit the headers that the engine was compiled with.
  ///
  /// - Throws: `AlgebraError.domain` naming both versions where they do not fit.
  static func checkLibraries() throws

  /// Prepares the current thread, and arranges that what the backend caches for it is released when the
  /// thread ends. Cheap after the first call on a thread. Drivers call it at the start of every work item.
  static func prepareThread()

  /// The values of polynomials at a ball, at its precision.
  static func evaluate(_ polynomials: [UnivariatePolynomial], at point: Ball) -> [Ball]

  /// What the moments of a linear form λ on a commutative algebra tell about an element θ of it, modulo a
  /// prime: Berlekamp and Massey, then one modular division for each coordinate.
  ///
  /// - Parameters:
  ///   - prime: odd, below 2³¹.
  ///   - moments: λ(θᵏ) for k below twice the degree of the minimal polynomial (or more of them).
  ///   - coordinateMoments: for each coordinate x that is a polynomial in θ, λ(x θᵏ) for at least as many k
  ///     as that degree.
  static func residueParametrisation(
    prime: UInt32, moments: [UInt32], coordinateMoments: [[UInt32]], testsSquarefree: Bool
  ) -> ResidueParametrisation
}
