/// The equations of the critical points that a Young subgroup fixes, along the homotopy: the gradient of
/// L = 1/4 |Σ (wᵢ − eᵢ)|² + λ/(2π) Φ in block coordinates. An unknown is a list of the coordinates and λ.
struct HomotopySystem: Sendable {
  let space: LossSpace

  var coordinates: BlockCoordinates { space.coordinates }
  /// The position of λ in the unknowns.
  var parameter: Int { coordinates.count }

  init(_ subgroup: YoungSubgroup) { space = LossSpace(subgroup) }

  private func expansion<Scalar: LossScalar>(_ unknowns: [Scalar]) -> LossExpansion<Scalar> {
    LossExpansion(space, at: Array(unknowns.dropLast()))
  }

  /// λ/(2π), and 1/(2π).
  private func factors<Scalar: LossScalar>(_ unknowns: [Scalar]) -> (angular: Scalar, rate: Scalar) {
    let lambda = unknowns[parameter]
    let rate = lambda.integer(1) / (lambda.integer(2) * lambda.halfTurn)
    return (lambda * rate, rate)
  }

  func loss<Scalar: LossScalar>(_ unknowns: [Scalar]) -> Scalar {
    let values = expansion(unknowns).values
    return values.quadratic / values.quadratic.integer(2) + factors(unknowns).angular * values.angular
  }

  func gradient<Scalar: LossScalar>(_ unknowns: [Scalar]) -> [Scalar] {
    let (factor, gradients) = (factors(unknowns).angular, expansion(unknowns).gradients)
    return zip(gradients.quadratic, gradients.angular).map { $0 / $0.integer(2) + factor * $1 }
  }

  /// The gradient and its derivatives by all unknowns, λ last.
  func linearisation<Scalar: LossScalar>(
    _ unknowns: [Scalar]
  ) -> (gradient: [Scalar], jacobian: [[Scalar]]) {
    let expansion = expansion(unknowns)
    let (factor, rate) = factors(unknowns)
    let gradients = expansion.gradients
    let gradient = zip(gradients.quadratic, gradients.angular).map { $0 / $0.integer(2) + factor * $1 }
    let hessian = Self.combined(expansion.hessians(space.fixed), factor)
    return (gradient, zip(hessian, gradients.angular).map { $0 + [rate * $1] })
  }

  /// The Hessian on an isotypic component.
  func hessian<Scalar: LossScalar>(_ component: YoungComponent, _ unknowns: [Scalar]) -> [[Scalar]] {
    Self.combined(expansion(unknowns).hessians(component), factors(unknowns).angular)
  }

  /// The number of negative eigenvalues on each isotypic component, once for each dimension of its representation;
  /// `nil` where a sign is not known.
  func negativeCounts<Scalar: LossScalar>(_ unknowns: [Scalar]) -> [Int]? {
    let (expansion, factor) = (expansion(unknowns), factors(unknowns).angular)
    var counts: [Int] = []
    for component in space.components {
      let hessian = Self.combined(expansion.hessians(component), factor)
      guard let count = LinearAlgebra.negativeCount(hessian) else { return nil }
      counts.append(count)
    }
    return counts
  }

  private static func combined<Scalar: LossScalar>(
    _ parts: (quadratic: [[Scalar]], angular: [[Scalar]]), _ factor: Scalar
  ) -> [[Scalar]] {
    zip(parts.quadratic, parts.angular).map { quadratic, angular in
      zip(quadratic, angular).map { $0 / $0.integer(2) + factor * $1 }
    }
  }

  /// The squared sine of the least angle between vectors of a pair, or the least squared length if that is less:
  /// zero where the loss is not smooth.
  func smoothness(_ unknowns: [Double]) -> Double {
    let matrix = coordinates.matrix(Array(unknowns.dropLast()))
    func product(_ left: [Double], _ right: [Double]) -> Double {
      zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return space.pairs.reduce(Double.infinity) { least, pair in
      let (first, second) = pair.pairs[0]
      let U = product(matrix[first], matrix[first])
      let V = pair.isTeacher ? 1 : product(matrix[second], matrix[second])
      let c = pair.isTeacher ? matrix[first][second] : product(matrix[first], matrix[second])
      return min(least, U, V, 1 - c * c / max(U * V, 1e-300))
    }
  }
}
