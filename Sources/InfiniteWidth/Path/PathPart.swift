import Algebra
import LandscapeModel
import Strata

/// A branch with the ridges on which it is proved to be the optimum.
struct PathPart<Engine: AlgebraEngine> {
  /// How it ends on a side.
  enum End {
    /// It goes on beyond the ridges that are asked for.
    case goesOn
    case ends(PathEnd<Engine>)
    /// The proof does not come further than this ridge.
    case stuck(at: Double)
  }

  let branch: RidgeBranch<Engine>
  /// In any order, without those on which it ends.
  private(set) var segments: [BranchSegment] = []
  private(set) var above: End = .goesOn
  private(set) var below: End = .goesOn

  private static var shortest: Double { 0x1p-36 }

  /// - Parameters:
  ///   - limits: how far the branch is followed.
  /// - Throws: `Interruption`, `AlgebraError`.
  init(
    _ branch: RidgeBranch<Engine>, limits: ClosedRange<Double>, _ search: DirectionSearch<Engine>,
    _ projectors: inout FaceProjectors<Engine>, control: Control
  ) throws {
    self.branch = branch
    above = try follow(to: limits.upperBound, search, &projectors, control)
    below = try follow(to: limits.lowerBound, search, &projectors, control)
  }

  private mutating func follow(
    to limit: Double, _ search: DirectionSearch<Engine>, _ projectors: inout FaceProjectors<Engine>,
    _ control: Control
  ) throws -> End {
    let direction = limit > branch.ridge ? 1.0 : -1.0
    var point = branch.start
    // Segments overlap a little, so that roundings leave no gap.
    var edge = branch.ridge
    var halfWidth = branch.ridge * 0.05
    while (limit - edge) * direction > 0 {
      try control.check()
      halfWidth = min(halfWidth, max((limit - edge).magnitude * 0.51, edge * Self.shortest))
      guard halfWidth >= edge * Self.shortest else { return .stuck(at: edge) }
      let centre = edge + direction * halfWidth * (1 - 0x1p-12)
      guard
        let segment = BranchSegment(branch.equations, near: point, centre: centre, halfWidth: halfWidth)
      else {
        halfWidth /= 2
        continue
      }
      switch try branch.verdict(on: segment, from: -direction, search, &projectors, control: control) {
      case .unclear: halfWidth /= 2
      case .crossings(let crossings) where crossings.isEmpty:
        segments.append(segment)
        edge = direction > 0 ? segment.upper : segment.lower
        point = segment.point(at: direction)
        halfWidth *= 2
      case .crossings(let crossings):
        let first = Self.first(of: crossings, direction: direction)
        guard let end = try PathEnd(branch, segment, first, control: control) else {
          return .stuck(at: edge)
        }
        segments.append(segment)
        return .ends(end)
      }
    }
    return .goesOn
  }

  /// The crossings that may be the first one.
  private static func first(
    of crossings: [SegmentVerdict.Crossing], direction: Double
  ) -> [SegmentVerdict.Crossing] {
    if direction > 0 {
      let latest = crossings.map(\.upper).min() ?? 1
      return crossings.filter { $0.lower <= latest }
    }
    let latest = crossings.map(\.lower).max() ?? -1
    return crossings.filter { $0.upper >= latest }
  }

  /// Approximate shares at a ridge on the branch; `nil` where it was not followed.
  func shares(at ridge: Double) -> [Double]? {
    guard let segment = segments.first(where: { $0.lower <= ridge && ridge <= $0.upper }) else { return nil }
    let point = segment.point(at: (ridge - segment.centre) / segment.halfWidth)
    return Array(point[(branch.equations.count * branch.equations.dimension)...])
  }
}
