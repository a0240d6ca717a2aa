import Algebra
import Arrangements
import LandscapeModel
import Strata

/// A relatively open set of hidden weights on which a unit's contribution is a polynomial, for problems of the
/// general kind.
package struct GeneralRegion<Engine: AlgebraEngine>: Sendable {
  package let region: UnitRegion<Engine>
  /// Directions that leave the set, such that one-sided derivatives in these decide about all.
  package let kinkRays: [[Engine.Rational]]
  package let kinkCount: Int
  /// Whether the contribution vanishes everywhere on the set.
  package let isInactive: Bool
  /// A point of the set.
  package let interiorPoint: [Engine.Rational]

  package var signs: SignVector? { region.signs }
  package var face: LandscapeModel.Face { region.signs.map { .pattern($0) } ?? .whole }
  package var dimension: Int { region.basis.columns }
}

/// The regions of one unit.
package struct GeneralDivision<Engine: AlgebraEngine>: Sendable {
  package typealias Rational = Engine.Rational

  package let regions: [GeneralRegion<Engine>]
  /// The dimension of the weights on which no output depends and which nothing penalises: a factor of every
  /// component, for each unit.
  package let freeDimension: Int
  /// The exponents and slopes by which `η` is a polynomial on each open region; see `certificateForms`.
  private let openSlopes: [[Rational]]
  private let problem: TrainingProblem<Engine>

  package init(_ problem: TrainingProblem<Engine>, control: Control) throws {
    self.problem = problem
    let size = problem.weightDimension
    let arrangement = try Arrangement<Engine>(
      vectors: problem.vectors, dimension: size, control: control)
    // Weights orthogonal to all data: the ridge makes them zero, or nothing depends on them, unless it
    // penalises only a part of the weight.
    let cutsSpan = problem.ridge == 0 || problem.penalty == .all || !problem.bias
    freeDimension = problem.ridge == 0 ? size - arrangement.rank : 0
    func basis(_ flat: Flat<Engine>) throws -> Engine.RationalMatrix {
      if cutsSpan {
        return UnitRegion<Engine>.columnBasis(of: flat.projector)
      }
      return try Engine.RationalMatrix(
        rows: flat.rows.count, columns: size, entries: flat.rows.flatMap { problem.vectors[$0] }
      ).kernelBasis()
    }
    switch problem.activation {
    case .twoPiece(let activation) where activation.slope != 1:
      var points: [Int: [Rational]] = [:]
      var list: [GeneralRegion<Engine>] = []
      // Lower faces come first, so that their points are known.
      for index in arrangement.faces.indices.sorted(by: {
        (arrangement.faces[$0].dimension, $0) < (arrangement.faces[$1].dimension, $1)
      }) {
        let face = arrangement.faces[index]
        let flat = arrangement.flats[face.flat]
        let point: [Rational]
        if face.dimension == 0 {
          point = (0..<size).map { _ in 0 }
        } else if face.dimension == 1 {
          let (form, _) = flat.projector.reducedRowEchelonForm()
          let vector = (0..<size).map { form[0, $0] }
          let row = face.facets[0].wall
          let product = zip(vector, problem.vectors[row]).reduce(Rational(0)) { $0 + $1.0 * $1.1 }
          point = product.signum() == face.signs[row] ? vector : vector.map { -$0 }
        } else {
          point = face.facets.reduce((0..<size).map { _ in Rational(0) }) { sum, facet in
            zip(sum, points[facet.face] ?? sum).map { $0 + $1 }
          }
        }
        points[index] = point
        if activation.slope == -1, face.signs.isNegatedRepresentative { continue }
        let region = UnitRegion<Engine>(
          slopes: (0..<problem.rowCount).map { activation.slope(atSign: face.signs[$0]) },
          basis: try basis(flat), signs: face.signs)
        let rays = flat.localRays.flatMap { ray -> [[Rational]] in
          let vector = ray.direction.map { Rational($0) }
          return [vector, vector.map { -$0 }]
        }
        list.append(
          GeneralRegion(
            region: region, kinkRays: rays, kinkCount: flat.hyperplanes.count,
            isInactive: region.isInactive(problem.vectors), interiorPoint: point))
      }
      regions = list.sorted { left, right in
        guard let a = left.signs, let b = right.signs else { return false }
        return a < b
      }
      openSlopes = list.filter { $0.kinkRays.isEmpty }.map(\.region.slopes)
    case .twoPiece, .power:
      // Without kinks there is one region.
      let region = UnitRegion<Engine>(
        slopes: problem.targets.map { _ in 1 }, basis: try basis(arrangement.flats[0]), signs: nil)
      regions = [
        GeneralRegion(
          region: region, kinkRays: [], kinkCount: 0, isInactive: region.isInactive(problem.vectors),
          interiorPoint: (0..<size).map { _ in 0 })
      ]
      openSlopes = [region.slopes]
    }
  }

  /// Linear forms in the residual that all vanish iff `η(w) = Σ_i r_i σ(⟨w, z_i⟩)` is zero for every `w`. With
  /// ridge zero this makes a critical point a least-squares fit by arbitrarily many units.
  package func certificateForms() -> [[Rational]] {
    var exponent = 1
    if case .power(let power) = problem.activation { exponent = power }
    let monomials = Self.monomials(degree: exponent, variables: problem.weightDimension)
    return openSlopes.flatMap { slopes in
      monomials.map { monomial in
        problem.vectors.indices.map { row in
          zip(problem.vectors[row], monomial).reduce(slopes[row]) { product, factor in
            (0..<factor.1).reduce(product) { value, _ in value * factor.0 }
          }
        }
      }
    }
  }

  private static func monomials(degree: Int, variables: Int) -> [[Int]] {
    if variables == 1 { return [[degree]] }
    return (0...degree).flatMap { first in
      monomials(degree: degree - first, variables: variables - 1).map { [first] + $0 }
    }
  }
}
