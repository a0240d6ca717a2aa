import Algebra
import ConvexMethod
import RealSolving

/// All optimal measures: `{c ≥ 0 : Σ_f c_f W K_f r = λ (W y − r)}` over the extremal faces, with the metric `W` of the
/// squared error.
struct SolutionPolytope<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Element = NumberField<Engine>.Element

  /// How the vertices are known.
  private enum Vertices {
    /// The only one is the proved point.
    case point
    case structural(StructuralPolytope<Engine>)
    case exact(ExactResidual<Engine>.Block, [[Element]])
  }

  /// Of a field in which the vertices are looked for.
  private static var greatestDegree: Int { 8 }

  private let optimum: SparseOptimum<Engine>
  private let vertices: Vertices
  /// Of the polytope.
  let dimension: Int

  /// - Returns: `nil` if the polytope is not known: some extremal directions carry no mass in the proved point, and
  ///   no exact description of the residual is within reach.
  init?(_ optimum: SparseOptimum<Engine>, exact: BoundedExactDecision<Engine>, control: Control) throws {
    self.optimum = optimum
    let (system, point) = (optimum.system, optimum.point)
    if point.support.count == system.faces.count || optimum.isZero {
      vertices = .point
      dimension = 0
      return
    }
    if let structural = try StructuralPolytope(optimum, control: control) {
      vertices = .structural(structural)
      dimension = structural.dimension
      return
    }
    guard let block = try exact.block(of: system, at: point), block.field.degree <= Self.greatestDegree
    else { return nil }
    let found = try block.polytope(
      ofImages: system.faces.map { try block.image(of: $0, in: optimum.division) },
      division: optimum.division, control: control)
    vertices = .exact(block, found.vertices)
    dimension = try Self.affineDimension(found.vertices, in: block.field, control: control)
  }

  /// Only the proved point, for numbers that are the same for all solutions.
  init(onlyPointOf optimum: SparseOptimum<Engine>) {
    self.optimum = optimum
    vertices = .point
    dimension = 0
  }

  private static func affineDimension(
    _ vertices: [[Element]], in field: NumberField<Engine>, control: Control
  ) throws -> Int {
    guard let first = vertices.first, vertices.count > 1 else { return 0 }
    let differences = vertices.dropFirst().map { zip($0, first).map { field.subtract($0, $1) } }
    return try field.spans(differences, [], control: control).rank
  }

  /// The number of vertices.
  var vertexCount: Int {
    if case .structural(let polytope) = vertices { return polytope.vertexCount }
    return supports.count
  }

  /// For each vertex, whether a face carries mass; if there are very many, for some of them, on which every mass has its
  /// least and its greatest value, and one has the fewest atoms.
  var supports: [[Bool]] {
    switch vertices {
    case .point:
      [optimum.system.faces.indices.map { optimum.point.support.contains($0) }]
    case .structural(let polytope): polytope.supports
    case .exact(_, let list): list.map { $0.map { !$0.isZero } }
    }
  }

  /// The masses at these vertices, at the precision of a refined point; `nil` if it does not suffice.
  func masses(at point: CriticalPoint<Engine>) throws -> [[Ball]]? {
    switch vertices {
    case .point:
      var masses = optimum.system.faces.map { _ in Ball(0.0, precision: point.precision) }
      for (index, position) in point.support.enumerated() { masses[position] = point.shares[index] }
      return [masses]
    case .structural(let polytope): return polytope.masses(at: point)
    case .exact(let block, let list):
      return try list.map { try $0.map { try block.field.ball($0, precision: point.precision) } }
    }
  }

  /// Whether all solutions are the same function of the inputs; `nil` if that is not within reach.
  ///
  /// With `σ(t) = (1 + α)/2 · t + (1 − α)/2 · |t|` a difference `d` of two solutions is the zero function iff on every
  /// line `± e` of directions the sum of its amplitudes vanishes (the functions `|⟨e, z⟩|` of different lines are
  /// independent, but that of the bias alone is a constant), and so does what is left, which is linear.
  func isFunctionUnique() throws -> Bool? {
    if case .structural(let polytope) = vertices { return try polytope.isFunctionUnique() }
    guard case .exact(let block, let list) = vertices, list.count > 1 else { return true }
    let (field, problem) = (block.field, optimum.division.problem)
    // λ u of every extremal direction.
    let directions = try optimum.system.faces.indices.map { position in
      block.gradient(try optimum.system.design(position)).map {
        field.scale($0, by: Engine.Rational(optimum.signs[position]))
      }
    }
    let lines = Self.lines(directions, field)
    let isConstant = directions.map { problem.bias && $0.dropLast().allSatisfy(\.isZero) }
    let one: Engine.Rational = 1
    for vertex in list.dropFirst() {
      let difference = vertex.indices.map {
        field.scale(field.subtract(vertex[$0], list[0][$0]), by: Engine.Rational(optimum.signs[$0]))
      }
      var linear = directions[0].map { _ in field.zero }
      for line in lines {
        let sum = line.reduce(field.zero) { field.add($0, difference[$1]) }
        if isConstant[line[0]] {
          let bias = field.scale(sum, by: (one - problem.activation.slope) * problem.ridge)
          linear[linear.count - 1] = field.add(linear[linear.count - 1], bias)
        } else if !sum.isZero {
          return false
        }
      }
      for (direction, amplitude) in zip(directions, difference) {
        for column in linear.indices {
          let product = field.multiply(direction[column], amplitude)
          linear[column] = field.add(
            linear[column], field.scale(product, by: one + problem.activation.slope))
        }
      }
      guard linear.allSatisfy(\.isZero) else { return false }
    }
    return true
  }

  /// Positions of equal or opposite directions.
  private static func lines(_ directions: [[Element]], _ field: NumberField<Engine>) -> [[Int]] {
    var lines: [[Int]] = []
    for (position, direction) in directions.enumerated() {
      let opposite = direction.map { field.scale($0, by: -1) }
      if let line = lines.firstIndex(where: {
        directions[$0[0]] == direction || directions[$0[0]] == opposite
      }) {
        lines[line].append(position)
      } else {
        lines.append([position])
      }
    }
    return lines
  }

  /// The masses at the vertices, in the residual's field.
  func exactSolutions(_ block: ExactResidual<Engine>.Block, control: Control) throws -> [[Element]] {
    try block.polytope(
      ofImages: optimum.system.faces.map { try block.image(of: $0, in: optimum.division) },
      division: optimum.division, control: control
    ).vertices
  }
}

extension SparseOptimum {
  /// Whether the zero measure is optimal.
  var isZero: Bool { point.support.isEmpty }
}
