/// φ = √(UV − c²) − c θ with U = |u|², V = |v|², c = ⟨u, v⟩ and the angle θ of u and v, that is
/// |u| |v| (sin θ − θ cos θ), and its derivatives in (U, V, c).
struct AngularKernel<Scalar: LossScalar> {
  let value: Scalar
  /// ∂U, ∂V, ∂c.
  let gradient: [Scalar]
  /// Symmetric, 3 × 3.
  let hessian: [[Scalar]]

  /// - Precondition: u and v are not parallel; else the numbers are not finite.
  init(_ U: Scalar, _ V: Scalar, _ c: Scalar, rightAngle: Scalar) {
    let s = (U * V - c * c).root
    let (zero, one, two) = (c.integer(0), c.integer(1), c.integer(2))
    let (overU, overV, overS) = (one / (two * U), one / (two * V), one / s)
    // For every c, as s is positive.
    let theta = rightAngle - (c * overS).arcTangent
    let quarter = overS / c.integer(4)
    value = s - c * theta
    gradient = [s * overU, s * overV, zero - theta]
    let (cU, cV) = (zero - c * overU * overS, zero - c * overV * overS)
    // ∂U (s / 2U) = V / (4 U s) − s / (2 U²).
    let UU = V * overU * overS / two - two * s * overU * overU
    let VV = U * overV * overS / two - two * s * overV * overV
    hessian = [[UU, quarter, cU], [quarter, VV, cV], [cU, cV, overS]]
  }
}
