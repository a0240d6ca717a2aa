import Algebra

/// The points of a radical zero-dimensional ideal over Q, one for each root θ of a squarefree polynomial w:
/// the last coordinate is θ, and `x_i = numerators[i](θ) / (denominators[i] · w'(θ))`.
///
/// Rouillier (AAECC 9, 1999, doi:10.1007/s002000050114). Polynomials are lists of coefficients from the
/// constant term upwards.
public struct RationalParametrisation: Hashable, Sendable {
  /// w: primitive, with positive leading coefficient.
  public let minimalPolynomial: [WideInteger]
  /// One for each variable but the last, each with as many coefficients as the degree of w.
  public let numerators: [[WideInteger]]
  /// Positive, and as small as possible.
  public let denominators: [WideInteger]
}

extension GroebnerBasis {
  /// The monomials outside of the leading ideal, ascending; `nil` if there are infinitely many.
  ///
  /// - Throws: `AlgebraError.tooLarge` above `limit` monomials.
  public func standardMonomials(limit: Int = 20_000) throws -> [[UInt32]]? {
    try QuotientAlgebra.standardMonomials(
      leadingExponents: leadingExponents, variableCount: variableCount, order: order, limit: limit)
  }

  /// The standard monomials of an ideal over Q of dimension zero.
  func finiteStandardMonomials() throws -> [[UInt32]] {
    guard characteristic == 0 else { throw AlgebraError.domain("the basis is not over Q") }
    guard let standard = try standardMonomials() else {
      throw AlgebraError.domain("the ideal has positive dimension")
    }
    guard !standard.isEmpty else { throw AlgebraError.domain("the unit ideal has no points") }
    return standard
  }

  /// The parametrisation of the zeros by the last variable, or `nil` if that variable does not generate the
  /// quotient ring or the ideal is not radical (both decided modulo a prime).
  ///
  /// Over Q from many primes: linear recurrences (Faugère and Mou, J. Symb. Comp. 80, 2017,
  /// doi:10.1016/j.jsc.2016.07.025), Chinese remainders, rational reconstruction. Guarantee: probable. Cost:
  /// for each prime quadratic in the dimension times the number of rows that are no monomials.
  ///
  /// - Throws: `AlgebraError.domain` over a prime field, for positive dimension and for the unit ideal;
  ///   `.tooLarge`; `Interruption`.
  public func parametrisation<Engine: AlgebraEngine>(
    engine: Engine.Type, control: Control = Control()
  ) throws -> RationalParametrisation? {
    let standard = try finiteStandardMonomials()
    return try StateMonitor.run(control, stage: "parametrisation") { monitor in
      let n = variableCount
      let last = SparsePolynomial(
        variableCount: n, exponents: (0..<n).map { $0 == n - 1 ? 1 : 0 }, coefficients: [WideInteger(1)])
      let source: any MomentSource =
        BasisMoments(self, standardMonomials: standard, control: control)
        ?? ReducedMoments(
          self, standardMonomials: standard, element: last, coordinates: Array(0..<n - 1), control: control)
      return try ParametrisationLifting<Engine>(source: source, control: control, monitor: monitor)
        .lift(dimension: standard.count)
    }
  }

  /// The same for generators whose basis over Q is not known: modulo every prime the basis is computed anew,
  /// following a trace, and only the parametrisation is lifted.
  ///
  /// Much faster where the basis has greater coefficients than the parametrisation, as after a change of
  /// coordinates. Guarantee: probable.
  ///
  /// - Throws: as `parametrisation(engine:control:)`.
  public static func parametrisation<Engine: AlgebraEngine>(
    ofZerosOf generators: [SparsePolynomial<WideInteger>], variableCount: Int, engine: Engine.Type,
    control: Control = Control()
  ) throws -> RationalParametrisation? {
    try validate(generators, variableCount, 0, .degreeReverseLexicographic)
    return try StateMonitor.run(control, stage: "parametrisation") { monitor in
      try withSufficientWidth(order: .degreeReverseLexicographic, variableCount: variableCount) { layout in
        let system = try IntegerSystem(generators, layout: layout)
        let seed = system.seed
        var supply = PrimeSupply(seed: seed, attempt: control.attempt)
        while true {
          try control.check()
          let traced = try TracedSystem.solving(system, supply: &supply, control: control, monitor: monitor)
          guard let traced else { continue }
          let modular = GroebnerBasis(
            characteristic: traced.field.prime, guarantee: .probable, primeCount: 1,
            packed: traced.packedReference, seed: seed)
          guard let standard = try modular.standardMonomials(), !standard.isEmpty else {
            throw AlgebraError.domain("the dimension is not zero")
          }
          guard let source = TracedMoments(traced, standardMonomials: standard, control: control) else {
            // Products have to be reduced: by a basis over Q.
            return try GroebnerBasis(of: generators, variableCount: variableCount, control: control)
              .parametrisation(engine: engine, control: control)
          }
          return try ParametrisationLifting<Engine>(source: source, control: control, monitor: monitor)
            .lift(dimension: standard.count)
        }
      }
    }
  }

  /// The primitive minimal polynomial over Q of a polynomial modulo the ideal, which has dimension zero.
  ///
  /// Guarantee: probable. Cost: as `parametrisation`, times the degree and the number of terms of the element.
  ///
  /// - Throws: as `parametrisation`, `AlgebraError.shapeMismatch`.
  public func minimalPolynomial<Engine: AlgebraEngine>(
    of element: SparsePolynomial<WideInteger>, engine: Engine.Type, control: Control = Control()
  ) throws -> [WideInteger] {
    try Self.validate([element], variableCount, characteristic, order)
    let standard = try finiteStandardMonomials()
    return try StateMonitor.run(control, stage: "parametrisation") { monitor in
      let source = ReducedMoments(
        self, standardMonomials: standard, element: element, coordinates: [], control: control)
      let lifting = ParametrisationLifting<Engine>(source: source, control: control, monitor: monitor)
      guard let lifted = try lifting.lift(accepting: { _ in true }) else {
        preconditionFailure("every minimal polynomial was accepted")
      }
      return lifted.minimalPolynomial
    }
  }
}

extension ParametrisationLifting {
  /// `nil` unless the element generates the quotient ring and the ideal is radical, modulo the first prime.
  fileprivate func lift(dimension: Int) throws -> RationalParametrisation? {
    try lift { $0.minimalPolynomial.count == dimension + 1 && $0.isSquarefree == true }
  }
}
