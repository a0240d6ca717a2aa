import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// One active list, with all that has to be watched along the ridge.
///
/// Let `E` be the extremal faces, with signs, and all masses of a support in it positive. The list stays optimal as long
/// as atoms stay inside their faces, `|η|` falls strictly in all directions that leave them, and `|q_f| < κ` on every other
/// face with `± q_f` in it. Two kinds of faces need no watching: those in the closure of an extremal face, where `q_g` is
/// a projection of `q_f`; and, for the sign of an extremal face, those that have it in their closure, where
/// `s η(w) < κ |w|` follows from the slopes.
struct RidgeBranch<Engine: AlgebraEngine> {
  let optimum: SparseOptimum<Engine>
  let equations: BranchEquations
  /// The ridge at which the optimum was proved.
  let ridge: Double
  private let rows: DirectionRows
  private let metric: SegmentMetric
  private let vanishing: VanishingForms<Engine>
  /// For each extremal face the rays that leave it and the forms of the slopes along them, in doubles; those that
  /// vanish on the whole branch are left out.
  private let kinks: [[(ray: Int, form: [Double])]]
  /// Extremal faces with all slopes negative.
  private let strict: [Bool]

  /// - Returns: `nil` if an extremal face off the support is not known to stay extremal.
  init?(_ optimum: SparseOptimum<Engine>, ridge: Double, rows: DirectionRows) throws {
    self.optimum = optimum
    self.ridge = ridge
    self.rows = rows
    metric = try SegmentMetric(optimum.division.problem.metric, rows: rows.count)
    let (system, point) = (optimum.system, optimum.point)
    equations = BranchEquations(system, support: point.support)
    let vanishing = try VanishingForms(system, at: point)
    self.vanishing = vanishing
    for position in system.faces.indices where !point.support.contains(position) && !optimum.isZero {
      guard try vanishing.attains(position) else { return nil }
    }
    var kinks: [[(ray: Int, form: [Double])]] = []
    var strict: [Bool] = []
    for face in system.faces {
      var forms: [(ray: Int, form: [Double])] = []
      for (ray, direction) in face.kinkRays.enumerated() {
        let form = optimum.division.kinkForm(direction, on: face)
        if try point.value(of: form).sign != .unknown || !vanishing.contains(form) {
          forms.append((ray, form.map(\.doubleValue)))
        }
      }
      strict.append(forms.count == face.kinkRays.count)
      kinks.append(forms)
    }
    self.kinks = kinks
    self.strict = strict
  }

  /// The unknowns at the proved point.
  var start: [Double] {
    let point = optimum.point
    return point.support.flatMap { position in
      (0..<equations.dimension).map { point.gradients[position][$0, 0].approximation / ridge }
    } + point.shares.map(\.approximation)
  }

  /// Whether a face stands for its negative, too.
  var isEven: Bool { rows.slope == -1 }

  /// The faces that carry mass.
  var support: [SignVector] { optimum.point.support.map { optimum.extremal[$0].pattern } }

  /// The extremal faces with their signs.
  var list: [SignVector: Int] {
    Dictionary(uniqueKeysWithValues: zip(optimum.extremal.map(\.pattern), optimum.signs))
  }

  /// What happens to the conditions on a segment, seen from its end `t = start`.
  ///
  /// - Parameter projectors: remembers what is known about faces.
  /// - Throws: `Interruption`, `AlgebraError`.
  func verdict(
    on segment: BranchSegment, from start: Double, _ search: DirectionSearch<Engine>,
    _ projectors: inout FaceProjectors<Engine>, control: Control
  ) throws -> SegmentVerdict {
    let values = SegmentValues(segment, optimum: optimum, rows: rows, metric: metric)
    var crossings: [SegmentVerdict.Crossing] = []
    /// - Returns: false if the segment is too long.
    func watch(_ condition: PathCondition, _ function: RidgeFunction) -> Bool {
      switch function.behaviour(from: start) {
      case .positive: return true
      case .crossing(let lower, let upper):
        crossings.append(.init(condition: condition, lower: lower, upper: upper))
        return true
      case .unknown: return false
      }
    }
    for (index, position) in optimum.point.support.enumerated() {
      let pattern = optimum.extremal[position].pattern
      guard watch(.mass(pattern), segment.share(index)) else { return .unclear }
    }
    for (position, face) in optimum.extremal.enumerated() {
      let pattern = face.pattern
      let gradient = values.gradient(position, of: segment, in: optimum)
      for wall in face.walls {
        let function = values.product(wall.row, gradient, times: Double(wall.sign * optimum.signs[position]))
        guard watch(.wall(pattern, row: wall.row), function) else { return .unclear }
      }
      for (ray, form) in kinks[position] {
        let function = values.form(form, times: -Double(optimum.signs[position]))
        guard watch(.kink(pattern, ray: ray), function) else { return .unclear }
      }
    }
    guard let others = try self.others(on: segment, values, search, &projectors, control: control) else {
      return .unclear
    }
    let ridge = RidgeFunction(ridge: segment.centre, halfWidth: segment.halfWidth)
    let square = ridge * ridge
    for (pattern, projector) in others {
      try control.check()
      let signs = [1, -1].filter { !isExcluded(pattern, sign: $0) }
      guard !signs.isEmpty else { continue }
      let gradient = values.gradient(pattern, projector)
      var defect = square
      for entry in gradient { defect = defect - entry * entry }
      if defect.value.isPositive { continue }
      for sign in signs where !values.isOutside(gradient, pattern, sign: sign) {
        if try touches(pattern, gradient, values) { continue }
        // Where it is not clear on which side of a wall `q_f` lies, a shorter segment tells.
        guard values.isInside(gradient, pattern, sign: sign) else { return .unclear }
        guard watch(.face(pattern, sign: sign), defect) else { return .unclear }
      }
    }
    return .crossings(crossings)
  }

  /// Further faces on which `|η|` may reach the ridge somewhere on the segment; `nil` if there are too many for one
  /// segment.
  private func others(
    on segment: BranchSegment, _ values: SegmentValues, _ search: DirectionSearch<Engine>,
    _ projectors: inout FaceProjectors<Engine>, control: Control
  ) throws -> [(SignVector, [Double])]? {
    let (centre, spread) = values.residualSpread
    let norm = rows.norms.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard rows.dimension == 2 || spread * norm < 0.2 * segment.centre else { return nil }
    let function = SphereFunction(rows, weights: centre, uncertainty: spread)
    let found = try search.candidates(
      function, .fixed(segment.lower * (1 - 1e-14)), skipping: Set(optimum.extremal.map(\.pattern)),
      control: control)
    let patterns = found.candidates.map(\.signs).filter { !liesBelow($0) }
    try projectors.add(patterns, control: control)
    return patterns.compactMap { pattern in projectors[pattern].map { (pattern, $0) } }
  }

  /// The sign vectors that stand for the same face: with its negative for an even activation.
  private func images(_ pattern: SignVector) -> [SignVector] {
    isEven ? [pattern, pattern.negated] : [pattern]
  }

  /// Whether a face lies in the closure of an extremal one.
  private func liesBelow(_ pattern: SignVector) -> Bool {
    images(pattern).contains { image in optimum.extremal.contains { image.isInClosure(of: $0.pattern) } }
  }

  /// Whether the slopes at an extremal face exclude that `sign · η` reaches the ridge on a face.
  private func isExcluded(_ pattern: SignVector, sign: Int) -> Bool {
    images(pattern).contains { image in
      optimum.extremal.indices.contains { position in
        strict[position] && optimum.signs[position] == sign
          && optimum.extremal[position].pattern.isInClosure(of: image)
      }
    }
  }

  /// Whether `q_f` lies on a wall of the face on the whole branch, so that a lower face has the same.
  private func touches(
    _ pattern: SignVector, _ gradient: [RidgeFunction], _ values: SegmentValues
  ) throws -> Bool {
    let near = (0..<pattern.count).filter { row in
      guard pattern[row] != 0 else { return false }
      let bounds = values.product(row, gradient, times: 1).value.bounds
      return bounds.lower <= 0 && bounds.upper >= 0
    }
    guard !near.isEmpty else { return false }
    let division = try Division(
      optimum.division.problem, faces: [pattern], control: Control(threads: 1))
    guard let face = division.faces.first else { return false }
    return try near.contains { try vanishing.contains(division.wallForm(at: $0, on: face)) }
  }
}

extension BranchSegment {
  /// The share of a face of the support.
  func share(_ index: Int) -> RidgeFunction { unknowns[equations.count * equations.dimension + index] }

  /// Whether unknowns certainly lie in the box in which the branch is the only solution.
  func contains<Ball: RealBall>(_ point: [Ball], ridge: Ball) -> Bool {
    let precision = ridge.precision
    let t = (ridge - Ball(centre, precision: precision)) / Ball(halfWidth, precision: precision)
    let one = Ball(1.0, precision: precision)
    guard (one - t).sign == .positive, (one + t).sign == .positive else { return false }
    return zip(point, unknowns).allSatisfy { value, function in
      var distance = value
      var power = one
      for index in 0..<8 {
        distance = distance - power * Ball(function.value.coefficients[index], precision: precision)
        power = power * t
      }
      return (Ball(function.value.error, precision: precision) - distance.absoluteValue).sign == .positive
    }
  }

  /// The unknowns at one value of `t`.
  func point(at t: Double) -> [Double] {
    unknowns.map { function in
      let (lower, upper) = function.value.bounds(at: t)
      return (lower + upper) / 2
    }
  }
}

/// The projections onto the spans of faces, in doubles.
struct FaceProjectors<Engine: AlgebraEngine> {
  private let problem: ScaledProblem<Engine>
  /// Empty for sign vectors that no face has, and faces on which all units are idle.
  private var known: [SignVector: [Double]] = [:]

  init(_ problem: ScaledProblem<Engine>) { self.problem = problem }

  mutating func add(_ patterns: [SignVector], control: Control) throws {
    let new = patterns.filter { known[$0] == nil }
    guard !new.isEmpty else { return }
    for pattern in new { known[pattern] = [] }
    let division = try Division(problem, faces: new, control: control)
    var spans: [Int: [Double]] = [:]
    for face in division.faces {
      let projector =
        spans[face.flat]
        ?? division.arrangement.flats[face.flat].projector.entries.map(\.doubleValue)
      spans[face.flat] = projector
      known[face.pattern] = projector
    }
  }

  /// Row major; `nil` where there is no face to be watched.
  subscript(pattern: SignVector) -> [Double]? {
    guard let projector = known[pattern], !projector.isEmpty else { return nil }
    return projector
  }
}
