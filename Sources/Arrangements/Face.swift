import LandscapeModel

/// A face of an arrangement: the relatively open cone of all `w` whose inner products with the rows have
/// given signs.
public struct Face: Hashable, Sendable {
  /// `sign⟨w, z_i⟩` for every row `i`.
  public let signs: SignVector
  /// The flat of the rows whose sign is 0 (index into the arrangement's flats).
  public let flat: Int
  /// The dimension of the face inside the span of the rows: the arrangement's rank minus the flat's.
  public let dimension: Int
  /// The faces of the next lower dimension in the closure of this one, ascending.
  public let facets: [Facet]
  /// The faces of the next higher dimension whose closure contains this one: two for each local ray `j` of
  /// the flat, `cofacets[2j]` along the ray and `cofacets[2j + 1]` against it.
  public let cofacets: [Cofacet]
}

/// A facet of a face.
public struct Facet: Hashable, Sendable {
  private let storedFace: Int32
  private let storedWall: Int32

  init(face: Int, wall: Int) {
    storedFace = Int32(face)
    storedWall = Int32(wall)
  }

  /// The index of the lower face.
  public var face: Int { Int(storedFace) }
  /// The first row whose sign is 0 on the lower face but not on the upper.
  public var wall: Int { Int(storedWall) }
}

/// A face that has a given one as its facet.
public struct Cofacet: Hashable, Sendable {
  private let storedFace: Int32
  /// The ray along its direction, or its bitwise complement for the opposite one.
  private let step: Int32

  init(face: Int, ray: Int, sign: Int) {
    storedFace = Int32(face)
    step = sign > 0 ? Int32(ray) : ~Int32(ray)
  }

  /// The index of the upper face: `g ∘ (±c)` for the lower face `g` and the signs `c` of the ray.
  public var face: Int { Int(storedFace) }
  /// The index of the ray among the local rays of the lower face's flat.
  public var ray: Int { Int(step < 0 ? ~step : step) }
  /// 1 for a step along the ray's direction, −1 for a step against it.
  public var sign: Int { step < 0 ? -1 : 1 }
}
