import Algebra
import ConvexMethod
import Strata

/// A connected component before its numbers are written down: which minima it joins, and how many units
/// stand on each of its faces.
struct ComponentDraft<Engine: AlgebraEngine>: Sendable {
  /// The strata that the component joins, that with the fewest faces first; more than one only for closed
  /// components.
  let members: [LocalMinimum<Engine>]
  /// The faces of all members, in order, with the sign of the output weight.
  let faces: [(face: UnitFace<Engine>, pattern: String, outputSign: Int)]
  /// The number of units on each face.
  let counts: [Int]
  let deadUnits: Int
  let dimension: Int
  let isClosed: Bool
  let orbitSize: Int

  var representative: LocalMinimum<Engine> { members[0] }

  /// One unit lies on as many hyperplanes as its face does.
  var kinks: Int { zip(faces, counts).reduce(0) { $0 + $1.0.face.kinkCount * $1.1 } }

  /// Sorts after the loss.
  var sortKey: [String] {
    faces.map(\.pattern) + zip(faces, counts).map { "\($0.outputSign + 1) \($1)" }
  }
}
