import Algebra
import LandscapeModel

extension Arrangement {
  /// The part of an arrangement that a few flats make up: its faces are not listed.
  ///
  /// Cost: for every flat one elimination of its rows, one product of a `D × D` matrix with every row unless the
  /// flat is a hyperplane's, and the arrangement of its rows alone.
  ///
  /// - Parameters:
  ///   - vectors: the rows `z_i`, each with `dimension` entries.
  ///   - spans: for every wanted flat, rows that span it. The flats keep this order and are not compared.
  /// - Throws: `AlgebraError`, `Interruption`.
  package init(
    vectors: [[Engine.Rational]], dimension: Int, spans: [[Int]], control: Control
  ) throws {
    let matrix = try Engine.RationalMatrix(
      rows: vectors.count, columns: dimension, entries: vectors.flatMap { $0 })
    let classes = try ParallelClasses(vectors, control: control)
    let rank = matrix.rank
    let whole =
      rank == dimension ? Engine.RationalMatrix.identity(dimension) : matrix.projectionOntoRowSpace()
    let numbers = Dictionary(
      uniqueKeysWithValues: classes.hyperplanes.enumerated().flatMap { index, hyperplane in
        hyperplane.rows.map { ($0, index) }
      })
    flats = try spans.map { rows in
      try control.check()
      return try Self.flat(rows, of: matrix, whole: whole, classes, numbers, control: control)
    }
    hyperplanes = classes.hyperplanes
    zeroRows = classes.zeroRows
    faces = []
    self.rank = rank
    self.vectors = vectors
    self.dimension = dimension
  }

  private static func flat(
    _ generators: [Int], of matrix: Engine.RationalMatrix, whole: Engine.RationalMatrix,
    _ classes: ParallelClasses<Engine.Integer>, _ numbers: [Int: Int], control: Control
  ) throws -> Flat<Engine> {
    let spanning = matrix.selectingRows(generators)
    let rank = spanning.rank
    let projector = try rank == 0 ? whole : whole.subtracting(spanning.projectionOntoRowSpace())
    var members = Set(generators.compactMap { numbers[$0] })
    if rank > 1 {
      // A hyperplane belongs to the flat if its vector has no part outside of the span.
      for (index, hyperplane) in classes.hyperplanes.enumerated() where !members.contains(index) {
        try control.check()
        let image = try matrix.selectingRows([hyperplane.representative]).multiplied(by: projector)
        if image.isZero { members.insert(index) }
      }
    }
    let sorted = members.sorted()
    let rows = (classes.zeroRows + sorted.flatMap { classes.hyperplanes[$0].rows }).sorted()
    return Flat(
      rows: rows, hyperplanes: sorted, rank: rank, projector: projector,
      localRays: try localRays(rows, of: matrix, control: control))
  }

  /// The rays of the arrangement of a flat's rows inside their own span. The lower flats are not listed here:
  /// their number is that in the arrangement of these rows.
  private static func localRays(
    _ rows: [Int], of matrix: Engine.RationalMatrix, control: Control
  ) throws -> [LocalRay<Engine.Integer>] {
    let vectors = rows.map { row in (0..<matrix.columns).map { matrix[row, $0] } }
    let local = try Arrangement(vectors: vectors, dimension: matrix.columns, control: control)
    return local.flats[local.flats.count - 1].localRays.map { ray in
      var signs = SignVector(zeros: matrix.rows)
      for (position, row) in rows.enumerated() { signs[row] = ray.signs[position] }
      return LocalRay(lowerFlat: ray.lowerFlat, row: rows[ray.row], direction: ray.direction, signs: signs)
    }
  }
}
