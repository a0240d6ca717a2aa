import Algebra
import Arrangements
import LandscapeModel

/// The faces of parameter space on which one hidden unit's contribution to the outputs is linear, and the
/// rational data of each: the *divide* step.
///
/// Only faces with `K = M P Mᵀ ≠ 0` are listed, as no other face can hold a unit at a local minimum. They
/// are numbered in the order of their sign vectors. For the absolute value a face stands for itself and its
/// negative; the linear activation has one region, all of parameter space.
///
/// Immutable. It is shared and not copied: much that is made for a stratum refers to it.
package final class Division<Engine: AlgebraEngine>: Sendable {
  package typealias Rational = Engine.Rational

  package let problem: ScaledProblem<Engine>
  package let arrangement: Arrangement<Engine>
  /// The `z_i` as rows, `n × D`.
  package let vectors: Engine.RationalMatrix
  package let faces: [UnitFace<Engine>]
  /// The rows by angle if `D = 2`.
  package let planar: PlanarOrder?
  package let moments: ExactMoments<Engine>

  package convenience init(_ problem: Problem<Engine>, control: Control) throws {
    try self.init(ScaledProblem(problem), control: control)
  }

  package convenience init(_ problem: ScaledProblem<Engine>, control: Control) throws {
    let arrangement = try Arrangement<Engine>(
      vectors: problem.vectors, dimension: problem.weightDimension, control: control)
    try self.init(
      problem, arrangement: arrangement,
      faces: Self.unitFaces(of: arrangement, activation: problem.activation))
  }

  /// - Parameters:
  ///   - arrangement: of the `z_i`; only the flats of the faces are needed.
  ///   - faces: in the order of their numbers.
  init(_ problem: ScaledProblem<Engine>, arrangement: Arrangement<Engine>, faces: [UnitFace<Engine>]) throws {
    self.problem = problem
    self.arrangement = arrangement
    self.faces = faces
    vectors = try Engine.RationalMatrix(
      rows: problem.rowCount, columns: problem.weightDimension, entries: problem.vectors.flatMap { $0 })
    // The linear activation has one face, which is no half plane.
    let patterns = faces.compactMap(\.signs)
    planar =
      problem.weightDimension == 2 && patterns.count == faces.count
      ? PlanarOrder(problem.vectors, patterns: patterns) : nil
    moments = try ExactMoments(problem, vectors: vectors, planar: planar)
  }

  private init(_ division: Division, ridge: Rational) {
    problem = division.problem.with(ridge: ridge)
    arrangement = division.arrangement
    vectors = division.vectors
    faces = division.faces
    planar = division.planar
    moments = division.moments
  }

  /// The same faces with another ridge.
  package func with(ridge: Rational) -> Division { Division(self, ridge: ridge) }

  private static func unitFaces(
    of arrangement: Arrangement<Engine>, activation: Activation<Rational>
  ) -> [UnitFace<Engine>] {
    let symmetry = activation.symmetry
    if symmetry == .oddInUnit {
      let whole = UnitFace<Engine>(index: 0, wholeSpaceOf: arrangement)
      return arrangement.rank > 0 ? [whole] : []
    }
    let kinkRays = arrangement.flats.map { $0.kinkRays }
    var faces: [UnitFace<Engine>] = []
    for face in arrangement.faces where face.dimension > 0 {
      let isActive = (0..<face.signs.count).contains {
        face.signs[$0] == 1 || (face.signs[$0] == -1 && activation.slope != 0)
      }
      guard isActive else { continue }
      if symmetry == .evenInWeight, face.signs.leadingSign == -1 { continue }
      faces.append(
        UnitFace(index: faces.count, face: face, kinkRays: kinkRays[face.flat], of: arrangement))
    }
    return faces
  }
}

/// One face, with what the conditions of a local minimum need.
package struct UnitFace<Engine: AlgebraEngine>: Sendable {
  /// A condition `sign⟨w, z_row⟩ = sign` that, together with the other walls, makes `w` lie in the face.
  package struct Wall: Sendable {
    package let row: Int
    package let sign: Int
  }

  /// The number among the unit faces.
  package let index: Int
  /// The activation pattern; `nil` for the linear activation, where a pattern plays no part.
  package let signs: SignVector?
  /// The flat whose complement is the face's span; its projector is `P`.
  package let flat: Int
  /// The dimension of the span.
  package let dimension: Int
  /// One wall for each facet of the face.
  package let walls: [Wall]
  /// Directions that leave the face, both signs of each local ray: the finitely many directions in which the
  /// one-sided derivative decides a boundary stratum.
  package let kinkRays: [[Engine.Rational]]
  /// The number of hyperplanes on which the face lies.
  package let kinkCount: Int

  fileprivate init(index: Int, wholeSpaceOf arrangement: Arrangement<Engine>) {
    self.index = index
    signs = nil
    flat = 0
    dimension = arrangement.rank
    walls = []
    kinkRays = []
    kinkCount = 0
  }

  fileprivate init(
    index: Int, face: Arrangements.Face, kinkRays: [[Engine.Rational]], of arrangement: Arrangement<Engine>
  ) {
    self.init(
      index: index, signs: face.signs, flat: face.flat, dimension: face.dimension,
      walls: face.facets.map { Wall(row: $0.wall, sign: face.signs[$0.wall]) }, kinkRays: kinkRays,
      in: arrangement)
  }

  /// - Parameter kinkRays: those of the flat.
  init(
    index: Int, signs: SignVector, flat number: Int, dimension: Int, walls: [Wall],
    kinkRays: [[Engine.Rational]], in arrangement: Arrangement<Engine>
  ) {
    self.index = index
    self.signs = signs
    self.flat = number
    self.dimension = dimension
    self.walls = walls
    self.kinkRays = kinkRays
    kinkCount = arrangement.flats[number].hyperplanes.count
  }

  /// What the face is called in results.
  package var face: LandscapeModel.Face { signs.map { .pattern($0) } ?? .whole }

  /// The slope of the activation at a data row, the diagonal entry of `M = diag(e) Z`.
  package func slope(at row: Int, _ activation: Activation<Engine.Rational>) -> Engine.Rational {
    guard let signs else { return 1 }
    return activation.slope(atSign: signs[row])
  }
}

extension Flat {
  /// Both signs of each local ray.
  var kinkRays: [[Engine.Rational]] {
    localRays.flatMap { ray in
      let vector = ray.direction.map { Engine.Rational($0) }
      return [vector, vector.map { -$0 }]
    }
  }
}

extension SignVector {
  /// The first sign that is not zero; 0 if there is none.
  fileprivate var leadingSign: Int { (0..<count).lazy.map { self[$0] }.first { $0 != 0 } ?? 0 }
}
