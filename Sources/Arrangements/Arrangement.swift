import Algebra
import LandscapeModel

/// The central hyperplane arrangement `{w ∈ R^D : ⟨w, z_i⟩ = 0}` of vectors `z_1..z_n ∈ Q^D`, with all its faces
/// and flats.
///
/// The vectors may be repeated, parallel, antiparallel, zero or dependent, and need not span the space. A
/// face is the set of all `w` with one sign vector `(sign⟨w, z_i⟩)_i`; the sign vectors that occur are the
/// covectors of the oriented matroid of the vectors.
///
/// Everything is exact and numbered reproducibly: flats by rank, then by their rows; faces by their sign
/// vectors, lexicographically with `− < 0 < +`.
///
/// The faces are built from the flats upwards by dimension, in time proportional to the number of pairs of a
/// face and one of its facets (compare Edelsbrunner, O'Rourke, Seidel, SIAM J. Comput. 15, 1986,
/// doi:10.1137/0215024; Fukuda, Saito, Tamura, Discrete Appl. Math. 31, 1991,
/// doi:10.1016/0166-218X(91)90066-6).
public struct Arrangement<Engine: AlgebraEngine>: Sendable {
  /// The rows `z_i`.
  public let vectors: [[Engine.Rational]]
  /// `D`, the number of entries of every row.
  public let dimension: Int
  /// The dimension of the span of the rows.
  public let rank: Int
  /// The classes of parallel nonzero rows, ordered by their first rows.
  public let hyperplanes: [Hyperplane]
  /// The zero rows, ascending: their sign is 0 on every face.
  public let zeroRows: [Int]
  /// Ordered by rank, then lexicographically by their rows. The first flat contains only the zero rows, the
  /// last one all rows.
  public let flats: [Flat<Engine>]
  /// Ordered by their sign vectors.
  public let faces: [Face]

  /// Enumerates the faces and flats.
  ///
  /// Cost: one elimination of the `n × D` matrix; with `m` hyperplanes of rank `r`, for every flat one
  /// reduction of `m` vectors (at most about `r²/4` products each, in 128 bits unless they overflow) and a few
  /// products of `D × D` matrices, of which one is kept; for every pair of a face and one of its facets
  /// `n/32` word operations and a hash look-up. `upperBoundOnFaces` tells beforehand how many there may be.
  ///
  /// - Parameters:
  ///   - vectors: the rows `z_i`, each with `dimension` entries.
  ///   - dimension: `D`, at least 0.
  ///   - control: polled for every flat and face, and every vector that is reduced.
  /// - Throws: `AlgebraError.outOfRange` for a negative dimension, `AlgebraError.shapeMismatch` for a row of
  ///   another length, `AlgebraError.tooLarge` for 2³¹ faces or more, `Interruption`.
  public init(vectors: [[Engine.Rational]], dimension: Int, control: Control) throws {
    guard dimension >= 0 else { throw AlgebraError.outOfRange("the dimension \(dimension)") }
    for (row, vector) in vectors.enumerated() where vector.count != dimension {
      throw AlgebraError.shapeMismatch(
        expected: "\(dimension) entries in row \(row)", found: "\(vector.count)")
    }
    let matrix = try Engine.RationalMatrix(
      rows: vectors.count, columns: dimension, entries: vectors.flatMap { $0 })
    // Dropping the columns that depend on the others changes no linear relation between the rows.
    let columns = matrix.reducedRowEchelonForm().pivots
    let classes = try ParallelClasses(
      vectors.map { vector in columns.map { vector[$0] } }, control: control)
    let lattice = try Self.flatLattice(
      classes, rank: columns.count, rowCount: vectors.count, control: control)
    faces = try FaceLattice(lattice, rowCount: vectors.count, control: control)
      .sortedFaces(lattice, rowCount: vectors.count, control: control)
    flats = try Self.flats(lattice, classes: classes, vectors: matrix, control: control)
    hyperplanes = classes.hyperplanes
    zeroRows = classes.zeroRows
    rank = columns.count
    self.vectors = vectors
    self.dimension = dimension
  }

  /// The index of the face on which all signs are 0.
  ///
  /// Negation reverses the order of the faces, so that the only face that is its own negative is in the
  /// middle.
  public var minimalFace: Int { faces.count / 2 }

  /// The index of the face `−f`. Cost: one subtraction.
  public func oppositeFace(of face: Int) -> Int { faces.count - 1 - face }

  /// The index of the face with the given signs, nil if there is none. Cost: a binary search.
  public func faceIndex(of signs: SignVector) -> Int? {
    var low = 0
    var high = faces.count
    while low < high {
      let middle = (low + high) / 2
      if faces[middle].signs < signs { low = middle + 1 } else { high = middle }
    }
    return low < faces.count && faces[low].signs == signs ? low : nil
  }
}

extension Arrangement {
  /// The lattice of flats, in 128-bit integers if they suffice.
  private static func flatLattice(
    _ classes: ParallelClasses<Engine.Integer>, rank: Int, rowCount: Int, control: Control
  ) throws -> FlatLattice {
    let entries = classes.directions.flatMap { $0 }
    let words = entries.compactMap { $0.asInt.map { Int128($0) } }
    if words.count == entries.count,
      let lattice = try FlatLattice(
        ifNoOverflow: words, hyperplanes: classes.hyperplanes, rank: rank, rowCount: rowCount,
        control: control)
    {
      return lattice
    }
    return try FlatLattice(
      vectors: entries.map { UnboundedScalar(value: $0) }, hyperplanes: classes.hyperplanes, rank: rank,
      rowCount: rowCount, control: control)
  }

  private static func flats(
    _ lattice: FlatLattice, classes: ParallelClasses<Engine.Integer>, vectors: Engine.RationalMatrix,
    control: Control
  ) throws -> [Flat<Engine>] {
    let rank = lattice.flats[lattice.flats.count - 1].rank
    let geometry = try FlatGeometry<Engine>(lattice, vectors: vectors, rank: rank, control: control)
    return lattice.flats.enumerated().map { index, flat in
      let members = flat.hyperplanes
      let rays = lattice.coveringsBelow[index].map { covering in
        LocalRay(
          lowerFlat: lattice.coverings[covering].lower, row: lattice.coverings[covering].row,
          direction: geometry.directions[covering],
          signs: SignVector(count: vectors.rows, words: lattice.coverings[covering].signs))
      }
      return Flat(
        rows: (classes.zeroRows + members.flatMap { classes.hyperplanes[$0].rows }).sorted(),
        hyperplanes: members, rank: flat.rank, projector: geometry.projectors[index], localRays: rays)
    }
  }
}
