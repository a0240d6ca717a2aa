import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// Tells whether two branches meet at one ridge.
///
/// The atoms on the lower branch are those of the upper one, up to changes that each need one equation at the end of the
/// upper branch: a mass has vanished, a new face attains the ridge, or an atom stands on a wall. With these
/// equations the upper branch's point solves the equations of the lower one; if it also lies in the box in which
/// the lower branch is the only solution, both are the same measure at the same ridge, and the lower branch's conditions
/// vanish there. One equation defines the end of the upper branch; further ones have to be proved.
struct PathLink<Engine: AlgebraEngine> {
  let upper: RidgeBranch<Engine>
  let lower: RidgeBranch<Engine>

  private struct Change: Hashable {
    /// Of the upper branch, vanishing where it ends: any of these.
    let equations: Set<PathCondition>
    /// The same for the lower branch.
    let mirrored: Set<PathCondition>
  }

  /// Whether both ends are proved to meet.
  ///
  /// - Parameter exact: decides whether all of several conditions of the upper branch vanish at its end.
  /// - Throws: `Interruption`.
  func meets(
    _ above: PathEnd<Engine>, _ below: PathEnd<Engine>, exact: ([PathCondition]) throws -> Bool
  ) throws -> Bool {
    guard let (changes, unknowns) = changes(above, below), !changes.isEmpty,
      below.segment.contains(unknowns, ridge: above.solution.ridge),
      isHarmless(above.conditions, changes.flatMap(\.equations), lower),
      isHarmless(below.conditions, changes.flatMap(\.mirrored), upper)
    else { return false }
    if changes.count == 1 { return true }
    return try exact(
      changes.compactMap { change in above.conditions.first { change.equations.contains($0) } })
  }

  /// The changes from the upper to the lower support, and the upper end's point in the unknowns of the lower branch; `nil`
  /// if a change has no equation among those that may hold.
  private func changes(
    _ above: PathEnd<Engine>, _ below: PathEnd<Engine>
  ) -> (changes: [Change], unknowns: [Engine.Ball])? {
    let (old, new) = (upper.support, lower.support)
    var gone = old.filter { !new.contains($0) }
    var changes: [Change] = []
    var vectors: [Engine.Ball] = []
    var shares: [Engine.Ball] = []
    // Faces that attain the ridge on the whole upper branch and carry mass on the lower one only.
    var idle: [PathCondition] = []
    for pattern in new {
      let sign = lower.list[pattern] ?? 0
      if old.contains(pattern), let atom = above.atom(on: pattern) {
        vectors += atom.vector
        shares.append(atom.share)
        continue
      }
      if let partner = gone.first(where: { upper.list[$0] == sign && isComparable($0, pattern) }),
        let atom = above.atom(on: partner)
      {
        gone.removeAll { $0 == partner }
        vectors += atom.vector
        shares.append(atom.share)
        changes.append(
          Change(
            equations: Set(above.conditions.filter { $0.concernsPlace(of: partner) }),
            mirrored: Set(below.conditions.filter { $0.concernsPlace(of: pattern) })))
        continue
      }
      guard let vector = above.vector(on: pattern) else { return nil }
      vectors += vector
      shares.append(Engine.Ball(0.0, precision: above.solution.precision))
      if upper.list[pattern] == sign {
        idle.append(.mass(pattern))
      } else {
        changes.append(
          Change(
            equations: Set(above.conditions.filter { $0 == .face(pattern, sign: sign) }),
            mirrored: Set(below.conditions.filter { $0 == .mass(pattern) })))
      }
    }
    for pattern in gone {
      let face = PathCondition.face(pattern, sign: upper.list[pattern] ?? 0)
      changes.append(
        Change(
          equations: Set(above.conditions.filter { $0 == .mass(pattern) }),
          mirrored: Set(below.conditions.filter { $0 == face || idle.contains($0) })))
    }
    guard changes.allSatisfy({ !$0.equations.isEmpty && !$0.mirrored.isEmpty }) else { return nil }
    return (changes, vectors + shares)
  }

  /// Conditions beside those of the changes: by continuity they hold at the meeting point on account of the other
  /// branch.
  private func isHarmless(
    _ conditions: [PathCondition], _ changing: [PathCondition], _ other: RidgeBranch<Engine>
  ) -> Bool {
    conditions.allSatisfy { condition in
      switch condition {
      case .face: true
      case .mass(let pattern): changing.contains(condition) || other.support.contains(pattern)
      case .wall(let pattern, _): changing.contains(condition) || other.list[pattern] != nil
      // The other branch is optimal there: no slope at a direction that attains the ridge is positive.
      case .kink: true
      }
    }
  }

  private func isComparable(_ first: SignVector, _ second: SignVector) -> Bool {
    let images = upper.isEven ? [first, first.negated] : [first]
    return images.contains { $0.isInClosure(of: second) || second.isInClosure(of: $0) }
  }
}

extension PathCondition {
  /// Whether it tells where an atom stands in its face.
  fileprivate func concernsPlace(of pattern: SignVector) -> Bool {
    switch self {
    case .wall(pattern, _), .kink(pattern, _): true
    default: false
    }
  }
}

extension SignVector {
  /// Whether the face with these signs lies in the closure of another one.
  func isInClosure(of upper: SignVector) -> Bool {
    (0..<count).allSatisfy { self[$0] == 0 || self[$0] == upper[$0] }
  }
}
