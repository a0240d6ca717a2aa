import Algebra

/// Exact linear forms in the residual that decide a stratum.
extension Division {
  /// The vector `P_f z_row`, by which `⟨q_f, z_row⟩ = ⟨M_f P_f z_row, r⟩`.
  package func projectedVector(at row: Int, on face: UnitFace<Engine>) -> [Rational] {
    let projector = arrangement.flats[face.flat].projector
    let size = problem.weightDimension
    return (0..<size).map { i in
      (0..<size).reduce(Rational(0)) { $0 + projector[i, $1] * vectors[row, $1] }
    }
  }

  /// The coefficients of `⟨q_f, z_row⟩` as a linear form in the residual, length `n`.
  package func wallForm(at row: Int, on face: UnitFace<Engine>) -> [Rational] {
    let direction = projectedVector(at: row, on: face)
    return (0..<problem.rowCount).map { i in
      face.slope(at: i, problem.activation) * product(row: i, direction)
    }
  }

  /// Whether `⟨q_f, z_row⟩` vanishes for every residual.
  package func formVanishes(at row: Int, on face: UnitFace<Engine>) throws -> Bool {
    try problem.metric.applied(to: wallForm(at: row, on: face)).allSatisfy { $0 == 0 }
  }

  /// The one-sided derivative of the dual certificate `η` at a point of the face in the direction `v` (in the
  /// span of the `z_i` on whose hyperplanes the face lies), as a linear form in the residual, length `n`:
  /// `Σ_{i ∉ Z} e_i ⟨v, z_i⟩ r_i + Σ_{i ∈ Z} σ(⟨v, z_i⟩) r_i`. Mathematics: φ_l(v) = −σ_l times this.
  package func kinkForm(_ direction: [Rational], on face: UnitFace<Engine>) -> [Rational] {
    guard let signs = face.signs else { return [] }
    return (0..<problem.rowCount).map { i in
      if signs[i] == 0 { return kinkCoefficient(direction, row: i) }
      return problem.activation.slope(atSign: signs[i]) * product(row: i, direction)
    }
  }

  /// `σ(⟨v, z_row⟩)`.
  package func kinkCoefficient(_ direction: [Rational], row: Int) -> Rational {
    let value = product(row: row, direction)
    return problem.activation.slope(atSign: value.signum()) * value
  }

  private func product(row: Int, _ direction: [Rational]) -> Rational {
    var sum = Rational(0)
    for (column, coefficient) in direction.enumerated() where coefficient != 0 {
      sum += vectors[row, column] * coefficient
    }
    return sum
  }
}
