import Algebra
import LandscapeModel
import Strata

/// Writes down a component's numbers.
struct ComponentWriter<Numbers: MinimumNumbers> {
  typealias Units = LandscapeComponent.Units

  let draft: ComponentDraft<Numbers.Minimum>
  /// The numbers of the draft's members.
  let members: [Numbers]
  let shape: NetworkShape
  /// Whether a unit with a negative output weight is the same as one with a positive.
  let allowsBothSigns: Bool
  /// Whether directions, and outputs and residuals at the data are written, too.
  let describesFit: Bool

  private typealias Share = (approximation: Double, enclosure: DecimalEnclosure)

  /// A component, up to its number and its standing among the others.
  func component() throws -> LandscapeComponent {
    let shares = try draft.faces.map { try self.shares(ofFace: $0.face.index) }
    return LandscapeComponent(
      id: 0,
      kind: draft.dimension == 0 ? .isolated : .family,
      dimension: draft.dimension,
      ends: draft.isClosed ? .closed : .open,
      location: draft.kinks > 0 ? .boundary : .interior,
      kinks: draft.kinks,
      orbitSize: draft.orbitSize,
      loss: try members[0].lossEnclosure(),
      certificateRatio: try members[0].ratio(),
      globalForWidth: .undecided,
      globalForEveryWidth: draft.representative.isGlobalForEveryWidth,
      units: try units(shares),
      vertices: vertices(shares),
      point: try point())
  }

  private func units(_ shares: [[Share]]) throws -> [Units] {
    var units = try draft.faces.indices.map { index in
      let entry = draft.faces[index]
      return Units(
        pattern: .pattern(entry.pattern), outputSign: entry.outputSign, count: draft.counts[index],
        total: total(shares[index]), direction: describesFit ? try direction(ofFace: entry.face.index) : nil,
        bothSigns: allowsBothSigns ? true : nil)
    }
    if draft.deadUnits > 0 {
      units.append(
        Units(
          pattern: .pattern(SignVector(zeros: shape.rows)), outputSign: 0, count: draft.deadUnits,
          total: .zero))
    }
    return units
  }

  /// The shares of a face at the vertices of all members.
  private func shares(ofFace index: Int) throws -> [Share] {
    try zip(draft.members, members).flatMap { minimum, numbers in
      let position = minimum.faceIndices.firstIndex(of: index)
      return try (0..<numbers.vertexCount()).map { vertex in
        try position.map { try numbers.share(of: $0, atVertex: vertex) } ?? (0, .zero)
      }
    }
  }

  /// The sum of `a²` over the units on a face: one number, or the range over the component.
  private func total(_ shares: [Share]) -> DecimalEnclosure {
    guard let least = shares.min(by: { $0.approximation < $1.approximation }),
      let greatest = shares.max(by: { $0.approximation < $1.approximation })
    else { preconditionFailure("a component has a member, and its polytope a vertex") }
    return DecimalEnclosure(lower: least.enclosure.lower, upper: greatest.enclosure.upper)
  }

  private func direction(ofFace index: Int) throws -> [DecimalEnclosure]? {
    for (minimum, numbers) in zip(draft.members, members) {
      guard let position = minimum.faceIndices.firstIndex(of: index) else { continue }
      return try numbers.direction(of: position)
    }
    return nil
  }

  /// The vertices of the polytope of totals over all members, if it is more than a point.
  private func vertices(_ shares: [[Share]]) -> [[DecimalEnclosure]]? {
    var list: [[DecimalEnclosure]] = []
    for number in (shares.first ?? []).indices {
      let vertex = shares.map { $0[number].enclosure }
      if !list.contains(vertex) { list.append(vertex) }
    }
    return list.count > 1 ? list : nil
  }

  /// A point of the component: all of it if it is isolated.
  private func point() throws -> LandscapeComponent.Point {
    var (a, w): ([DecimalEnclosure], [[DecimalEnclosure]]) = ([], [])
    for (position, face) in draft.representative.faceIndices.enumerated() {
      guard let listed = draft.faces.firstIndex(where: { $0.face.index == face }) else { continue }
      let count = members.count == 1 ? draft.counts[listed] : 1
      let output = try members[0].outputWeight(of: position, sharedBy: count)
      let weight = try members[0].hiddenWeight(of: position, sharedBy: count)
      a += Array(repeating: output, count: count)
      w += Array(repeating: weight, count: count)
    }
    let dead = shape.units - a.count
    a += Array(repeating: .zero, count: dead)
    w += Array(repeating: Array(repeating: .zero, count: shape.weightDimension), count: dead)
    let fit = describesFit ? try members[0].fit() : nil
    return LandscapeComponent.Point(
      a: a, w: w, c: try members[0].linearCoefficients(), fitted: fit?.fitted, residuals: fit?.residuals)
  }
}
