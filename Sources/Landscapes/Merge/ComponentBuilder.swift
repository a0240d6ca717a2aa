import Algebra

/// Turns local minima into the sorted list of connected components with canonical enclosures.
struct ComponentBuilder<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Units = LandscapeComponent.Units

  let scaling: Scaling<Engine>
  let division: Division<Engine>
  let certificate: DualCertificate<Engine>
  let exact: ExactDecision<Engine>
  let digits: Int
  /// What describes components exactly, if that is asked for.
  let describer: ExactDescriber<Engine>?

  private var problem: Problem<Engine> { division.problem }

  /// - Parameter isComplete: whether nothing is undecided; otherwise no minimum is known to be global for the
  ///   width unless its certificate says so.
  /// - Returns: the components, and which of them could not be described exactly though that was asked for.
  func components(
    of minima: [LocalMinimum<Engine>], isComplete: Bool
  ) throws -> (components: [LandscapeComponent], undescribed: [EnumerationResult.Undecided]) {
    let refined = minima.map {
      RefinedMinimum($0, certificate: certificate, exact: exact, scaling: scaling, digits: digits)
    }
    let grouping = ComponentGrouping(problem: problem)
    // Each component is written down at once, so that the numbers behind only one are in memory at a time.
    var ranked: [(draft: ComponentDraft<Engine>, loss: Ball, component: LandscapeComponent)] = []
    var undescribed: [EnumerationResult.Undecided] = []
    for draft in grouping.drafts(of: refined) {
      var component = try component(draft)
      switch try describer?.describe(draft) {
      case .success(let description): component.exact = description
      case .failure(let failure):
        undescribed.append(
          EnumerationResult.Undecided(
            faces: draft.faces.map(\.pattern), reason: "the exact description: \(failure.reason)"))
      case nil: break
      }
      ranked.append((draft, try draft.representative.loss(), component))
      for member in draft.members { member.release() }
    }
    ranked.sort { left, right in
      switch compare(left.loss, right.loss) {
      case .negative: true
      case .positive: false
      case .zero, .unknown:
        left.draft.sortKey.lexicographicallyPrecedes(right.draft.sortKey) { Self.precedes($0, $1) }
      }
    }
    let globals = globalForWidth(ranked.map { ($0.draft, $0.loss) }, isComplete: isComplete)
    let components = ranked.indices.map { index in
      var component = ranked[index].component
      component.id = index + 1
      component.globalForWidth = globals[index]
      return component
    }
    return (components, undescribed)
  }

  /// `−` before `0` before `+`.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    func rank(_ character: UInt8) -> UInt8 {
      switch character {
      case UInt8(ascii: "-"): 0
      case UInt8(ascii: "0"): 1
      case UInt8(ascii: "+"): 2
      default: character
      }
    }
    return left.utf8.lexicographicallyPrecedes(right.utf8) { rank($0) < rank($1) }
  }

  /// The sign of the difference; `unknown` if the numbers agree to 20 digits more than asked for.
  private func compare(_ left: Ball, _ right: Ball) -> BallSign {
    let difference = left - right
    guard let tolerance = try? Engine.Rational(10).power(-(digits + 20)) else { return .unknown }
    let bound = (left.absoluteValue + right.absoluteValue) * Ball(tolerance, precision: left.precision)
    guard (difference.absoluteValue - bound).sign == .positive else { return .unknown }
    return difference.sign
  }

  private func globalForWidth(
    _ ranked: [(draft: ComponentDraft<Engine>, loss: Ball)], isComplete: Bool
  ) -> [Trilean] {
    func isGlobalForEveryWidth(_ draft: ComponentDraft<Engine>) -> Bool {
      if case .atMostOne = draft.representative.minimum.certificate { return true }
      return false
    }
    if ranked.contains(where: { isGlobalForEveryWidth($0.draft) }) {
      return ranked.map { isGlobalForEveryWidth($0.draft) ? .yes : .no }
    }
    guard let least = ranked.first else { return [] }
    // Sorted by loss: only those that cannot be told from the first may be global, too.
    let candidates = ranked.filter { compare($0.loss, least.loss) != .positive }
    let isOneStratum = candidates.allSatisfy { $0.draft.representative === least.draft.representative }
    return ranked.map { entry in
      if compare(entry.loss, least.loss) == .positive { return .no }
      // Components of one stratum have the same loss.
      return isComplete && isOneStratum ? .yes : .undecided
    }
  }

  // MARK: - One component

  /// A component, up to its number and its standing among the others.
  private func component(_ draft: ComponentDraft<Engine>) throws -> LandscapeComponent {
    let representative = draft.representative
    let isOrigin = draft.faces.isEmpty
    let loss =
      isOrigin && problem.targets.allSatisfy { $0 == 0 }
      ? DecimalEnclosure(exact: "0")
      : try representative.enclosure(scaledBy: scaling.lossExponent) { $0.loss }
    var everyWidth = false
    if case .atMostOne = representative.minimum.certificate { everyWidth = true }
    return LandscapeComponent(
      id: 0,
      kind: draft.dimension == 0 ? .isolated : .family,
      dimension: draft.dimension,
      ends: draft.isClosed ? .closed : .open,
      location: draft.kinks > 0 ? .boundary : .interior,
      kinks: draft.kinks,
      orbitSize: draft.orbitSize,
      loss: loss,
      certificateRatio: try representative.ratio(),
      globalForWidth: .undecided,
      globalForEveryWidth: everyWidth,
      units: try units(of: draft),
      vertices: try vertices(of: draft),
      point: try point(of: draft))
  }

  private func units(of draft: ComponentDraft<Engine>) throws -> [Units] {
    let bothSigns: Bool? = problem.activation.symmetry == .oddInUnit ? true : nil
    var units = try draft.faces.indices.map { index in
      let entry = draft.faces[index]
      return Units(
        pattern: entry.pattern, outputSign: entry.outputSign, count: draft.counts[index],
        total: try total(of: entry.face, in: draft), bothSigns: bothSigns)
    }
    if draft.deadUnits > 0 {
      units.append(
        Units(
          pattern: String(repeating: "0", count: problem.rowCount), outputSign: 0, count: draft.deadUnits,
          total: DecimalEnclosure(exact: "0"), bothSigns: nil))
    }
    return units
  }

  /// The sum of `a²` over the units on a face: one number, or the range over the component.
  private func total(of face: UnitFace<Engine>, in draft: ComponentDraft<Engine>) throws -> DecimalEnclosure {
    var enclosures: [(value: Double, enclosure: DecimalEnclosure)] = []
    for member in draft.members {
      guard let position = member.minimum.faceIndices.firstIndex(of: face.index) else {
        enclosures.append((0, DecimalEnclosure(exact: "0")))
        continue
      }
      for index in 0..<(try member.vertexCount()) {
        enclosures.append(
          (
            try member.approximation(ofVertex: index, position),
            try member.enclosure(ofVertex: index, position)
          ))
      }
    }
    guard let least = enclosures.min(by: { $0.value < $1.value }),
      let greatest = enclosures.max(by: { $0.value < $1.value })
    else { preconditionFailure("a component has at least one member") }
    return DecimalEnclosure(lower: least.enclosure.lower, upper: greatest.enclosure.upper)
  }

  /// The vertices of the polytope of totals over all members, if it is more than a point.
  private func vertices(of draft: ComponentDraft<Engine>) throws -> [[DecimalEnclosure]]? {
    var list: [[DecimalEnclosure]] = []
    for member in draft.members {
      let positions = draft.faces.map { entry in
        member.minimum.faceIndices.firstIndex(of: entry.face.index)
      }
      for index in 0..<(try member.vertexCount()) {
        let vertex = try positions.map { position in
          guard let position else { return DecimalEnclosure(exact: "0") }
          return try member.enclosure(ofVertex: index, position)
        }
        if !list.contains(vertex) { list.append(vertex) }
      }
    }
    return list.count > 1 ? list : nil
  }

  /// A point of the component: all of it if it is isolated.
  private func point(of draft: ComponentDraft<Engine>) throws -> LandscapeComponent.Point {
    let representative = draft.representative
    let size = problem.weightDimension
    let zero = DecimalEnclosure(exact: "0")
    var (a, w): ([DecimalEnclosure], [[DecimalEnclosure]]) = ([], [])
    for (position, face) in representative.minimum.faces.enumerated() {
      guard let listed = draft.faces.firstIndex(where: { $0.face.index == face.index }) else { continue }
      let count = draft.members.count == 1 ? draft.counts[listed] : 1
      let sign = representative.minimum.outputSigns[position]
      func outputWeight(_ state: RefinedMinimum<Engine>.State) -> Ball {
        let precision = state.point.precision
        let share = state.polytope.centre[position] / Ball(Engine.Rational(count), precision: precision)
        return Ball(Engine.Rational(sign), precision: precision) * share.squareRoot(clampingAtZero: true)
      }
      let output = try representative.enclosure(scaledBy: scaling.shareExponent / 2) { outputWeight($0) }
      let design = try representative.system().design(position)
      let weight = try (0..<size).map { column in
        // A coordinate that vanishes for every residual is known to be zero.
        if (0..<design.rows).allSatisfy({ design[$0, column] == 0 }) { return zero }
        return try representative.enclosure(scaledBy: scaling.shareExponent / 2) { state in
          outputWeight(state) * state.point.gradients[position][column, 0] / state.ridge
        }
      }
      for _ in 0..<count {
        a.append(output)
        w.append(weight)
      }
    }
    while a.count < problem.units {
      a.append(zero)
      w.append(Array(repeating: zero, count: size))
    }
    return LandscapeComponent.Point(a: a, w: w)
  }
}
