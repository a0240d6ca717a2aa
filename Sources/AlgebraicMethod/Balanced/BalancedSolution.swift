import Algebra
import Ideals
import RealSolving
import Strata

/// A real solution of a balanced system with all shares positive: a critical residual of the problem with what
/// is exactly known about it.
package struct BalancedSolution<Engine: AlgebraEngine>: Sendable {
  package typealias Rational = Engine.Rational
  package typealias Ball = Engine.Ball

  package let system: BalancedSystem<Engine>
  package let point: AlgebraicPoint<Engine>

  /// The sign of a linear form in the residual.
  package func sign(ofForm coefficients: [Rational], _ control: Control) throws -> Int {
    try point.sign(of: system.form(coefficients), in: system.notation, control)
  }

  /// The sign of `|q_f|² − λ²` for `q_f = P_f M_fᵀ r`.
  package func signOfExcess(on face: UnitFace<Engine>, in division: Division<Engine>, _ control: Control)
    throws
    -> Int
  {
    let ring = system.notation.ring
    let ridge = division.problem.ridge
    let square = try division.gradientForms(on: face).reduce(ring.constant(-ridge * ridge)) { sum, form in
      let value = try system.form(form)
      return try sum.adding(value.multiplied(by: value))
    }
    return try point.sign(of: square, in: system.notation, control)
  }

  /// The sign of the output weight with which a unit's weight lies in the face, if its direction is that of
  /// `q_f`: 0 if neither `q_f` nor `−q_f` lies in the face.
  package func outputSign(on face: UnitFace<Engine>, in division: Division<Engine>, _ control: Control) throws
    -> Int
  {
    var common = 0
    for wall in face.walls {
      let sign = try sign(ofForm: division.wallForm(at: wall.row, on: face), control) * wall.sign
      if sign == 0 || sign == -common { return 0 }
      common = sign
    }
    // A face without walls is a linear space, which contains both; only the linear activation has such faces.
    return common == 0 ? 1 : common
  }

  /// Whether no one-sided derivative of the loss at a unit on the face is negative (mathematics: φ ≥ 0, on the
  /// finitely many rays that leave the face).
  package func isStationary(
    on face: UnitFace<Engine>, outputSign: Int, in division: Division<Engine>, _ control: Control
  ) throws -> Bool {
    try face.kinkRays.allSatisfy { ray in
      try outputSign * sign(ofForm: division.kinkForm(ray, on: face), control) <= 0
    }
  }

  // MARK: - Numbers

  /// The point's coordinates, for `residual(at:)` and others.
  package func coordinates(precision: Int) throws -> [Ball] { try point.coordinates(precision: precision) }

  package func residual(at coordinates: [Ball], precision: Int) -> [Ball] {
    system.residual.map { $0.enclosure(at: coordinates, precision: precision) }
  }

  package func share(of position: Int, at coordinates: [Ball]) -> Ball {
    coordinates[system.shareVariables[position]]
  }

  /// `u_l = w_l / a_l`.
  package func direction(of position: Int, at coordinates: [Ball], precision: Int) -> [Ball] {
    let basis = system.regions[position].basis
    return (0..<basis.rows).map { row in
      zip(0..<basis.columns, system.directionVariables[position]).reduce(Ball(0.0, precision: precision)) {
        $0 + Ball(basis[row, $1.0], precision: precision) * coordinates[$1.1]
      }
    }
  }
}

extension Division {
  /// The entries of `q_f = P_f M_fᵀ r` as linear forms in the residual.
  package func gradientForms(on face: UnitFace<Engine>) -> [[Rational]] {
    let projector = arrangement.flats[face.flat].projector
    let size = problem.weightDimension
    return (0..<size).map { row in
      (0..<problem.rowCount).map { i in
        let slope = face.slope(at: i, problem.activation)
        return slope == 0
          ? 0 : (0..<size).reduce(Rational(0)) { $0 + projector[row, $1] * vectors[i, $1] } * slope
      }
    }
  }
}
