import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// Where a branch ceases to be the optimum: the greatest (or least) zero of one of its conditions.
struct PathEnd<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Crossing = SegmentVerdict.Crossing

  /// All conditions whose zeros are not told apart from that of the first one.
  let conditions: [PathCondition]
  /// On which each of the conditions vanishes just once, and the branch is enclosed.
  let segment: BranchSegment
  /// Of the branch's system, with the other faces that play a part, and the first condition.
  let solver: EventSolver<Engine>
  /// Where the first condition vanishes.
  let solution: EventSolver<Engine>.Solution

  /// The signs of `η` on the branch's extremal faces.
  private let signs: [SignVector: Int]

  private var system: StratumSystem<Engine> { solver.system }
  private var support: [Int] { solver.support }

  /// - Parameter crossings: conditions with overlapping zeros.
  /// - Returns: `nil` if the zero cannot be proved.
  init?(
    _ branch: RidgeBranch<Engine>, _ segment: BranchSegment,
    _ crossings: [Crossing], control: Control
  ) throws {
    let faces = crossings.compactMap { crossing -> SignVector? in
      if case .face(let pattern, _) = crossing.condition { return pattern }
      return nil
    }
    let optimum = branch.optimum
    let division = try Division(
      optimum.division.problem, faces: Array(Set(faces + optimum.extremal.map(\.pattern))), control: control)
    let system = try StratumSystem(division, faces: division.faces)
    let positions = Dictionary(
      uniqueKeysWithValues: system.faces.indices.map { (system.faces[$0].pattern, $0) })
    let support = optimum.point.support.compactMap { positions[optimum.extremal[$0].pattern] }
    self.segment = segment
    signs = branch.list
    func solver(_ crossing: Crossing) -> EventSolver<Engine>? {
      Self.equation(of: crossing.condition, system, support, branch.list).map {
        EventSolver(system: system, support: support, equation: $0)
      }
    }
    func solution(_ crossing: Crossing, _ precision: Int) throws -> EventSolver<Engine>.Solution? {
      let t = (crossing.lower + crossing.upper) / 2
      let start = segment.point(at: t) + [segment.centre + segment.halfWidth * t]
      return try solver(crossing)?.solution(
        near: start.map { Ball($0, precision: precision) }, precision: precision)
    }
    // Zeros that doubles do not tell apart.
    var remaining = crossings
    var first = 0
    var proved: EventSolver<Engine>.Solution?
    for precision in CriticalPoint<Engine>.precisions {
      try control.check()
      guard var best = try solution(remaining[first], precision) else { continue }
      var order = remaining.indices.filter { $0 != first }
      var kept = [first]
      while let index = order.popLast() {
        guard let value = try solver(remaining[index])?.value(at: best) else { return nil }
        switch value.sign {
        case .positive: continue
        case .unknown, .zero: kept.append(index)
        case .negative:
          // Its zero comes before: it takes the lead, and all others are looked at again.
          guard let better = try solution(remaining[index], precision) else { return nil }
          best = better
          order = kept + order
          kept = [index]
        }
      }
      proved = best
      remaining = kept.map { remaining[$0] }
      first = 0
      if remaining.count == 1 { break }
    }
    guard let proved, let leading = solver(remaining[0]) else { return nil }
    let unknowns = proved.vectors.flatMap { $0 } + proved.shares
    guard segment.contains(unknowns, ridge: proved.ridge) else { return nil }
    conditions = remaining.map(\.condition)
    self.solution = proved
    self.solver = leading
  }

  /// Whether further conditions are proved to vanish at this end as well.
  func vanishTogether(_ others: [PathCondition], control: Control) throws -> Bool {
    guard let event = try ExactEvent(self, control: control) else { return false }
    return try others.allSatisfy { condition in
      guard let equation = Self.equation(of: condition, system, support, signs) else { return false }
      return try event.vanishes(equation, support: support)
    }
  }

  /// The ridge, more precisely; `nil` if that cannot be proved.
  func ridge(precision: Int) throws -> Ball? {
    let start = solution.vectors.flatMap { $0 } + solution.shares + [solution.ridge]
    return try solver.solution(near: start, precision: precision)?.ridge
  }

  /// The atom on a face of the support.
  func atom(on pattern: SignVector) -> (vector: [Ball], share: Ball)? {
    support.firstIndex { system.faces[$0].pattern == pattern }.map {
      (solution.vectors[$0], solution.shares[$0])
    }
  }

  /// `q_f/κ` on a face of the system.
  func vector(on pattern: SignVector) -> [Ball]? {
    guard let face = system.faces.firstIndex(where: { $0.pattern == pattern }) else { return nil }
    let precision = solution.precision
    var sum = Engine.BallMatrix(system.products[face], precision: precision)
    for (index, position) in support.enumerated() {
      let vector = Engine.BallMatrix(rows: sum.rows, columns: 1, entries: solution.vectors[index])
      let image = Engine.BallMatrix(system.blocks[face][position], precision: precision) * vector
      sum = sum - image.scaled(by: solution.shares[index])
    }
    return (0..<sum.rows).map { sum[$0, 0] / solution.ridge }
  }

  private static func equation(
    of condition: PathCondition, _ system: StratumSystem<Engine>, _ support: [Int], _ signs: [SignVector: Int]
  ) -> EventEquation<Engine>? {
    func position(_ pattern: SignVector) -> Int? { system.faces.firstIndex { $0.pattern == pattern } }
    func oriented(_ form: [Engine.Rational], _ sign: Int) -> EventEquation<Engine> {
      .form(sign > 0 ? form : form.map { -$0 })
    }
    switch condition {
    case .mass(let pattern):
      return position(pattern).flatMap { support.firstIndex(of: $0) }.map { .mass($0) }
    case .wall(let pattern, let row):
      return position(pattern).map { position in
        let form = system.division.wallForm(at: row, on: system.faces[position])
        return oriented(form, pattern[row] * (signs[pattern] ?? 1))
      }
    case .kink(let pattern, let ray):
      return position(pattern).map { position in
        let face = system.faces[position]
        return oriented(system.division.kinkForm(face.kinkRays[ray], on: face), -(signs[pattern] ?? 1))
      }
    case .face(let pattern, _): return position(pattern).map { .attains($0) }
    }
  }
}
