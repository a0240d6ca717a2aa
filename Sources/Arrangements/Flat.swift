import Algebra
import LandscapeModel

/// A flat of an arrangement: a set `Z` of rows that contains every row in their span.
public struct Flat<Engine: AlgebraEngine>: Sendable {
  /// The rows in the flat, ascending; zero rows belong to every flat.
  public let rows: [Int]
  /// The hyperplanes of the nonzero rows (indices into the arrangement's hyperplanes), ascending.
  public let hyperplanes: [Int]
  /// The dimension of the span of the rows.
  public let rank: Int
  /// The orthogonal projection, a `D × D` matrix, of `Q^D` onto the vectors in the span of *all* rows of the
  /// arrangement that are orthogonal to the rows of this flat: the linear span of the flat's faces, cut with
  /// the span of the rows.
  public let projector: Engine.RationalMatrix
  /// The rays of the arrangement of this flat's rows inside their own span, one of each opposite pair,
  /// ordered by the flat below.
  public let localRays: [LocalRay<Engine.Integer>]
}

/// A ray of the arrangement of the rows of a flat `Z` inside their own span: the line of the vectors that
/// are orthogonal to the rows of a flat `W` with nothing between `W` and `Z`.
public struct LocalRay<Integer: ExactInteger>: Hashable, Sendable {
  /// The index of `W`.
  public let lowerFlat: Int
  /// The first row that is in `Z` but not in `W`.
  public let row: Int
  /// The primitive integer vector on the ray whose inner product with `row` is positive.
  public let direction: [Integer]
  /// The signs of the inner products of `direction` with the rows of `Z`; 0 for the rows outside of `Z`,
  /// whatever their inner products.
  public let signs: SignVector
}

/// The linear algebra of a lattice of flats, exact, for the vectors in their own coordinates.
struct FlatGeometry<Engine: AlgebraEngine> {
  /// For every flat.
  private(set) var projectors: [Engine.RationalMatrix]
  /// For every covering, the primitive direction of the local ray.
  private(set) var directions: [[Engine.Integer]] = []

  /// From the bottom: the ray of a covering `W ⋖ Z` is the projection `v` of a row of `Z` that is not in `W`
  /// by `P_W`, and `P_Z = P_W − v vᵀ / |v|²`.
  ///
  /// Cost: one product with a `D × D` matrix for every covering, one update of rank 1 for every flat.
  init(_ lattice: FlatLattice, vectors: Engine.RationalMatrix, rank: Int, control: Control) throws {
    let dimension = vectors.columns
    let whole =
      rank == dimension
      ? Engine.RationalMatrix.identity(dimension) : vectors.projectionOntoRowSpace()
    projectors = [whole]
    directions.reserveCapacity(lattice.coverings.count)
    for flat in lattice.flats.indices {
      try control.check()
      if let covering = lattice.coveringsBelow[flat].first {
        let below = projectors[lattice.coverings[covering].lower]
        projectors.append(try below.subtracting(Self.projection(onto: directions[covering])))
      }
      let first = directions.count
      let coverings = lattice.coverings[first...].prefix { $0.lower == flat }
      let images = try vectors.selectingRows(coverings.map(\.row)).multiplied(by: projectors[flat])
      let entries = images.entries
      for row in 0..<images.rows {
        directions.append(primitiveIntegers(Array(entries[row * dimension..<(row + 1) * dimension])))
      }
    }
  }

  /// The orthogonal projection onto the line of a nonzero vector.
  private static func projection(onto direction: [Engine.Integer]) throws -> Engine.RationalMatrix {
    let row = try Engine.RationalMatrix(
      rows: 1, columns: direction.count, entries: direction.map { Engine.Rational($0) })
    let column = row.transposed
    let squaredNorm = try row.multiplied(by: column)[0, 0]
    return try column.multiplied(by: row).scaled(by: squaredNorm.inverse())
  }
}
