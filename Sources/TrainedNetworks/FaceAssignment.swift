import Algebra
import LandscapeModel
import Strata

/// Which unit of a network lies on which face, where arguments that are small count as zero.
struct FaceAssignment: Hashable {
  /// The faces of the living units, sorted, none twice.
  let patterns: [SignVector]
  /// For every unit the position of its face; `nil` for dead units.
  let faces: [Int?]
  /// For every unit whether its weight was turned, `w → −w`, which the absolute value allows.
  let isTurned: [Bool]

  /// - Parameters:
  ///   - tolerance: arguments are small up to this share of `|w| |z|`; units are dead whose `|a| |w|` is at most this
  ///     share of the greatest. The choice needs no proof: what is found with it is proved.
  init<Engine: AlgebraEngine>(
    _ weights: NetworkWeights<Engine.Rational>, _ problem: Problem<Engine>, tolerance: Double
  ) {
    let (a, w) = weights.approximation
    let sizes = zip(a, w).map { abs($0) * Self.norm($1) }
    let least = (sizes.max() ?? 0) * tolerance
    let lengths = problem.vectors.map { Self.norm($0.map(\.doubleValue)) }
    let isEven = problem.activation.symmetry == .evenInWeight
    var turned = Array(repeating: false, count: a.count)
    let patterns: [SignVector?] = weights.w.enumerated().map { unit, weight in
      guard weights.a[unit] != 0, sizes[unit] > least else { return nil }
      let length = Self.norm(w[unit])
      var signs = problem.vectors.enumerated().map { row, vector in
        let argument = NetworkWeights<Engine.Rational>.product(weight, vector)
        return abs(argument.doubleValue) <= tolerance * length * lengths[row] ? 0 : argument.signum()
      }
      let isActive = signs.contains { $0 > 0 || ($0 < 0 && problem.activation.slope != 0) }
      guard isActive else { return nil }
      if isEven, signs.first(where: { $0 != 0 }) == -1 {
        signs = signs.map { -$0 }
        turned[unit] = true
      }
      return SignVector(signs)
    }
    let listed = Set(patterns.compactMap { $0 }).sorted()
    self.patterns = listed
    faces = patterns.map { pattern in pattern.flatMap { listed.firstIndex(of: $0) } }
    isTurned = turned
  }

  private init(patterns: [SignVector], faces: [Int?], isTurned: [Bool]) {
    self.patterns = patterns
    self.faces = faces
    self.isTurned = isTurned
  }

  /// With these faces only; units on others are dead.
  func keeping(_ positions: [Int]) -> FaceAssignment {
    FaceAssignment(
      patterns: positions.map { patterns[$0] },
      faces: faces.map { face in face.flatMap { positions.firstIndex(of: $0) } }, isTurned: isTurned)
  }

  /// With some units dead.
  func without(_ isDead: [Bool]) -> FaceAssignment {
    FaceAssignment(
      patterns: patterns, faces: zip(faces, isDead).map { $1 ? nil : $0 }, isTurned: isTurned)
  }

  private static func norm(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
