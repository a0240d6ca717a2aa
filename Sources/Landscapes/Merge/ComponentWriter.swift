import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// Writes down a component's numbers.
struct ComponentWriter<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Units = LandscapeComponent.Units

  let draft: ComponentDraft<Engine>
  /// The draft's members.
  let members: [RefinedMinimum<Engine>]
  let problem: Problem<Engine>
  let scaling: Scaling<Engine>

  private var representative: RefinedMinimum<Engine> { members[0] }

  /// A component, up to its number and its standing among the others.
  func component() throws -> LandscapeComponent {
    let isOrigin = draft.faces.isEmpty
    let loss =
      isOrigin && problem.targets.allSatisfy { $0 == 0 }
      ? DecimalEnclosure(exact: "0")
      : try representative.enclosure(scaledBy: scaling.lossExponent) { $0.loss }
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
      globalForEveryWidth: draft.representative.isGlobalForEveryWidth,
      units: try units(),
      vertices: try vertices(),
      point: try point())
  }

  private func units() throws -> [Units] {
    let bothSigns: Bool? = problem.activation.symmetry == .oddInUnit ? true : nil
    var units = try draft.faces.indices.map { index in
      let entry = draft.faces[index]
      return Units(
        pattern: entry.pattern, outputSign: entry.outputSign, count: draft.counts[index],
        total: try total(of: entry.face), bothSigns: bothSigns)
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
  private func total(of face: UnitFace<Engine>) throws -> DecimalEnclosure {
    var enclosures: [(value: Double, enclosure: DecimalEnclosure)] = []
    for member in members {
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
  private func vertices() throws -> [[DecimalEnclosure]]? {
    var list: [[DecimalEnclosure]] = []
    for member in members {
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
  private func point() throws -> LandscapeComponent.Point {
    let size = problem.weightDimension
    let zero = DecimalEnclosure(exact: "0")
    var (a, w): ([DecimalEnclosure], [[DecimalEnclosure]]) = ([], [])
    for (position, face) in representative.minimum.faces.enumerated() {
      guard let listed = draft.faces.firstIndex(where: { $0.face.index == face.index }) else { continue }
      let count = members.count == 1 ? draft.counts[listed] : 1
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
