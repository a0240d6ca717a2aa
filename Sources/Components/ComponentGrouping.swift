import Algebra
import Strata

/// Groups local minima into connected components up to symmetry (mathematics: two minima with all units
/// alive are connected only through dead units, which needs `max |η| ≤ λ`).
package struct ComponentGrouping<Minimum: ProvedMinimum>: Sendable {
  typealias Engine = Minimum.Engine

  let units: Int
  let symmetry: Activation<Minimum.Engine.Rational>.Symmetry

  package init(units: Int, symmetry: Activation<Minimum.Engine.Rational>.Symmetry) {
    self.units = units
    self.symmetry = symmetry
  }

  /// - Returns: in every list the components with the same members.
  package func drafts(of minima: [Minimum]) -> [[ComponentDraft<Minimum>]] {
    minima.filter { !$0.isGlobalForEveryWidth }.map(openDrafts)
      + closedDrafts(of: minima.filter(\.isGlobalForEveryWidth)).map { [$0] }
  }

  /// `max |η| > λ`: every way of sharing the units among the faces is a component of its own.
  private func openDrafts(of minimum: Minimum) -> [ComponentDraft<Minimum>] {
    let dimension = units - minimum.rank
    let faces = Self.occupiedFaces(of: [minimum])
    return UnitSharing.compositions(of: units, into: faces.count).map { counts in
      ComponentDraft(
        members: [minimum], faces: faces, counts: counts, deadUnits: 0, dimension: dimension,
        isClosed: dimension == 0,
        orbitSize: UnitSharing.orders(counts) << symmetry.signChanges(ofUnits: units))
    }
  }

  /// `max |η| ≤ λ`: strata are joined when the faces of one are among those of the other.
  private func closedDrafts(of minima: [Minimum]) -> [ComponentDraft<Minimum>] {
    var group = Array(minima.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while group[index] != index { index = group[index] }
      return index
    }
    let faceSets = minima.map { Set($0.faceIndices) }
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
          let (a, b) = (left.faceIndices, right.faceIndices)
          return a.count == b.count ? a.lexicographicallyPrecedes(b) : a.count < b.count
        }
      return closedDraft(members)
    }
  }

  private func closedDraft(_ members: [Minimum]) -> ComponentDraft<Minimum> {
    let faces = Self.occupiedFaces(of: members)
    let smallest = members[0].faces.count
    let dimension = members.map { $0.rank == 0 ? 0 : units - $0.rank }.max() ?? 0
    let orbitSize: Int
    if symmetry == .oddInUnit {
      // A sphere of output weights; for one unit, two points.
      orbitSize = units == 1 && !faces.isEmpty ? 2 : 1
    } else {
      orbitSize =
        smallest < units
        ? 1 : UnitSharing.orders(faces.map { _ in 1 }) << symmetry.signChanges(ofUnits: units)
    }
    return ComponentDraft(
      members: members, faces: faces, counts: faces.map { _ in 1 }, deadUnits: max(0, units - faces.count),
      dimension: dimension, isClosed: true, orbitSize: orbitSize)
  }

  /// The faces of all minima, in order.
  private static func occupiedFaces(of minima: [Minimum]) -> [OccupiedFace<Minimum.Engine>] {
    var byIndex: [Int: OccupiedFace<Minimum.Engine>] = [:]
    for minimum in minima {
      for (position, face) in minimum.faces.enumerated() {
        byIndex[face.index] = OccupiedFace(
          face: face, pattern: minimum.patterns[position], outputSign: minimum.outputSigns[position])
      }
    }
    return byIndex.sorted { $0.key < $1.key }.map(\.value)
  }
}
