import Algebra
import Arrangements
import LandscapeModel
import Strata

/// A problem's numbers in double-double arithmetic, each rounded from its exact value.
package final class PreciseTables: @unchecked Sendable {
  /// What the precise filter needs to know about one face.
  struct Face {
    let dimension: Int
    /// The columns of `A_f = M_f Q_f`, one after the other.
    let columns: [DoubleDouble]
    /// Those of `W A_f`, with the metric `W` of the squared error.
    let images: [DoubleDouble]
    let walls: [Wall]
    let kinks: [Kink]
  }

  /// The form `± ⟨z_row, Q_f c⟩` that has the sign of the output weight.
  struct Wall {
    let coefficients: [DoubleDouble]
    /// At least `|z_row|`.
    let norm: Double
  }

  /// The one-sided derivative as a form in the residual; see `Division.kinkForm`.
  struct Kink {
    let form: [DoubleDouble]
    /// At least its norm in the metric `Ω ≥ W`.
    let norm: Double
  }

  /// The tables in doubles: scales, norms and what is tame.
  let doubles: FilterTables
  let ridge: DoubleDouble
  /// `W y`.
  let targets: [DoubleDouble]
  private let makeFace: @Sendable (Int) throws -> Face

  package init<Engine: AlgebraEngine>(_ division: Division<Engine>, doubles: FilterTables) {
    self.doubles = doubles
    ridge = DoubleDouble(division.problem.ridge)
    targets = division.moments.weightedTargets.map { DoubleDouble($0) }
    makeFace = { try Self.face(division.faces[$0], of: division) }
  }

  /// Cost: some hundreds of rational operations; keep what was made.
  ///
  /// - Throws: `AlgebraError`.
  func face(_ index: Int) throws -> Face { try makeFace(index) }

  private static func face<Engine: AlgebraEngine>(
    _ face: UnitFace<Engine>, of division: Division<Engine>
  ) throws -> Face {
    let (rows, size, k) = (division.problem.rowCount, division.problem.weightDimension, face.dimension)
    let basis = division.orthonormalBasis(of: face).map { $0.map { DoubleDouble($0) } }
    let vectors = (0..<rows).map { row in
      (0..<size).map { DoubleDouble(division.vectors[row, $0]) }
    }
    func product(_ row: Int, _ column: Int) -> DoubleDouble { dot(vectors[row], basis[column], size) }
    let metric = division.problem.metric
    var scaled = division.vectors
    for row in 0..<rows {
      let slope = face.slope(at: row, division.problem.activation)
      for column in 0..<size { scaled[row, column] = scaled[row, column] * slope }
    }
    func columns(_ matrix: Engine.RationalMatrix) -> [DoubleDouble] {
      let numbers = (0..<rows).map { row in (0..<size).map { DoubleDouble(matrix[row, $0]) } }
      return (0..<k).flatMap { column in numbers.map { dot($0, basis[column], size) } }
    }
    let own = columns(scaled)
    return Face(
      dimension: k, columns: own,
      images: metric.isIdentity ? own : columns(try metric.applied(to: scaled)),
      walls: face.walls.map { wall in
        Wall(
          coefficients: (0..<k).map {
            let value = product(wall.row, $0)
            return wall.sign < 0 ? -value : value
          }, norm: Self.norm(vectors[wall.row]))
      },
      kinks: face.kinkRays.map { ray in
        let form = division.kinkForm(ray, on: face).map { DoubleDouble($0) }
        let weights = (0..<rows).map { metric.weight($0).doubleValue.squareRoot() }
        return Kink(form: form, norm: Self.norm(zip(form, weights).map { $0 * DoubleDouble($1) }))
      })
  }

  /// At least the norm of a vector.
  private static func norm(_ vector: [DoubleDouble]) -> Double {
    vector.reduce(0) { $0 + $1.high * $1.high }.squareRoot() * (1 + 1e-12)
  }
}
