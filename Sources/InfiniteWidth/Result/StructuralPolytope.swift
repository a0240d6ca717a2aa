import Algebra
import ConvexMethod
import Strata

/// The polytope of solutions where all dependences between the extremal columns come from rational linear algebra, so
/// that no number field is needed.
///
/// The column of a ray is a rational vector. Those of a pair of antipodal directions `± e` differ by
/// `(1 + α) Z e`, which lies in the span of the rays' columns if `Z` does. All columns are taken in the metric `W` of the
/// squared error, which may make some of them vanish. If this accounts for all
/// dependences (as many columns as are left are certainly independent) the solutions are the proved masses plus combinations of
/// the relations.
struct StructuralPolytope<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Rational = Engine.Rational
  typealias Matrix = Engine.RationalMatrix

  private let optimum: SparseOptimum<Engine>
  /// Positions of the rays, with `|p|²`.
  private let rays: [(position: Int, square: Rational)]
  /// Relations between the rays' columns, each a column.
  private let relations: Matrix
  /// Antipodal pairs that are no rays.
  private let pairs: [(first: Int, second: Int)]
  /// `W Z = W · (columns of the rays) · coordinates`.
  private let coordinates: Matrix
  /// A vertex.
  private struct Vertex {
    /// The positions whose vanishing determines it.
    let zeros: [Int]
    /// Which positions carry mass.
    let support: [Bool]
  }

  private var vertices: [Vertex] = []
  /// Of the polytope; they are all in the list if it is as long.
  private(set) var vertexCount = 0

  /// The number of relations: the greatest dimension that the polytope can have.
  private var count: Int { relations.columns + pairs.count }

  private static var mostVertices: Int { 50_000 }
  private static var mostListed: Int { 500 }
  private static var mostTies: Int { 20 }

  /// - Returns: `nil` if there may be other dependences, or the balls leave a vertex open.
  init?(_ optimum: SparseOptimum<Engine>, control: Control) throws {
    self.optimum = optimum
    let (system, point) = (optimum.system, optimum.point)
    var rays: [(position: Int, square: Rational)] = []
    var columns: [Rational] = []
    for position in system.faces.indices {
      guard let ray = try RayForm(system.faces[position], of: system.division) else { continue }
      rays.append((position, ray.square))
      columns += ray.form
    }
    self.rays = rays
    let metric = system.division.problem.metric
    let matrix = try metric.applied(
      to: Matrix(rows: rays.count, columns: system.rowCount, entries: columns).transposed)
    relations = matrix.kernelBasis()
    let vanishing = try VanishingForms(system, at: point)
    var pairs: [(first: Int, second: Int)] = []
    for second in system.faces.indices where system.faces[second].dimension > 1 {
      for first in 0..<second where system.faces[first].dimension == system.faces[second].dimension {
        let areOpposite = system.faces[first].pattern == system.faces[second].pattern.negated
        if areOpposite, let sign = try vanishing.opposition(first, second),
          sign * optimum.signs[first] * optimum.signs[second] == -1
        {
          pairs.append((first, second))
        }
      }
    }
    self.pairs = pairs
    guard
      Self.hasRank(
        system.faces.count - relations.columns - pairs.count, system, point)
    else { return nil }
    if pairs.isEmpty {
      coordinates = .zero(rows: rays.count, columns: 0)
    } else {
      guard let solution = try Self.solve(matrix, metric.applied(to: system.division.vectors)) else {
        return nil
      }
      coordinates = solution
    }
    guard try findVertices(control) else { return nil }
  }

  /// Whether the extremal columns have at least this rank: the support's and some others are certainly independent.
  private static func hasRank(
    _ rank: Int, _ system: StratumSystem<Engine>, _ point: CriticalPoint<Engine>
  ) -> Bool {
    var chosen = point.support
    for position in system.faces.indices where chosen.count < rank && !chosen.contains(position) {
      // ⟨K_l r, K_m r⟩ = ⟨q_l, C_lm q_m⟩.
      let trial = chosen + [position]
      let entries = trial.flatMap { l in
        trial.map { m in
          let block = Engine.BallMatrix(system.blocks[l][m], precision: point.precision)
          return (point.gradients[l].transposed * (block * point.gradients[m]))[0, 0]
        }
      }
      let gram = Engine.BallMatrix(rows: trial.count, columns: trial.count, entries: entries)
      if gram.solve(.identity(trial.count, precision: point.precision)) != nil { chosen = trial }
    }
    return chosen.count == rank
  }

  /// One solution of `matrix · X = right`; `nil` if there is none.
  private static func solve(_ matrix: Matrix, _ right: Matrix) throws -> Matrix? {
    var joined = Matrix.zero(rows: matrix.rows, columns: matrix.columns + right.columns)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { joined[row, column] = matrix[row, column] }
      for column in 0..<right.columns { joined[row, matrix.columns + column] = right[row, column] }
    }
    let (form, pivots) = joined.reducedRowEchelonForm()
    guard pivots.allSatisfy({ $0 < matrix.columns }) else { return nil }
    var solution = Matrix.zero(rows: matrix.columns, columns: right.columns)
    for (row, pivot) in pivots.enumerated() {
      for column in 0..<right.columns { solution[pivot, column] = form[row, matrix.columns + column] }
    }
    return solution
  }

  /// The change of every mass along every relation, one row for each extremal direction.
  private func changes(at point: CriticalPoint<Engine>) -> [[Ball]] {
    let precision = point.precision
    let zero = Ball(0.0, precision: precision)
    var changes = optimum.system.faces.map { _ in [Ball](repeating: zero, count: count) }
    let ridge = Ball(optimum.system.ridge, precision: precision)
    let slope = Ball(Rational(1) + optimum.division.problem.activation.slope, precision: precision)
    for (index, ray) in rays.enumerated() {
      // The column is |p| times that of the unit direction.
      let length = Ball(ray.square, precision: precision).squareRoot(clampingAtZero: false)
      let scale = optimum.signs[ray.position] > 0 ? length : -length
      for relation in 0..<relations.columns {
        changes[ray.position][relation] = Ball(relations[index, relation], precision: precision) * scale
      }
      for (number, pair) in pairs.enumerated() {
        // Φ(e) − Φ(−e) = (1 + α) Z e with e = s q / λ.
        var sum = zero
        for column in 0..<coordinates.columns {
          sum =
            sum + Ball(coordinates[index, column], precision: precision)
            * point.gradients[pair.first][column, 0]
        }
        let sign = Ball(Rational(optimum.signs[pair.first]), precision: precision)
        changes[ray.position][relations.columns + number] = -(sum * sign / ridge * slope) * scale
      }
    }
    for (number, pair) in pairs.enumerated() {
      let (first, second) = (Rational(optimum.signs[pair.first]), -Rational(optimum.signs[pair.second]))
      changes[pair.first][relations.columns + number] = Ball(first, precision: precision)
      changes[pair.second][relations.columns + number] = Ball(second, precision: precision)
    }
    return changes
  }

  private func start(_ point: CriticalPoint<Engine>) -> [Ball] {
    var masses = optimum.system.faces.map { _ in Ball(0.0, precision: point.precision) }
    for (index, position) in point.support.enumerated() { masses[position] = point.shares[index] }
    return masses
  }

  /// The masses where those at some positions vanish; `nil` if that does not determine them.
  private func masses(
    vanishingAt zeros: [Int], _ start: [Ball], _ changes: [[Ball]], precision: Int
  ) -> [Ball]? {
    guard count > 0 else { return start }
    var matrix = Engine.BallMatrix.zero(rows: count, columns: count, precision: precision)
    var right = Engine.BallMatrix.zero(rows: count, columns: 1, precision: precision)
    for (row, position) in zeros.enumerated() {
      for column in 0..<count { matrix[row, column] = changes[position][column] }
      right[row, 0] = -start[position]
    }
    guard let steps = matrix.solve(right) else { return nil }
    return start.indices.map { position in
      if zeros.contains(position) { return Ball(0.0, precision: precision) }
      return (0..<count).reduce(start[position]) { $0 + changes[position][$1] * steps[$1, 0] }
    }
  }

  /// All vertices if they are few, else some on which every mass is least or greatest; `nil` if a vertex is not certainly
  /// simple, or there are too many even to be visited.
  private mutating func findVertices(_ control: Control) throws -> Bool {
    let point = optimum.point
    let (start, changes) = (start(point), changes(at: point))
    let zeros = start.indices.filter { !point.support.contains($0) }
    guard zeros.count == count else { return false }
    let all = try SimpleVertices(
      start: start, changes: changes, first: zeros, most: Self.mostVertices, control: control)
    guard let all else { return false }
    vertexCount = all.vertices.count
    guard let listed = vertexCount <= Self.mostListed ? all.vertices : spanning(all) else { return false }
    vertices = listed.map { vertex in
      Vertex(zeros: vertex.zeros, support: start.indices.map { !vertex.zeros.contains($0) })
    }
    return true
  }

  /// Vertices among which there are, for every mass, all that may have its least and greatest value, up to vertices
  /// where it is the same.
  private func spanning(_ all: SimpleVertices) -> [SimpleVertices.Vertex]? {
    var chosen: Set<[Int]> = []
    var vertices: [SimpleVertices.Vertex] = []
    func choose(_ candidates: [SimpleVertices.Vertex]) -> Bool {
      for vertex in candidates where chosen.insert(vertex.zeros).inserted { vertices.append(vertex) }
      return candidates.count <= Self.mostTies
    }
    for position in optimum.system.faces.indices {
      let values = all.vertices.map { $0.values[position] }
      guard let least = values.min(), let greatest = values.max() else { return nil }
      func near(_ value: Double) -> [SimpleVertices.Vertex] {
        all.vertices.filter { ($0.values[position] - value).magnitude <= 4 * all.error }
      }
      let lowest = all.vertices.first { $0.zeros.contains(position) }.map { [$0] } ?? near(least)
      // The sum with a mass that changes oppositely is the same everywhere: one is greatest where the other vanishes.
      let partner = opposites[position]
      let highest =
        partner.flatMap { partner in all.vertices.first { $0.zeros.contains(partner) } }.map { [$0] }
        ?? near(greatest)
      guard choose(lowest), choose(highest) else { return nil }
    }
    return vertices.sorted { $1.zeros.lexicographicallyPrecedes($0.zeros) }
  }

  /// For an extremal direction another one whose mass changes by the opposite amount along every relation.
  private var opposites: [Int: Int] {
    var opposites: [Int: Int] = [:]
    for pair in pairs where optimum.signs[pair.first] == optimum.signs[pair.second] {
      opposites[pair.first] = pair.second
      opposites[pair.second] = pair.first
    }
    for (one, ray) in rays.enumerated() {
      for (other, second) in rays.enumerated() where second.square == ray.square && one != other {
        let sign: Rational = optimum.signs[ray.position] == optimum.signs[second.position] ? 1 : -1
        func areOpposite(_ matrix: Matrix) -> Bool {
          (0..<matrix.columns).allSatisfy { matrix[one, $0] + sign * matrix[other, $0] == 0 }
        }
        if areOpposite(relations), areOpposite(coordinates) { opposites[ray.position] = second.position }
      }
    }
    return opposites
  }

  /// For each vertex, whether a direction carries mass.
  var supports: [[Bool]] { vertices.map(\.support) }

  /// The masses at every vertex; `nil` if the precision does not suffice.
  func masses(at point: CriticalPoint<Engine>) -> [[Ball]]? {
    let (start, changes) = (start(point), changes(at: point))
    var result: [[Ball]] = []
    for vertex in vertices {
      guard
        let masses = masses(vanishingAt: vertex.zeros, start, changes, precision: point.precision)
      else { return nil }
      result.append(masses)
    }
    return result
  }

  /// At a simple vertex every relation can be followed a little.
  var dimension: Int { count }

  /// Whether all solutions are the same function of the inputs; `nil` if rational numbers do not tell.
  func isFunctionUnique() throws -> Bool? {
    for relation in 0..<relations.columns {
      guard try isZeroFunction((0..<rays.count).map { relations[$0, relation] }, linear: nil) else {
        return false
      }
    }
    // A pair's function is linear: what the rays replace it by has to be so, too.
    for axis in 0..<coordinates.columns {
      guard try isZeroFunction((0..<rays.count).map { coordinates[$0, axis] }, linear: axis) else {
        return nil
      }
    }
    return true
  }

  /// Whether `Σ_j v_j σ(⟨p_j, ·⟩)`, minus a coordinate, is the zero function (see `SolutionPolytope`).
  private func isZeroFunction(_ amplitudes: [Rational], linear axis: Int?) throws -> Bool {
    let problem = optimum.division.problem
    let (one, slope) = (Rational(1), problem.activation.slope)
    var sums: [[Rational]: Rational] = [:]
    var rest = [Rational](repeating: 0, count: problem.weightDimension)
    if let axis { rest[axis] -= 2 }
    for (ray, amplitude) in zip(rays, amplitudes) where amplitude != 0 {
      guard let form = try RayForm(optimum.system.faces[ray.position], of: optimum.division),
        let leading = form.direction.first(where: { $0 != 0 })
      else { preconditionFailure("a ray has a direction") }
      for column in rest.indices { rest[column] += (one + slope) * amplitude * form.direction[column] }
      let size = leading.magnitude
      if problem.bias, form.direction.dropLast().allSatisfy({ $0 == 0 }) {
        rest[rest.count - 1] += (one - slope) * amplitude * size
      } else {
        let line = try form.direction.map { try $0.divided(by: leading) }
        sums[line, default: 0] += amplitude * size
      }
    }
    return rest.allSatisfy { $0 == 0 } && sums.values.allSatisfy { $0 == 0 }
  }
}
