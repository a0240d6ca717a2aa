import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// Where the faces of a support, and others on which `|η|` may reach the ridge, stand at a proved solution of the
/// optimality conditions.
struct FaceStandings<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball

  /// How one face stands.
  enum Standing {
    /// `|q_f| < λ`, or neither `q_f` nor `−q_f` lies in the face or its closure.
    case harmless
    /// `|q_f| > λ`, and `± q_f` lies in the face.
    case above
    /// `|q_f| = λ`, and `sign · q_f` lies in the face.
    case extremal(sign: Int)
    /// `|q_f| = λ`, and `sign · q_f` lies on a wall of the face.
    case touching(sign: Int)
    /// What the balls leave open: equations that may hold.
    case open([ResidualEquation<Engine>])
  }

  private let problem: ScaledProblem<Engine>
  private let system: StratumSystem<Engine>
  private let point: CriticalPoint<Engine>
  private let standings: [Standing]

  /// - Parameters:
  ///   - masses: the faces of the support.
  ///   - others: further faces; may contain some of the support.
  /// - Returns: `nil` if the solution on the support cannot be proved.
  init?(
    _ problem: ScaledProblem<Engine>, masses: [SignVector: Ball], others: [SignVector],
    exact: BoundedExactDecision<Engine>, control: Control
  ) throws {
    self.problem = problem
    let division = try Division(
      problem, faces: Array(Set(masses.keys).union(others)), control: control)
    let system = try StratumSystem(division, faces: division.faces)
    self.system = system
    let support = system.faces.indices.filter { masses[system.faces[$0].pattern] != nil }
    guard support.count == masses.count else { return nil }
    let shares = support.compactMap { masses[system.faces[$0].pattern] }
    var found: (point: CriticalPoint<Engine>, standings: [Standing])?
    for precision in CriticalPoint<Engine>.precisions {
      guard let point = CriticalPoint(system, support: support, from: shares, precision: precision) else {
        continue
      }
      let judge = FaceJudge(system: system, point: point)
      var standings: [Standing] = []
      for position in system.faces.indices {
        try control.check()
        standings.append(try judge.standing(of: position))
      }
      found = (point, standings)
      if precision >= CriticalPoint<Engine>.exactFrom || !standings.contains(where: \.isOpen) { break }
    }
    guard let found else { return nil }
    point = found.point
    standings = try exact.settle(found.standings, system, found.point)
  }

  /// Faces on which `|η|` exceeds the ridge.
  var above: [SignVector] { patterns { if case .above = $0 { true } else { false } } }

  /// Why something could not be decided.
  var undecided: String? {
    let open = patterns { $0.isOpen }
    if !open.isEmpty {
      return "whether the dual certificate attains the ridge on "
        + open.map(\.description).joined(separator: ", ")
    }
    // An atom outside of its face is no atom.
    for position in point.support {
      switch standings[position] {
      case .extremal, .touching: continue
      default:
        return "the atom on \(system.faces[position].pattern) leaves its face"
      }
    }
    return nil
  }

  private func patterns(where predicate: (Standing) -> Bool) -> [SignVector] {
    zip(system.faces, standings).filter { predicate($1) }.map { $0.0.pattern }
  }

  /// The optimum, if nothing is above or open; `nil` if the solution cannot be proved once more.
  func optimum(cells: Int, hasBias: Bool, control: Control) throws -> SparseOptimum<Engine>? {
    var signs: [SignVector: Int] = [:]
    var touching: Set<SignVector> = []
    for (face, standing) in zip(system.faces, standings) {
      switch standing {
      case .extremal(let sign): signs[face.pattern] = sign
      case .touching: touching.insert(face.pattern)
      default: break
      }
    }
    // A mass on a wall of its face belongs to the lower face, which has the same `q` and `K r`.
    var masses: [SignVector: Ball] = [:]
    for (index, position) in point.support.enumerated() {
      var pattern = system.faces[position].pattern
      if touching.contains(pattern) {
        guard let lower = lowerFace(of: position, among: Array(signs.keys)) else { return nil }
        pattern = lower
      }
      guard masses.updateValue(point.shares[index], forKey: pattern) == nil else { return nil }
    }
    let division = try Division(problem, faces: Array(signs.keys), control: control)
    let extremal = try StratumSystem(division, faces: division.faces)
    let support = extremal.faces.indices.filter { masses[extremal.faces[$0].pattern] != nil }
    let shares = support.compactMap { masses[extremal.faces[$0].pattern] }
    guard
      let proved = CriticalPoint(extremal, support: support, from: shares, precision: point.precision)
    else { return nil }
    return SparseOptimum(
      division: division, system: extremal, point: proved,
      signs: extremal.faces.map { signs[$0.pattern] ?? 0 }, touching: touching, cells: cells, hasBias: hasBias
    )
  }

  /// The extremal face that holds `± q` of a face which `q` only touches: a face of its closure where no wall
  /// that is certainly not met is zero, and every wall that may be met is.
  private func lowerFace(of position: Int, among extremal: [SignVector]) -> SignVector? {
    let own = system.faces[position].pattern
    return extremal.first { candidate in
      (0..<own.count).allSatisfy { row in
        guard candidate[row] != own[row] else { return true }
        return candidate[row] == 0
          && system.division.product(row: row, point.gradients[position]).sign == .unknown
      }
        && own.nonzeroIndices.allSatisfy { row in
          candidate[row] == 0
            || system.division.product(row: row, point.gradients[position]).sign != .unknown
        }
    }
  }
}

extension FaceStandings.Standing {
  var isOpen: Bool { if case .open = self { true } else { false } }
}

extension SignVector {
  fileprivate var nonzeroIndices: [Int] { (0..<count).filter { self[$0] != 0 } }
}

extension CriticalPoint {
  /// The solution on a support, from approximate shares; `nil` if it cannot be proved at this precision.
  init?(_ system: StratumSystem<Engine>, support: [Int], from shares: [Ball], precision: Int) {
    guard !support.isEmpty else {
      self.init(originOf: system, precision: precision)
      return
    }
    guard
      let point = CriticalPointSolver(system, support: support, precision: precision).solve(from: shares)
    else { return nil }
    self = point
  }
}
