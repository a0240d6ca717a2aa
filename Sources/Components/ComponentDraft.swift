import Algebra
import LandscapeModel
import Strata

/// A face that holds units of a component.
package struct OccupiedFace<Engine: AlgebraEngine>: Sendable {
  package let face: UnitFace<Engine>
  package let pattern: SignVector
  /// The sign of the output weight.
  package let outputSign: Int
}

/// A connected component before its numbers are written down: which minima it joins, and how many units
/// stand on each of its faces.
package struct ComponentDraft<Minimum: ProvedMinimum>: Sendable {
  /// The strata that the component joins, that with the fewest faces first; more than one only for closed
  /// components.
  package let members: [Minimum]
  /// The faces of all members, in order.
  package let faces: [OccupiedFace<Minimum.Engine>]
  /// The number of units on each face.
  package let counts: [Int]
  package let deadUnits: Int
  package let dimension: Int
  package let isClosed: Bool
  package let orbitSize: Int

  package var representative: Minimum { members[0] }

  /// One unit lies on as many hyperplanes as its face does.
  var kinks: Int { zip(faces, counts).reduce(0) { $0 + $1.0.face.kinkCount * $1.1 } }

  /// Orders components of equal loss.
  var orderKey: ComponentOrderKey {
    ComponentOrderKey(
      texts: faces.map(\.pattern.description) + zip(faces, counts).map { "\($0.outputSign + 1) \($1)" })
  }
}

/// Patterns, then output signs and counts; `−` before `0` before `+`.
struct ComponentOrderKey: Comparable, Sendable {
  let texts: [String]

  static func < (left: Self, right: Self) -> Bool {
    left.texts.lexicographicallyPrecedes(right.texts) { precedes($0, $1) }
  }

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
}
