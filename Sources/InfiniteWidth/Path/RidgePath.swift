import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// The optima along all ridges between the greatest one that matters and a given one.
///
/// An optimum at one ridge is proved as for a single ridge; its branch is followed up and down, with all conditions
/// enclosed on every segment, until one of them vanishes. The next optimum is sought a little below, and its branch
/// has to meet the end of the last one.
struct RidgePath<Engine: AlgebraEngine> {
  /// The ridges between two events, as one or more branches with the same extremal faces.
  struct Piece {
    var parts: [PathPart<Engine>]
    var list: [SignVector: Int] { parts[0].branch.list }
  }

  /// What lies between two pieces.
  enum Joint {
    /// The greatest ridge.
    case first
    case event(PathEnd<Engine>)
    /// What happens between these ridges could not be proved.
    case open(upper: Double, lower: Double)
  }

  /// From the greatest ridge to the least, each with what lies above it.
  private(set) var pieces: [(joint: Joint, piece: Piece)] = []

  /// The square of the greatest ridge.
  let greatestSquare: Engine.Rational

  private let problem: ScaledProblem<Engine>
  private let search: DirectionSearch<Engine>
  private let control: Control
  private var projectors: FaceProjectors<Engine>

  /// - Parameters:
  ///   - greatest: the square of the ridge at which the zero measure ceases to be optimal, and the faces of the first
  ///     atoms.
  ///   - target: the least ridge.
  /// - Throws: `Interruption`, `AlgebraError`.
  init(
    _ problem: ScaledProblem<Engine>, search: DirectionSearch<Engine>,
    greatest: (square: Engine.Rational, faces: [(pattern: SignVector, sign: Int)]), target: Engine.Rational,
    control: Control
  ) throws {
    self.problem = problem
    self.search = search
    self.control = control
    projectors = FaceProjectors(problem)
    greatestSquare = greatest.square
    try run(greatest, target.doubleValue)
  }

  private mutating func run(
    _ greatest: (square: Engine.Rational, faces: [(pattern: SignVector, sign: Int)]), _ target: Double
  ) throws {
    let top = greatest.square.doubleValue.squareRoot()
    // Beyond both ends, so that events near them come to light.
    let limits = (target * (1 - 0x1p-20))...(top * (1 + 0x1p-20))
    var edge = top
    while edge > target {
      control.progress?(
        Progress(stage: "path", done: pieces.count, total: 0, figures: [:]))
      guard let (joint, part) = try next(below: edge, limits, greatest.faces) else {
        pieces.append((.open(upper: edge, lower: target), Piece(parts: [])))
        return
      }
      if case .event = joint {
        pieces.append((joint, Piece(parts: [part])))
      } else if let last = pieces.indices.last, case .open(let upper, let lower) = joint, upper == lower {
        pieces[last].piece.parts.append(part)
      } else {
        pieces.append((joint, Piece(parts: [part])))
      }
      switch part.below {
      case .goesOn: return
      case .ends(let end): edge = end.solution.ridge.approximation
      case .stuck(let ridge): edge = ridge
      }
    }
  }

  /// The branch that goes on below a ridge.
  private mutating func next(
    below edge: Double, _ limits: ClosedRange<Double>, _ first: [(pattern: SignVector, sign: Int)]
  ) throws -> (Joint, PathPart<Engine>)? {
    var best: (joint: Joint, part: PathPart<Engine>)?
    var distance = 0x1p-12
    while distance > 0x1p-40 {
      try control.check()
      let ridge = Self.short(edge * (1 - distance))
      distance /= 16
      guard let optimum = try optimum(at: ridge) else { continue }
      for optimum in try variants(of: optimum) {
        guard let branch = try RidgeBranch(optimum, ridge: ridge, rows: search.rows) else { continue }
        let part = try PathPart(branch, limits: limits, search, &projectors, control: control)
        if let joint = try joint(above: part, edge, first) { return (joint, part) }
        best = best ?? (.open(upper: edge, lower: ridge), part)
      }
    }
    return best
  }

  /// How a branch joins the last one; `nil` if it is not proved to.
  private func joint(
    above part: PathPart<Engine>, _ edge: Double, _ first: [(pattern: SignVector, sign: Int)]
  ) throws -> Joint? {
    guard let last = pieces.last?.piece.parts.last else {
      guard case .ends(let end) = part.above, isFirst(part.branch, end, first) else { return nil }
      return .first
    }
    if part.branch.list == last.branch.list, part.covers(edge) { return .open(upper: edge, lower: edge) }
    guard case .ends(let above) = last.below, case .ends(let below) = part.above else { return nil }
    let link = PathLink(upper: last.branch, lower: part.branch)
    guard try link.meets(above, below, exact: { try above.vanishTogether($0, control: control) }) else {
      return nil
    }
    if part.branch.list == last.branch.list { return .open(upper: edge, lower: edge) }
    return .event(above)
  }

  /// Whether a branch begins at the greatest ridge: there all masses vanish on faces that attain it.
  private func isFirst(
    _ branch: RidgeBranch<Engine>, _ end: PathEnd<Engine>, _ first: [(pattern: SignVector, sign: Int)]
  ) -> Bool {
    let signs = Dictionary(uniqueKeysWithValues: first.map { ($0.pattern, $0.sign) })
    return branch.support.allSatisfy { signs[$0] == branch.list[$0] && end.conditions.contains(.mass($0)) }
  }

  /// The proved optimum at one ridge.
  private func optimum(at ridge: Double) throws -> SparseOptimum<Engine>? {
    let exact = Engine.Ball(ridge, precision: 64)
    let problem = problem.with(ridge: try exact.bounds().lower)
    let outcome = try OptimumProof(problem, search: search, control: control).outcome()
    guard case .proved(let optimum) = outcome, !optimum.isZero else { return nil }
    return optimum
  }

  /// Other supports of the same optimum, first those that differ least from the last branch.
  private func variants(of optimum: SparseOptimum<Engine>) throws -> [SparseOptimum<Engine>] {
    guard optimum.extremal.count > optimum.point.support.count,
      let last = pieces.last?.piece.parts.last?.branch
    else { return [optimum] }
    let kept = last.support.filter { optimum.extremal.map(\.pattern).contains($0) }
    let others = optimum.extremal.map(\.pattern).filter { !kept.contains($0) }
    var variants: [SparseOptimum<Engine>] = []
    for supports in [[kept], others.map { kept + [$0] }].joined() {
      if let variant = optimum.with(support: supports) { variants.append(variant) }
    }
    return variants + [optimum]
  }

  /// Near a ridge, with few binary digits.
  private static func short(_ ridge: Double) -> Double {
    let unit = ridge.ulp * 0x1p8
    return (ridge / unit).rounded() * unit
  }
}

extension SparseOptimum {
  /// The same optimum with its masses on other extremal faces; `nil` if they are not all positive.
  func with(support patterns: [SignVector]) -> Self? {
    let support = system.faces.indices.filter { patterns.contains(system.faces[$0].pattern) }
    let precision = point.precision
    let known = Dictionary(uniqueKeysWithValues: zip(point.support, point.shares))
    let mean = (known.values.map(\.approximation).max() ?? 1) / 16
    let start = support.map { known[$0] ?? Engine.Ball(mean, precision: precision) }
    guard let solved = CriticalPointSolver(system, support: support, precision: precision).solve(from: start),
      solved.shares.allSatisfy({ $0.sign == .positive })
    else { return nil }
    return SparseOptimum(
      division: division, system: system, point: solved, signs: signs, touching: touching, cells: cells)
  }
}

extension PathPart {
  /// Whether the branch is proved around a ridge.
  func covers(_ ridge: Double) -> Bool {
    segments.contains { $0.lower < ridge && ridge < $0.upper } && !endsNear(ridge)
  }

  private func endsNear(_ ridge: Double) -> Bool {
    for case .ends(let end) in [above, below] where end.segment.lower <= ridge && ridge <= end.segment.upper {
      return true
    }
    return false
  }
}
