import Algebra
import Arrangements
import LandscapeModel

/// Local minima of one stratum, as far as both roads describe them alike.
package protocol MinimumOnFaces<Engine> {
  associatedtype Engine: AlgebraEngine

  var faces: [UnitFace<Engine>] { get }
  /// The sign of the output weight of the units on each face.
  var outputSigns: [Int] { get }
  /// The activation pattern of each face (for the linear activation, of a unit with positive output weight).
  var patterns: [SignVector] { get }
}

extension MinimumOnFaces {
  /// The numbers of the faces among the unit faces, increasing.
  package var faceIndices: [Int] { faces.map(\.index) }
}

extension Sequence where Element: MinimumOnFaces {
  /// The faces of all of them, in order, with the sign of the output weight.
  package var distinctFaces: [(face: UnitFace<Element.Engine>, pattern: String, outputSign: Int)] {
    var byIndex: [Int: (face: UnitFace<Element.Engine>, pattern: String, outputSign: Int)] = [:]
    for member in self {
      for (position, face) in member.faces.enumerated() {
        byIndex[face.index] = (
          face, member.patterns[position].description, member.outputSigns[position]
        )
      }
    }
    return byIndex.sorted { $0.key < $1.key }.map(\.value)
  }
}
