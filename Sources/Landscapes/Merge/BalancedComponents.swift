import Algebra
import AlgebraicMethod
import LandscapeModel
import RealSolving
import Strata

/// Merges the local minima of a balanced problem into connected components, with canonical enclosures.
struct BalancedComponents<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Minimum = BalancedMinimum<Engine>

  let problem: TrainingProblem<Engine>
  let division: Division<Engine>
  let digits: Int
  private let control = Control()

  private var units: Int { problem.units }
  private var symmetry: Activation<Engine.Rational>.Symmetry { division.problem.activation.symmetry }

  /// A component before its numbers are written down.
  private struct Draft {
    /// The strata that it joins, the one with the fewest faces first.
    var members: [Minimum]
    var faces: [(face: UnitFace<Engine>, pattern: String, outputSign: Int)]
    var counts: [Int]
    var dimension: Int
    var isClosed: Bool
    var orbitSize: Int

    var first: BalancedSolution<Engine> { members[0].vertices[0].solution }
    var sortKey: String {
      let patterns = faces.map { $0.pattern.map { $0 == "-" ? "0" : $0 == "0" ? "1" : "2" }.joined() }
      return (patterns + zip(faces, counts).map { "\($0.outputSign + 1) \($1)" }).joined(separator: " ")
    }
  }

  /// - Parameter isComplete: whether nothing is undecided; otherwise no minimum is known to be global for the
  ///   width unless it is for every one.
  func components(of minima: [Minimum], isComplete: Bool) throws -> [LandscapeComponent] {
    var drafts = minima.filter { !$0.isGlobalForEveryWidth }.flatMap(openDrafts)
    drafts += closedDrafts(of: minima.filter(\.isGlobalForEveryWidth))
    let precision = EnclosureSearch(digits: digits).firstPrecision
    var ranked = try drafts.map { (draft: $0, loss: try loss(at: $0.first, precision: precision)) }
    let order = LossOrder<Engine>(digits: digits)
    ranked.sort { left, right in
      switch order.compare(left.loss, right.loss) {
      case .negative: true
      case .positive: false
      case .zero, .unknown: left.draft.sortKey < right.draft.sortKey
      }
    }
    let globals = order.globalForWidth(
      ranked.map { entry in
        let first = entry.draft.members[0]
        return (entry.loss, first.isGlobalForEveryWidth, stratum: first.faceIndices)
      }, isComplete: isComplete)
    return try ranked.indices.map { index in
      var component = try component(ranked[index].draft)
      component.id = index + 1
      component.globalForWidth = globals[index]
      return component
    }
  }

  // MARK: - Which strata are connected

  /// `max |η| > λ`: every way of sharing the units among the faces is a component of its own.
  private func openDrafts(of minimum: Minimum) -> [Draft] {
    UnitSharing.compositions(of: units, into: minimum.faces.count).map { counts in
      let dimension = units - minimum.rank
      return Draft(
        members: [minimum], faces: [minimum].distinctFaces, counts: counts, dimension: dimension,
        isClosed: dimension == 0,
        orbitSize: UnitSharing.orders(counts) << symmetry.signChanges(ofUnits: units))
    }
  }

  /// `max |η| ≤ λ`: strata are joined when the faces of one are among those of the other.
  private func closedDrafts(of minima: [Minimum]) -> [Draft] {
    let sorted = minima.sorted {
      ($0.faces.count, $0.faceIndices.description) < ($1.faces.count, $1.faceIndices.description)
    }
    var groups: [[Minimum]] = []
    for minimum in sorted {
      let set = Set(minimum.faceIndices)
      let touches: ([Minimum]) -> Bool = { group in
        group.contains { set.isStrictSuperset(of: $0.faceIndices) }
      }
      let joined = groups.filter(touches).flatMap { $0 } + [minimum]
      groups = groups.filter { !touches($0) } + [joined]
    }
    return groups.map { members in
      let members = members.sorted {
        ($0.faces.count, $0.faceIndices.description) < ($1.faces.count, $1.faceIndices.description)
      }
      let faces = members.distinctFaces
      let isShared = members[0].faces.count < units
      let orbitSize =
        symmetry == .oddInUnit
        ? (units == 1 && !faces.isEmpty ? 2 : 1)
        : isShared ? 1 : UnitSharing.orders(faces.map { _ in 1 }) << symmetry.signChanges(ofUnits: units)
      return Draft(
        members: members, faces: faces, counts: faces.map { _ in 1 },
        dimension: members.map { $0.faces.isEmpty ? 0 : units - $0.rank }.max() ?? 0, isClosed: true,
        orbitSize: orbitSize)
    }
  }

  // MARK: - Numbers

  private func component(_ draft: Draft) throws -> LandscapeComponent {
    let kinks = zip(draft.faces, draft.counts).reduce(0) { $0 + $1.0.face.kinkCount * $1.1 }
    let first = draft.first
    var units = try draft.faces.indices.map { position in
      LandscapeComponent.Units(
        pattern: draft.faces[position].pattern, outputSign: draft.faces[position].outputSign,
        count: draft.counts[position], total: try total(of: draft.faces[position].face, in: draft),
        bothSigns: symmetry == .oddInUnit ? true : nil)
    }
    let dead = self.units - draft.counts.reduce(0, +)
    if dead > 0 {
      units.append(
        LandscapeComponent.Units(
          pattern: String(repeating: "0", count: problem.rowCount), outputSign: 0, count: dead,
          total: DecimalEnclosure(exact: "0"), bothSigns: nil))
    }
    return LandscapeComponent(
      id: 0, kind: draft.dimension == 0 ? .isolated : .family, dimension: draft.dimension,
      ends: draft.isClosed ? .closed : .open, location: kinks > 0 ? .boundary : .interior, kinks: kinks,
      orbitSize: draft.orbitSize, loss: try enclosure { try self.loss(at: first, precision: $0) },
      certificateRatio: try ratio(draft), globalForWidth: .undecided,
      globalForEveryWidth: draft.members[0].isGlobalForEveryWidth, units: units,
      vertices: try vertices(of: draft), point: try point(of: draft))
  }

  private func enclosure(_ quantity: (Int) throws -> Ball) throws -> DecimalEnclosure {
    try EnclosureSearch(digits: digits).enclosure(quantity)
  }

  /// `|r|² + 2 λ Σ s + λ_c c²`.
  private func loss(at solution: BalancedSolution<Engine>, precision: Int) throws -> Ball {
    let coordinates = try solution.coordinates(precision: precision)
    var loss = Ball(0.0, precision: precision)
    for value in solution.residual(at: coordinates, precision: precision) { loss = loss + value * value }
    for variable in solution.system.shareVariables {
      loss = loss + coordinates[variable] * Ball(problem.ridge + problem.ridge, precision: precision)
    }
    if problem.outputBias, let bias = solution.system.biasVariable {
      let square = coordinates[bias] * coordinates[bias]
      loss = loss + square * Ball(problem.outputBiasPenalty, precision: precision)
    }
    return loss
  }

  /// `max |η| / λ`, alive faces included.
  private func ratio(_ draft: Draft) throws -> DecimalEnclosure {
    let solution = draft.first
    if draft.members[0].isGlobalForEveryWidth, !draft.faces.isEmpty { return DecimalEnclosure(exact: "1") }
    let system = solution.system
    let candidates = try division.faces.filter { face in
      try solution.outputSign(on: face, in: division, control) != 0
    }.map { try division.gradientForms(on: $0).map { try system.form($0) } }
    if candidates.isEmpty { return DecimalEnclosure(exact: "0") }
    return try enclosure { precision in
      let coordinates = try solution.coordinates(precision: precision)
      var best = Ball(0.0, precision: precision)
      for gradient in candidates {
        let square = gradient.reduce(Ball(0.0, precision: precision)) { sum, entry in
          let value = entry.enclosure(at: coordinates, precision: precision)
          return sum + value * value
        }
        switch (square - best).sign {
        case .positive: best = square
        case .negative, .zero: break
        case .unknown: best = best.union(square)
        }
      }
      return best.squareRoot(clampingAtZero: true) / Ball(problem.ridge, precision: precision)
    }
  }

  private func share(
    of face: UnitFace<Engine>, at vertex: Minimum.Vertex
  ) throws -> (value: Double, enclosure: DecimalEnclosure) {
    guard let position = vertex.faces.firstIndex(of: face.index) else {
      return (0, DecimalEnclosure(exact: "0"))
    }
    func share(_ precision: Int) throws -> Ball {
      vertex.solution.share(of: position, at: try vertex.solution.coordinates(precision: precision))
    }
    return (try share(64).approximation, try enclosure(share))
  }

  private func total(of face: UnitFace<Engine>, in draft: Draft) throws -> DecimalEnclosure {
    let shares = try draft.members.flatMap(\.vertices).map { try share(of: face, at: $0) }
    guard let least = shares.min(by: { $0.value < $1.value }),
      let greatest = shares.max(by: { $0.value < $1.value })
    else { preconditionFailure("a component has a vertex") }
    return DecimalEnclosure(lower: least.enclosure.lower, upper: greatest.enclosure.upper)
  }

  private func vertices(of draft: Draft) throws -> [[DecimalEnclosure]]? {
    var list: [[DecimalEnclosure]] = []
    for vertex in draft.members.flatMap(\.vertices) {
      let shares = try draft.faces.map { try share(of: $0.face, at: vertex).enclosure }
      if !list.contains(shares) { list.append(shares) }
    }
    return list.count > 1 ? list : nil
  }

  /// A point of the component: the mean of the vertices of its first stratum, shared equally.
  private func point(of draft: Draft) throws -> LandscapeComponent.Point {
    let member = draft.members[0]
    let zero = DecimalEnclosure(exact: "0")
    var (a, w): ([DecimalEnclosure], [[DecimalEnclosure]]) = ([], [])
    for face in member.faces {
      guard let listed = draft.faces.firstIndex(where: { $0.face.index == face.index }),
        let vertex = member.vertices.first(where: { $0.faces.contains(face.index) }),
        let position = vertex.faces.firstIndex(of: face.index)
      else { preconditionFailure("every face has a positive share at some vertex") }
      let count = draft.members.count == 1 ? draft.counts[listed] : 1
      let sign = draft.faces[listed].outputSign
      func outputWeight(_ precision: Int) throws -> Ball {
        var sum = Ball(0.0, precision: precision)
        for vertex in member.vertices {
          guard let position = vertex.faces.firstIndex(of: face.index) else { continue }
          sum =
            sum
            + vertex.solution.share(
              of: position, at: try vertex.solution.coordinates(precision: precision))
        }
        let divisor = Ball(Engine.Rational(count * member.vertices.count), precision: precision)
        return Ball(Engine.Rational(sign), precision: precision)
          * (sum / divisor).squareRoot(clampingAtZero: true)
      }
      let output = try enclosure(outputWeight)
      let weight = try (0..<problem.weightDimension).map { column in
        try enclosure { precision in
          let solution = vertex.solution
          let coordinates = try solution.coordinates(precision: precision)
          return try outputWeight(precision)
            * solution.direction(of: position, at: coordinates, precision: precision)[column]
        }
      }
      a += Array(repeating: output, count: count)
      w += Array(repeating: weight, count: count)
    }
    let dead = units - a.count
    a += Array(repeating: zero, count: dead)
    w += Array(repeating: Array(repeating: zero, count: problem.weightDimension), count: dead)
    var point = LandscapeComponent.Point(a: a, w: w)
    if problem.outputBias {
      point.c = try enclosure { precision in
        var sum = Ball(0.0, precision: precision)
        for vertex in member.vertices {
          guard let bias = vertex.solution.system.biasVariable else { continue }
          sum = sum + (try vertex.solution.coordinates(precision: precision))[bias]
        }
        return sum / Ball(Engine.Rational(member.vertices.count), precision: precision)
      }
    }
    return point
  }
}
