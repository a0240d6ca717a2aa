import Algebra

/// The polytope of shares `{s ≥ 0 : Σ_l s_l W K_l r = λ (W y − r)}` of a local minimum, closed.
package struct SharePolytope<Engine: AlgebraEngine> {
  package typealias Ball = Engine.Ball

  /// In the order of the stratum's faces; at least one vertex.
  package let vertices: [[Ball]]

  /// The mean of the vertices, a point in the relative interior.
  package var centre: [Ball] {
    guard vertices.count > 1 else { return vertices[0] }
    let precision = vertices[0].map(\.precision).max() ?? 64
    let count = Ball(Engine.Rational(vertices.count), precision: precision)
    return vertices[0].indices.map { index in
      vertices.dropFirst().reduce(vertices[0][index]) { $0 + $1[index] } / count
    }
  }

  /// - Parameter point: the minimum's critical point at the wanted precision.
  package init(
    of system: StratumSystem<Engine>, at point: CriticalPoint<Engine>, exact: ExactDecision<Engine>
  )
    throws
  {
    guard system.faces.count > point.support.count else {
      // The support is the whole stratum, in order.
      vertices = [point.shares]
      return
    }
    let ties = system.faces.indices.filter { !point.support.contains($0) }
    let vertices = try exact.decide(
      system, at: point, suspects: ties.map { .attains(system.faces[$0]) }
    ) { residual in
      try residual.sharing()?.vertices.map { vertex in
        try vertex.map { try $0.field.ball($0.value, precision: point.precision) }
      }
    }
    guard let vertices else {
      throw AlgebraError.domain("dependent faces were settled by the exact stage, which has a residual")
    }
    self.vertices = vertices
  }
}
