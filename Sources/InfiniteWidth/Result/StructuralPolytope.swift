import Algebra
import ConvexMethod
import Strata

/// The polytope of solutions where all dependences between the extremal columns come from rational linear algebra, so
/// that no number field is needed.
///
/// The column of a ray is a rational vector. Those of a pair of antipodal directions `± e` differ by
/// `(1 + α) Z e`, which lies in the span of the rays' columns if `Z` does. If this accounts for all
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
  /// `Z = (columns of the rays) · coordinates`.
  private let coordinates: Matrix
  /// A vertex.
  private struct Vertex {
    /// The positions whose vanishing determines it.
    let zeros: [Int]
    /// Which positions carry mass.
    let support: [Bool]
  }

  private var vertices: [Vertex] = []

  /// The number of relations: the greatest dimension that the polytope can have.
  private var count: Int { relations.columns + pairs.count }

  private static var mostVertices: Int { 500 }

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
    let matrix = try Matrix(rows: rays.count, columns: system.rowCount, entries: columns).transposed
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
      guard let solution = try Self.solve(matrix, system.division.vectors) else { return nil }
      coordinates = solution
    }
    guard let vertices = try self.findVertices(control) else { return nil }
    self.vertices = vertices
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

  /// All vertices, from a simple one along the edges; `nil` if a vertex is not simple, or there are too many.
  private func findVertices(_ control: Control) throws -> [Vertex]? {
    let point = optimum.point
    let (start, changes) = (start(point), changes(at: point))
    let zeros = start.indices.filter { !point.support.contains($0) }
    let first = Vertex(zeros: zeros, support: start.indices.map { !zeros.contains($0) })
    if count == 0 { return [Vertex(zeros: [], support: first.support)] }
    guard zeros.count == count else { return nil }
    var found = [first]
    var known: Set<[Int]> = [zeros]
    var next = 0
    while next < found.count {
      try control.check()
      guard let neighbours = neighbours(of: found[next].zeros, start, changes, point.precision) else {
        return nil
      }
      for zeros in neighbours where known.insert(zeros).inserted {
        guard found.count < Self.mostVertices else { return nil }
        found.append(Vertex(zeros: zeros, support: start.indices.map { !zeros.contains($0) }))
      }
      next += 1
    }
    return found.sorted { $1.zeros.lexicographicallyPrecedes($0.zeros) }
  }

  /// The other ends of a simple vertex's edges; `nil` if one of them is not simple for certain.
  private func neighbours(
    of zeros: [Int], _ start: [Ball], _ changes: [[Ball]], _ precision: Int
  ) -> [[Int]]? {
    let matrix = Engine.BallMatrix(rows: count, columns: count, entries: zeros.flatMap { changes[$0] })
    guard let inverse = matrix.solve(.identity(count, precision: precision)),
      let masses = masses(vanishingAt: zeros, start, changes, precision: precision)
    else { return nil }
    var neighbours: [[Int]] = []
    for released in 0..<count {
      // The mass of the released direction grows, the other zeros stay.
      var best: (position: Int, length: Ball)?
      var open: [(position: Int, rate: Ball)] = []
      for position in start.indices where !zeros.contains(position) {
        var rate = Ball(0.0, precision: precision)
        for column in 0..<count { rate = rate + changes[position][column] * inverse[column, released] }
        switch rate.sign {
        case .positive, .zero: continue
        case .unknown:
          open.append((position, rate))
          continue
        case .negative: break
        }
        let length = -masses[position] / rate
        guard let other = best else {
          best = (position, length)
          continue
        }
        switch (length - other.length).sign {
        case .negative: best = (position, length)
        case .positive: continue
        case .zero, .unknown: return nil
        }
      }
      // The total mass is fixed: every edge ends.
      guard let best, open.allSatisfy({ (masses[$0.position] + $0.rate * best.length).sign == .positive })
      else { return nil }
      var next = zeros
      next[released] = best.position
      neighbours.append(next.sorted())
    }
    return neighbours
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
      if optimum.hasBias, form.direction.dropLast().allSatisfy({ $0 == 0 }) {
        rest[rest.count - 1] += (one - slope) * amplitude * size
      } else {
        let line = try form.direction.map { try $0.divided(by: leading) }
        sums[line, default: 0] += amplitude * size
      }
    }
    return rest.allSatisfy { $0 == 0 } && sums.values.allSatisfy { $0 == 0 }
  }
}
