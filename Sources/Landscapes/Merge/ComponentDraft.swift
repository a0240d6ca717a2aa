import Algebra

/// A connected component before its numbers are written down: which minima it joins, and how many units
/// stand on each of its faces.
struct ComponentDraft<Engine: AlgebraEngine> {
  /// The strata that the component joins, that with the fewest faces first; more than one only for closed
  /// components.
  let members: [RefinedMinimum<Engine>]
  /// The faces of all members, in order, with the sign of the output weight.
  let faces: [(face: UnitFace<Engine>, pattern: String, outputSign: Int)]
  /// The number of units on each face.
  let counts: [Int]
  let deadUnits: Int
  let dimension: Int
  let isClosed: Bool
  let orbitSize: Int

  var representative: RefinedMinimum<Engine> { members[0] }

  /// One unit lies on as many hyperplanes as its face does.
  var kinks: Int { zip(faces, counts).reduce(0) { $0 + $1.0.face.kinkCount * $1.1 } }

  /// Sorts after the loss.
  var sortKey: [String] {
    faces.map(\.pattern) + zip(faces, counts).map { "\($0.outputSign + 1) \($1)" }
  }
}

/// Groups local minima into connected components up to symmetry (mathematics: two minima with all units
/// alive are connected only through dead units, which needs `max |η| ≤ λ`).
struct ComponentGrouping<Engine: AlgebraEngine> {
  let problem: Problem<Engine>

  private var units: Int { problem.units }
  private var symmetry: Activation<Engine.Rational>.Symmetry { problem.activation.symmetry }

  func drafts(of minima: [RefinedMinimum<Engine>]) -> [ComponentDraft<Engine>] {
    var drafts: [ComponentDraft<Engine>] = []
    var closed: [RefinedMinimum<Engine>] = []
    for minimum in minima {
      if case .atMostOne = minimum.minimum.certificate {
        closed.append(minimum)
      } else {
        drafts += openDrafts(of: minimum)
      }
    }
    return drafts + closedDrafts(of: closed)
  }

  /// `max |η| > λ`: every way of sharing the units among the faces is a component of its own.
  private func openDrafts(of refined: RefinedMinimum<Engine>) -> [ComponentDraft<Engine>] {
    let minimum = refined.minimum
    return Self.compositions(of: units, into: minimum.faces.count).map { counts in
      let dimension = units - minimum.rank
      return ComponentDraft(
        members: [refined], faces: Self.faces(of: [refined]), counts: counts, deadUnits: 0,
        dimension: dimension, isClosed: dimension == 0,
        orbitSize: counts.reduce(symmetricGroupOrder) { $0 / Self.factorial($1) })
    }
  }

  /// `max |η| ≤ λ`: strata are joined when the faces of one are among those of the other.
  private func closedDrafts(of minima: [RefinedMinimum<Engine>]) -> [ComponentDraft<Engine>] {
    var group = Array(minima.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while group[index] != index { index = group[index] }
      return index
    }
    let faceSets = minima.map { Set($0.minimum.faceIndices) }
    for i in minima.indices {
      for j in minima.indices where faceSets[i].isStrictSubset(of: faceSets[j]) {
        let (a, b) = (root(i), root(j))
        group[max(a, b)] = min(a, b)
      }
    }
    let roots = minima.indices.map(root)
    return Set(roots).sorted().map { first in
      let members = minima.indices.filter { roots[$0] == first }.map { minima[$0] }
        .sorted { left, right in
          let (a, b) = (left.minimum.faceIndices, right.minimum.faceIndices)
          return a.count == b.count ? a.lexicographicallyPrecedes(b) : a.count < b.count
        }
      return closedDraft(members)
    }
  }

  private func closedDraft(_ members: [RefinedMinimum<Engine>]) -> ComponentDraft<Engine> {
    let faces = Self.faces(of: members)
    let smallest = members[0].minimum.faces.count
    let dimension = members.map { $0.minimum.rank == 0 ? 0 : units - $0.minimum.rank }.max() ?? 0
    let orbitSize: Int
    if symmetry == .oddInUnit {
      // A sphere of output weights; for one unit, two points.
      orbitSize = units == 1 && !faces.isEmpty ? 2 : 1
    } else {
      orbitSize = smallest < units ? 1 : symmetricGroupOrder
    }
    return ComponentDraft(
      members: members, faces: faces, counts: faces.map { _ in 1 }, deadUnits: max(0, units - faces.count),
      dimension: dimension, isClosed: true, orbitSize: orbitSize)
  }

  /// The order of the symmetry group of the network.
  private var symmetricGroupOrder: Int {
    Self.factorial(units) << (symmetry == .evenInWeight ? units : 0)
  }

  private static func faces(
    of members: [RefinedMinimum<Engine>]
  ) -> [(face: UnitFace<Engine>, pattern: String, outputSign: Int)] {
    var byIndex: [Int: (face: UnitFace<Engine>, pattern: String, outputSign: Int)] = [:]
    for member in members {
      for (position, face) in member.minimum.faces.enumerated() {
        byIndex[face.index] = (
          face, member.minimum.patterns[position].description, member.minimum.outputSigns[position]
        )
      }
    }
    return byIndex.keys.sorted().compactMap { byIndex[$0] }
  }

  /// All ways to write `total` as an ordered sum of positive numbers.
  static func compositions(of total: Int, into parts: Int) -> [[Int]] {
    guard parts > 0 else { return total == 0 ? [[]] : [] }
    guard total >= parts else { return [] }
    if parts == 1 { return [[total]] }
    return (1...(total - parts + 1)).flatMap { first in
      compositions(of: total - first, into: parts - 1).map { [first] + $0 }
    }
  }

  private static func factorial(_ n: Int) -> Int { (1...max(1, n)).reduce(1, *) }
}
