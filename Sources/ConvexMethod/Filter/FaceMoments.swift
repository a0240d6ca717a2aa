import Algebra
import Arrangements
import Strata

/// Sums over the data rows, weighted by the slopes `e_i` of faces: `Σ_i e_i e'_i z_i z_iᵀ = MᵀM'` for a pair of
/// faces, and `Σ_i e_i v_i z_i = Mᵀ v` for a vector of values.
///
/// In the plane (`D = 2`) the rows on which a face is active are consecutive in the order of the angles of the
/// `z_i`, so that every sum is a difference of prefix sums. Otherwise the rows are walked through.
package final class FaceMoments: @unchecked Sendable {
  package let rows: Int
  package let dimension: Int
  package let faceCount: Int
  /// `z_i`, row major.
  package let vectors: UnsafeMutablePointer<Double>
  /// The slope of the negative part of the activation.
  package let slope: Double
  /// `Σ_i z_ij²` for each coordinate `j`, rounded up a little.
  package let columnSquares: [Double]
  /// `Σ_i |z_i|²`, rounded up a little.
  package var totalSquare: Double { columnSquares.reduce(0, +) }
  private let signs: UnsafeMutablePointer<Int8>
  private let planar: PlanarMoments?

  /// Values on the rows, prepared for sums over faces.
  package struct Values {
    fileprivate let values: [Double]
    fileprivate let prefix: PrefixSums<[Double]>?
  }

  package init<Engine: AlgebraEngine>(_ division: Division<Engine>) {
    let problem = division.problem
    let (n, size) = (problem.rowCount, problem.weightDimension)
    rows = n
    dimension = size
    faceCount = division.faces.count
    slope = problem.activation.slope.doubleValue
    vectors = .allocate(capacity: max(1, n * size))
    for (row, vector) in problem.vectors.enumerated() {
      for (column, value) in vector.enumerated() { vectors[row * size + column] = value.doubleValue }
    }
    columnSquares = (0..<size).map { [vectors] column in
      (0..<n).reduce(0) { $0 + vectors[$1 * size + column] * vectors[$1 * size + column] } * (1 + 1e-10)
    }
    signs = .allocate(capacity: max(1, n * faceCount))
    for face in division.faces {
      for row in 0..<n { signs[face.index * n + row] = Int8(face.signs?[row] ?? 1) }
    }
    planar = division.planar.map { PlanarMoments($0, squares: division.moments.squares) }
  }

  deinit {
    vectors.deallocate()
    signs.deallocate()
  }

  /// Whether sums are differences of prefix sums, whose errors are relative to the sum over all rows.
  package var isPlanar: Bool { planar != nil }

  /// `e_row` of a face.
  package func slope(of face: Int, at row: Int) -> Double {
    switch signs[face * rows + row] {
    case 1: 1
    case -1: slope
    default: 0
    }
  }

  /// `Σ_i e_i e'_i z_i z_iᵀ`, `D × D`.
  package func secondMoments(_ face: Int, _ other: Int, into target: UnsafeMutablePointer<Double>) {
    let size = dimension
    if let planar {
      planar.secondMoments(face, other, slope: slope, into: target)
      return
    }
    for entry in 0..<(size * size) { target[entry] = 0 }
    for row in 0..<rows {
      let weight = slope(of: face, at: row) * slope(of: other, at: row)
      guard weight != 0 else { continue }
      let vector = vectors + row * size
      for i in 0..<size {
        let factor = weight * vector[i]
        for j in 0...i { target[i * size + j] += factor * vector[j] }
      }
    }
    for i in 0..<size { for j in 0..<i { target[j * size + i] = target[i * size + j] } }
  }

  /// Prepares sums of `e_i v_i z_i`.
  package func prepare(_ values: [Double]) -> Values {
    Values(values: values, prefix: planar?.prefixSums(of: values, vectors))
  }

  /// `Mᵀ v`, `D` numbers.
  package func firstMoment(_ face: Int, _ values: Values, into target: UnsafeMutablePointer<Double>) {
    if let planar, let prefix = values.prefix {
      planar.firstMoment(face, prefix, slope: slope, into: target)
      return
    }
    for column in 0..<dimension { target[column] = 0 }
    for row in 0..<rows {
      let weight = slope(of: face, at: row) * values.values[row]
      guard weight != 0 else { continue }
      for column in 0..<dimension { target[column] += weight * vectors[row * dimension + column] }
    }
  }
}
