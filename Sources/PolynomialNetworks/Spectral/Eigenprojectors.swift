import Algebra

/// The different eigenvalues `t_e` of `T S` with `P_e = Σ u uᵀ` over an S-orthonormal basis of each eigenspace, in any
/// arithmetic.
struct Eigenprojectors<A: PointArithmetic> {
  let values: [A.Scalar]
  let projectors: [A.Matrix]

  /// By Lagrange: with the squarefree part χ of the characteristic polynomial and `χ_e = χ/(x − t_e)` they are
  /// `χ_e(TS) S⁻¹ / χ_e(t_e)`. Cost: k²n² products for k different eigenvalues.
  ///
  /// - Parameters:
  ///   - polynomial: χ, ascending.
  ///   - powers: `(TS)^j S⁻¹` for j below the degree of χ, symmetric.
  /// - Returns: `nil` if the precision does not suffice.
  init?(values: [A.Scalar], polynomial: [A.Rational], powers: [[[A.Rational]]], _ arithmetic: A) throws {
    var projectors: [A.Matrix] = []
    for value in values {
      // Horner's rule gives the coefficients of the quotient, and its value at t_e is χ'(t_e).
      var quotient = [arithmetic.constant(polynomial[powers.count])]
      for coefficient in polynomial[1..<powers.count].reversed() {
        let next = arithmetic.product(quotient[quotient.count - 1], value)
        quotient.append(arithmetic.sum(next, arithmetic.constant(coefficient)))
      }
      let slope = quotient.dropFirst().reduce(quotient[0]) {
        arithmetic.sum(arithmetic.product($0, value), $1)
      }
      guard let sign = try arithmetic.sign(slope), sign != 0 else { return nil }
      let weights = try quotient.reversed().map { try arithmetic.quotient($0, slope) }
      var projector = powers[0].map { $0.map { _ in arithmetic.zero } }
      for i in projector.indices {
        for j in 0...i {
          for (weight, power) in zip(weights, powers) where power[i][j] != 0 {
            projector[i][j] = arithmetic.sum(
              projector[i][j], arithmetic.product(weight, arithmetic.constant(power[i][j])))
          }
          projector[j][i] = projector[i][j]
        }
      }
      projectors.append(projector)
    }
    self.values = values
    self.projectors = projectors
  }
}

/// Eigenvalues and projectors of one spectrum, computed once in each arithmetic.
final class SpectralFrames<Engine: AlgebraEngine> {
  typealias Rational = Engine.Rational
  typealias Balls = BallArithmetic<Engine.Ball>

  private let spectrum: Spectrum<Engine>
  private let polynomial: [Rational]
  private let powers: [[[Rational]]]
  private let control: Control
  private var balls: [Int: [Engine.Ball]] = [:]
  private var frames: [Int: Eigenprojectors<Balls>?] = [:]
  private var rational: Eigenprojectors<RationalArithmetic<Rational>>?

  /// - Parameter matrix: `T S`.
  init(
    _ spectrum: Spectrum<Engine>, matrix: Engine.RationalMatrix, covariance: Engine.RationalMatrix,
    control: Control
  ) throws {
    self.spectrum = spectrum
    self.control = control
    polynomial = spectrum.characteristic.squarefreePart.coefficients.map { Rational($0) }
    var power = try covariance.inverse()
    var powers: [[[Rational]]] = []
    for _ in 1..<polynomial.count {
      powers.append((0..<power.rows).map { i in (0..<power.columns).map { power[i, $0] } })
      power = try matrix.multiplied(by: power)
    }
    self.powers = powers
  }

  /// Balls around the eigenvalues with about so many bits.
  func values(precision: Int) throws -> [Engine.Ball] {
    if let known = balls[precision] { return known }
    let found = try spectrum.balls(precision: precision, control: control)
    balls[precision] = found
    return found
  }

  /// `nil` if the precision does not suffice.
  func frame(precision: Int) throws -> Eigenprojectors<Balls>? {
    if let known = frames[precision] { return known }
    let found = try Eigenprojectors(
      values: values(precision: precision), polynomial: polynomial, powers: powers,
      Balls(precision: precision))
    frames[precision] = .some(found)
    return found
  }

  /// `nil` where not all eigenvalues are rational.
  func exact() throws -> Eigenprojectors<RationalArithmetic<Rational>>? {
    if rational == nil, let values = spectrum.rationalValues {
      rational = try Eigenprojectors(
        values: values, polynomial: polynomial, powers: powers, RationalArithmetic<Rational>())
    }
    return rational
  }
}
