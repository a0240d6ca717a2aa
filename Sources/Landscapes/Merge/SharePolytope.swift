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
  init(of minimum: LocalMinimum<Engine>, at point: CriticalPoint<Engine>, exact: any ExactDecision<Engine>)
    throws
  {
    let faceCount = minimum.system.faces.count
    guard faceCount > point.support.count else {
      // The support is the whole stratum, in order.
      vertices = [point.shares]
      return
    }
    guard let residual = try exact.residual(of: minimum.system, at: point) else {
      throw AlgebraError.domain("dependent faces were settled by the exact stage, which has a residual")
    }
    let precision = point.precision
    vertices = try residual.vertices(of: minimum.system, rank: point.support.count)
      .map { try $0.map { try residual.field.ball($0, precision: precision) } }
  }
}

extension ExactResidual {
  /// The vertices of the polytope of shares: the nonnegative solutions on independent sets of faces, sorted
  /// by support.
  func vertices(of system: StratumSystem<Engine>, rank: Int) throws -> [[Element]] {
    let images = system.designs.map { image($0, of: gradient($0)) }
    let right = zip(system.division.problem.targets, residual).map { target, value in
      field.scale(field.subtract(field.constant(target), value), by: system.ridge)
    }
    guard let subsets = StratumIndex(count: images.count, maximumSize: rank) else { return [] }
    var vertices: [[Element]] = []
    for number in 0..<subsets.total {
      let basis = subsets[number]
      guard basis.count == rank else { continue }
      // Normal equations: the system is consistent, the columns independent or not.
      let matrix = basis.map { i in basis.map { j in inner(images[i], images[j]) } }
      guard let solution = try field.solve(matrix, basis.map { inner(images[$0], right) }),
        try solution.allSatisfy({ try field.sign($0) >= 0 })
      else { continue }
      var vertex = images.map { _ in field.zero }
      for (index, position) in basis.enumerated() { vertex[position] = solution[index] }
      if !vertices.contains(vertex) { vertices.append(vertex) }
    }
    return vertices
  }

  private func inner(_ left: [Element], _ right: [Element]) -> Element {
    zip(left, right).reduce(field.zero) { field.add($0, field.multiply($1.0, $1.1)) }
  }
}
