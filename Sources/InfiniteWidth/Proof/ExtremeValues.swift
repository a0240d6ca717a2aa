import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// The greatest extreme values of functions on the sphere of directions, in exact numbers or balls.
struct ExtremeValues<Engine: AlgebraEngine> {
  let problem: ScaledProblem<Engine>
  let search: DirectionSearch<Engine>
  let control: Control

  /// `max |η_{Wy}|²`, from whose root on the zero measure is optimal; with the faces that attain it. Exact.
  func ofTargets() throws -> (square: Engine.Rational, faces: [(pattern: SignVector, sign: Int)]) {
    guard problem.targets.contains(where: { $0 != 0 }) else { return (0, []) }
    let values = try problem.metric.applied(to: problem.targets).map(\.doubleValue)
    let function = SphereFunction(
      search.rows, weights: values, uncertainty: values.reduce(0) { $0 + $1.magnitude } * 0x1p-51)
    let found = try search.candidates(
      function, .rising(from: 0, fraction: 1, below: .infinity), control: control)
    let division = try Division(problem, faces: found.candidates.map(\.signs), control: control)
    var best: (square: Engine.Rational, faces: [(pattern: SignVector, sign: Int)]) = (0, [])
    for face in division.faces {
      let gradient = try division.arrangement.flats[face.flat].projector.multiplied(
        by: division.moments.first(face))
      let square = gradient.entries.reduce(0) { $0 + $1 * $1 }
      guard square > 0, square >= best.square, let sign = try sign(of: gradient, in: face, division) else {
        continue
      }
      if square > best.square { best = (square, []) }
      best.faces.append((face.pattern, sign))
    }
    return best
  }

  /// The sign `s` with `s q` in the face.
  private func sign(
    of gradient: Engine.RationalMatrix, in face: UnitFace<Engine>, _ division: Division<Engine>
  ) throws -> Int? {
    let products = try division.vectors.multiplied(by: gradient)
    let signs = Set(face.walls.map { products[$0.row, 0].signum() * $0.sign })
    return signs.count == 1 && signs != [0] ? signs.first : nil
  }

  /// What encloses the greatest extreme value of `|η|` on faces that are not extremal; `nil` if there is none.
  func next(after optimum: SparseOptimum<Engine>) throws -> NextLargest<Engine>? {
    let residual = ApproximateResidual(optimum.point.residual)
    let skipped = optimum.touching.union(optimum.extremal.map(\.pattern))
    let found = try search.candidates(
      residual.function(on: search.rows), .rising(from: 0, fraction: 1, below: .infinity), skipping: skipped,
      control: control)
    guard !found.candidates.isEmpty else { return nil }
    return try NextLargest(optimum, candidates: found.candidates.map(\.signs), control: control)
  }
}

/// The greatest `|q_f|` over some faces with `± q_f` in the face.
struct NextLargest<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball

  private let system: StratumSystem<Engine>
  private let candidates: [UnitFace<Engine>]
  private let point: CriticalPoint<Engine>

  /// - Returns: `nil` if no candidate is a face with `± q_f` in it.
  init?(_ optimum: SparseOptimum<Engine>, candidates patterns: [SignVector], control: Control) throws {
    let division = try Division(
      optimum.division.problem, faces: optimum.extremal.map(\.pattern) + patterns, control: control)
    let wanted = Set(patterns)
    let system = try StratumSystem(
      division, faces: division.faces.filter { !wanted.contains($0.pattern) })
    let solved = CriticalPoint(
      system, support: optimum.point.support, from: optimum.point.shares, precision: optimum.point.precision)
    guard let solved else { return nil }
    self.system = system
    point = solved
    candidates = try division.faces.filter { wanted.contains($0.pattern) }.filter { face in
      guard Self.isInside(face, solved.residual.gradient(of: face), division) != false else { return false }
      // A form that vanishes for every residual keeps q on a wall.
      return try !face.walls.contains { wall in
        guard division.product(row: wall.row, solved.residual.gradient(of: face)).sign != .positive,
          division.product(row: wall.row, solved.residual.gradient(of: face)).sign != .negative
        else { return false }
        return try system.constantValue(of: division.wallForm(at: wall.row, on: face)) == 0
      }
    }
    guard !candidates.isEmpty else { return nil }
  }

  /// Whether `q` or `−q` lies in a face; `nil` if the balls do not tell.
  private static func isInside(
    _ face: UnitFace<Engine>, _ gradient: Engine.BallMatrix, _ division: Division<Engine>
  ) -> Bool? {
    var (positive, negative, unknown) = (false, false, false)
    for wall in face.walls {
      switch division.product(row: wall.row, gradient).sign {
      case .positive: if wall.sign > 0 { positive = true } else { negative = true }
      case .negative: if wall.sign > 0 { negative = true } else { positive = true }
      case .zero: return false
      case .unknown: unknown = true
      }
      if positive, negative { return false }
    }
    return unknown ? nil : true
  }

  /// An enclosure of the value over `λ`.
  func ratio(precision: Int) -> Ball? {
    guard let point = point.refined(to: precision, in: system) else { return nil }
    var best = Ball(0.0, precision: point.precision)
    var touching: [Ball] = []
    for face in candidates {
      let gradient = point.residual.gradient(of: face)
      let norm = gradient.squaredNorm().squareRoot(clampingAtZero: true)
      switch Self.isInside(face, gradient, system.division) {
      case true?:
        switch (norm - best).sign {
        case .positive: best = norm
        case .unknown: best = best.union(norm)
        case .negative, .zero: break
        }
      case nil: touching.append(norm)
      case false?: break
      }
    }
    // Where q lies on a wall the lower face has the same q: these add nothing but what the balls cannot tell apart.
    for norm in touching where (norm - best).sign != .negative { best = best.union(norm) }
    return best / Ball(system.ridge, precision: point.precision)
  }
}
