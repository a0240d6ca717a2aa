import LandscapeModel

/// What has to stay positive for an active list to stay what it is.
enum PathCondition: Hashable, Sendable {
  /// The mass on an extremal face of the support.
  case mass(SignVector)
  /// `s c_i ⟨q_f, z_i⟩` at a row: the atom stays inside its face.
  case wall(SignVector, row: Int)
  /// The slope of `−s η` at an atom along a ray that leaves its face.
  case kink(SignVector, ray: Int)
  /// `κ² − |q_f|²` of another face with `sign · q_f` in it.
  case face(SignVector, sign: Int)
}

/// The conditions of a branch on a segment that are not certainly positive all over it.
enum SegmentVerdict {
  struct Crossing {
    let condition: PathCondition
    /// Bounds of the zero in `t`.
    let lower: Double
    let upper: Double
  }

  /// Some condition is too near to zero for a segment of this length.
  case unclear
  /// All others are positive; these vanish once each.
  case crossings([Crossing])
}
