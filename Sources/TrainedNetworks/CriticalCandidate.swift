import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// The critical point of the networks whose living units have given activation patterns, if there is one.
struct CriticalCandidate<Engine: AlgebraEngine> {
  enum Verdict {
    /// All first-order conditions of a local minimum of the living units are proved.
    case minimum
    /// The point lies in the faces, but some one-sided derivative is negative.
    case saddle
    /// The point lies in the faces; the sign of some one-sided derivative is not known.
    case undecided(reason: String)
  }

  let system: StratumSystem<Engine>
  let point: CriticalPoint<Engine>
  /// The signs of the output weights, one for each face.
  let signs: [Int]
  let verdict: Verdict

  var isMinimum: Bool {
    if case .minimum = verdict { true } else { false }
  }

  /// What comes of a set of faces.
  enum Outcome {
    case found(CriticalCandidate)
    /// The solution has no units on some of the faces: those that remain, by their positions.
    case fewer([Int])
    case nothing
  }

  /// - Parameters:
  ///   - faces: of one division, which has no others.
  ///   - start: a share for each face, approximately.
  static func find(
    _ division: Division<Engine>, start: [Double]
  ) throws -> Outcome {
    let system = try StratumSystem(division, faces: division.faces)
    var outcome = Outcome.nothing
    for precision in CriticalPoint<Engine>.precisions {
      guard let solution = SupportSearch(system: system, precision: precision).find(from: start) else {
        continue
      }
      if solution.hasDeadUnit
        || (!solution.ties.isEmpty && precision == CriticalPoint<Engine>.precisions.last)
      {
        return .fewer(solution.point.support)
      }
      guard solution.ties.isEmpty else { continue }
      let judge = StratumJudge(system: system, outcome: solution, precision: precision)
      switch try judge.judge() {
      case .accepted(let signs):
        return .found(Self(system: system, point: solution.point, signs: signs, verdict: .minimum))
      case .rejected:
        guard let signs = place(of: solution.point, in: system) else { return .nothing }
        return .found(Self(system: system, point: solution.point, signs: signs, verdict: .saddle))
      case .pending(let conditions, let signs):
        guard place(of: solution.point, in: system) != nil else { continue }
        let reason = conditions[0].description(in: system)
        outcome = .found(
          Self(system: system, point: solution.point, signs: signs, verdict: .undecided(reason: reason)))
      }
    }
    return outcome
  }

  /// The signs of the output weights with which the weights certainly lie in their faces.
  private static func place(of point: CriticalPoint<Engine>, in system: StratumSystem<Engine>) -> [Int]? {
    var signs: [Int] = []
    for (position, face) in system.faces.enumerated() {
      var sign = 0
      for wall in face.walls {
        let value = system.division.product(row: wall.row, point.gradients[position])
        let found: Int
        switch value.sign {
        case .positive: found = wall.sign
        case .negative: found = -wall.sign
        case .zero, .unknown: return nil
        }
        guard sign == 0 || sign == found else { return nil }
        sign = found
      }
      signs.append(sign)
    }
    return signs.contains(0) ? nil : signs
  }
}
