import Algebra
import GroebnerBases

extension PointSet {
  /// The irreducible or squarefree factors of the minimal polynomial with the multiplicity in the given ideal
  /// of the points that belong to each.
  ///
  /// Guarantee: probable, with the check that multiplicities sum up to the dimension of the quotient ring.
  /// Cost: nothing for a radical ideal; else one minimal polynomial and, for each factor, one basis modulo a
  /// prime.
  ///
  /// - Parameter ideal: the one that the points were made from.
  public func multiplicities(
    in ideal: Ideal<Engine>, control: Control = Control()
  ) throws -> [(factor: Engine.UnivariatePolynomial, multiplicity: Int)] {
    if isRadical { return [(minimalPolynomial, 1)] }
    let form = ideal.ring.linearForm(separatingForm)
    let minimal = Univariate(
      try ideal.basis.minimalPolynomial(of: form, engine: Engine.self, control: control))
    let factors = try minimal.factored().factors
    let generators = try ideal.withLastCoordinate(separatingForm)
    let total = try ideal.dimensionAndDegree(control: control).degree
    for prime in [2_147_483_647, 2_147_483_629, 2_147_483_587] as [UInt32] {
      let result = try factors.map { factor in
        // The power that the minimal polynomial contains, in the last variable.
        var power = factor.polynomial
        for _ in 1..<factor.multiplicity { power = power * factor.polynomial }
        let local = try GroebnerBasis(
          of: generators + [ideal.ring.univariate(power, ideal.variableCount - 1)],
          variableCount: ideal.variableCount, characteristic: prime, control: control)
        let degree = try local.hilbertSeries(control: control).degree
        return (factor: factor.polynomial, multiplicity: degree / factor.polynomial.degree)
      }
      if result.reduce(0, { $0 + $1.multiplicity * $1.factor.degree }) == total { return result }
    }
    throw AlgebraError.domain("multiplicities that do not sum up to \(total)")
  }
}
