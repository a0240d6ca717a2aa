import Algebra

/// The polytope of shares `{s ≥ 0 : Σ_l s_l K_l r = λ (y − r)}` of a local minimum, closed.
struct SharePolytope<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball

  /// In the order of the stratum's faces; at least one vertex.
  let vertices: [[Ball]]

  /// The mean of the vertices, a point in the relative interior.
  var centre: [Ball] {
    guard vertices.count > 1 else { return vertices[0] }
    let precision = vertices[0].map(\.precision).max() ?? 64
    let count = Ball(Engine.Rational(vertices.count), precision: precision)
    return vertices[0].indices.map { index in
      vertices.dropFirst().reduce(vertices[0][index]) { $0 + $1[index] } / count
    }
  }

  /// - Parameter point: the minimum's critical point at the wanted precision.
  init(of system: StratumSystem<Engine>, at point: CriticalPoint<Engine>, exact: any ExactDecision<Engine>)
    throws
  {
    guard system.faces.count > point.support.count else {
      // The support is the whole stratum, in order.
      vertices = [point.shares]
      return
    }
    guard
      let vertices = try exact.residual(of: system, at: point)?.vertices(precision: point.precision)
    else {
      throw AlgebraError.domain("dependent faces were settled by the exact stage, which has a residual")
    }
    self.vertices = vertices
  }
}
