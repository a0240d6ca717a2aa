import Algebra
import ConvexMethod

/// Tells in balls how faces stand at a proved solution of the optimality conditions.
struct FaceJudge<Engine: AlgebraEngine> {
  typealias Standing = FaceStandings<Engine>.Standing

  let system: StratumSystem<Engine>
  let point: CriticalPoint<Engine>

  /// `|q_f|² − λ²`; exactly zero on the support.
  private func defect(_ position: Int) -> BallSign {
    if point.support.contains(position) { return .zero }
    let ridge = Engine.Ball(system.ridge, precision: point.precision)
    return (point.gradients[position].squaredNorm() - ridge * ridge).sign
  }

  func standing(of position: Int) throws -> Standing {
    let face = system.faces[position]
    let defect = defect(position)
    if defect == .negative { return .harmless }
    var (positive, negative) = (false, false)
    var unknown: [Int] = []
    for wall in face.walls {
      switch system.division.product(row: wall.row, point.gradients[position]).sign {
      case .positive: if wall.sign > 0 { positive = true } else { negative = true }
      case .negative: if wall.sign > 0 { negative = true } else { positive = true }
      case .zero, .unknown: unknown.append(wall.row)
      }
      if positive, negative { return .harmless }
    }
    // A form that is the same for all residuals here is a rational number, which may be zero exactly: then
    // q lies on that wall, whatever else is open.
    var equations: [ResidualEquation<Engine>] = []
    var touches = false
    for row in unknown {
      let form = system.division.wallForm(at: row, on: face)
      if try system.constantValue(of: form) == 0 {
        touches = true
      } else {
        equations.append(.vanishes(form))
      }
    }
    if touches, defect == .positive { return .harmless }
    if defect == .unknown { equations.append(.attains(face)) }
    guard equations.isEmpty else { return .open(equations) }
    guard positive != negative else {
      // Without any wall that is not met: all rows are zero on it, or the face is a whole line's end.
      return .open([.attains(face)])
    }
    let sign = positive ? 1 : -1
    if defect == .positive { return .above }
    return touches ? .touching(sign: sign) : .extremal(sign: sign)
  }
}
