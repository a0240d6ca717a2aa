import Algebra

/// Conjugate points: for each root θ of an irreducible (or squarefree) polynomial f one point, with the
/// coordinates `numerators[i](θ) / (denominators[i] · common(θ))`. Polynomials are lists of coefficients from
/// the constant term upwards.
public struct AlgebraicPoints: Sendable {
  public var polynomial: [WideInteger]
  public var numerators: [[WideInteger]]
  public var denominators: [WideInteger]
  public var common: [WideInteger]

  public init(
    polynomial: [WideInteger], numerators: [[WideInteger]], denominators: [WideInteger], common: [WideInteger]
  ) {
    self.polynomial = polynomial
    self.numerators = numerators
    self.denominators = denominators
    self.common = common
  }
}

extension GroebnerBasis {
  /// The degree reverse lexicographic basis of all polynomials that vanish at conjugate points.
  ///
  /// Modulo each prime the first linear relations between monomials (Möller and Buchberger, EUROCAM 1982,
  /// doi:10.1007/3-540-11607-9_3; FGLM), then Chinese remainders and rational reconstruction. Guarantee:
  /// probable. Cost: cubic in the number of points for each prime.
  ///
  /// - Throws: `Interruption`, `AlgebraError.tooLarge`.
  public init(vanishingAt points: AlgebraicPoints, control: Control = Control()) throws {
    self = try StateMonitor.run(control, stage: "ideal of points") { monitor in
      try Self.withSufficientWidth(
        order: .degreeReverseLexicographic, variableCount: points.numerators.count
      ) { layout in
        try PointLifting(points: points, layout: layout, control: control, monitor: monitor).run()
      }
    }
  }
}

private struct PointLifting {
  let points: AlgebraicPoints
  let layout: MonomialLayout
  let control: Control
  let monitor: StateMonitor

  func run() throws -> GroebnerBasis {
    var hash = WordHash()
    for list in [points.polynomial, points.denominators, points.common] + points.numerators {
      hash.append(UInt64(list.count))
      for value in list { hash.append(value) }
    }
    return try GroebnerBasis.lifted(
      layout: layout, seed: hash.seed, control: control, monitor: monitor
    ) { field in
      try modularBasis(field).map { ($0, modularBasis) }
    }
  }

  /// `nil` if the prime is unfit.
  private func modularBasis(_ field: PrimeField) throws -> [ModularPolynomial]? {
    let univariate = ModularUnivariate(field: field)
    func residues(_ list: [WideInteger]) -> [UInt32] { list.map { $0.residue(modulo: field.prime) } }
    let polynomial = residues(points.polynomial)
    guard let lead = polynomial.last, lead != 0 else { return nil }
    let scale = field.inverse(lead)
    let monic = polynomial.map { field.multiply($0, scale) }
    let common = univariate.divide(univariate.trimmed(residues(points.common)), by: monic).remainder
    guard let inverse = univariate.inverse(common, modulo: monic) else { return nil }
    var coordinates: [[UInt32]] = []
    for (numerator, denominator) in zip(points.numerators, points.denominators) {
      let denominator = denominator.residue(modulo: field.prime)
      guard denominator != 0 else { return nil }
      let factor = field.inverse(denominator)
      let reduced = univariate.divide(univariate.trimmed(residues(numerator)), by: monic).remainder
      let product = univariate.divide(univariate.multiply(reduced, inverse), by: monic).remainder
      coordinates.append(product.map { field.multiply($0, factor) })
    }
    let relations = PointRelations(modulus: monic, coordinates: coordinates, field: field, control: control)
    return try [ModularPolynomial](packing: relations.basis(), layout: layout, field: field)
  }
}
