import Algebra
import Arrangements
import LandscapeModel

/// The faces in a cell that few hyperplanes meet.
struct LeafFaces<Engine: AlgebraEngine> {
  /// A face of the arrangement of the zone's rows.
  private struct ZoneFace {
    /// One sign for each row of the zone.
    let signs: [Int]
    /// Orthonormal vectors that span the rows with sign zero, and by how much their rounding errors are amplified.
    let basis: [[Double]]
    let amplification: Double
  }

  private let vectors: [[Engine.Rational]]
  private let rows: DirectionRows
  private var known: [[Int]: [ZoneFace]] = [:]

  init(vectors: [[Engine.Rational]], rows: DirectionRows) {
    self.vectors = vectors
    self.rows = rows
  }

  /// A zone with more rows than this is divided even if they meet in a line, as long as the cell is not tiny.
  private static var mostRows: Int { 64 }
  private static var tiny: Double { 0x1p-40 }

  /// Whether the rows of the zone may have a common zero, or are few enough for all their faces to be looked at.
  func isLeaf(_ cell: DirectionCell) -> Bool {
    if cell.zone.count <= rows.dimension { return true }
    let isTiny = (cell.half.max() ?? 0) < Self.tiny
    return isTiny || (cell.zone.count <= Self.mostRows && rank(cell.zone) < rows.dimension)
  }

  /// About the rank of rows; it only decides when to stop dividing.
  private func rank(_ zone: [Int]) -> Int {
    var basis: [[Double]] = []
    for row in zone where basis.count < rows.dimension {
      if let residual = orthonormal(row, to: basis) { basis.append(residual.vector) }
    }
    return basis.count
  }

  /// The part of a row that is orthogonal to a basis, normalised, and its share of the row; `nil` if the row
  /// (nearly) lies in the span.
  private func orthonormal(_ row: Int, to basis: [[Double]]) -> (vector: [Double], share: Double)? {
    let size = rows.dimension
    var vector = Array(rows.entries[row * size..<(row + 1) * size])
    let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard norm > 0 else { return nil }
    for _ in 0..<2 {
      for other in basis {
        let product = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
        for column in 0..<size { vector[column] -= product * other[column] }
      }
    }
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 1e-7 * norm else { return nil }
    return (vector.map { $0 / length }, length / norm)
  }

  /// Looks at all faces that meet the cell, and perhaps at some that do not.
  ///
  /// - Throws: `Interruption`, `AlgebraError.tooLarge`.
  mutating func visit(
    _ cell: DirectionCell, _ function: SphereFunction, _ collector: inout CandidateCollector, control: Control
  ) throws {
    let faces = try faces(ofZone: cell.zone, control: control)
    var outside: [Int]?
    for face in faces {
      guard
        let (gradient, length, error) = gradient(
          of: face, cell, function, reaching: collector.floor)
      else { continue }
      let signs: [Int]
      if let outside {
        signs = outside
      } else {
        signs = (0..<rows.count).map { row in
          rows.norms[row] > 0 ? (rows.product(row, cell.centre) > 0 ? 1 : -1) : 0
        }
        outside = signs
      }
      add(face, cell.zone, signs, gradient, length, error, &collector)
    }
  }

  /// `q_f`, its length and a bound of its error, if it may reach the floor.
  private func gradient(
    of face: ZoneFace, _ cell: DirectionCell, _ function: SphereFunction, reaching floor: Double
  ) -> ([Double], Double, Double)? {
    let size = rows.dimension
    var gradient = cell.gradient
    for (row, sign) in zip(cell.zone, face.signs) where sign != 0 {
      let weight = function.weights[row] * (sign > 0 ? 1 : rows.slope)
      for column in 0..<size { gradient[column] += weight * rows.entries[row * size + column] }
    }
    var norm = 0.0
    for value in gradient { norm += value * value }
    norm = norm.squareRoot()
    for vector in face.basis {
      var product = 0.0
      for column in 0..<size { product += gradient[column] * vector[column] }
      for column in 0..<size { gradient[column] -= product * vector[column] }
    }
    var length = 0.0
    for value in gradient { length += value * value }
    length = length.squareRoot()
    let error = function.error + 0x1p-48 * Double(size) * face.amplification * norm
    return (length + error) * (1 + 1e-14) < floor ? nil : (gradient, length, error)
  }

  private func add(
    _ face: ZoneFace, _ zone: [Int], _ outside: [Int], _ gradient: [Double], _ length: Double,
    _ error: Double,
    _ collector: inout CandidateCollector
  ) {
    var list = outside
    for (row, sign) in zip(zone, face.signs) { list[row] = sign }
    var (positive, negative, unknown) = (false, false, false)
    for row in 0..<rows.count where list[row] != 0 {
      let product = rows.product(row, gradient) * Double(list[row])
      let bound = (error + 1e-14 * length) * rows.norms[row]
      if product > bound {
        positive = true
      } else if product < -bound {
        negative = true
      } else {
        unknown = true
      }
      if positive, negative { return }
    }
    collector.add(
      DirectionCandidate(
        signs: SignVector(list), lower: length - error, upper: (length + error) * (1 + 1e-14),
        isFeasible: unknown ? nil : true, gradient: gradient))
  }

  /// All faces of the arrangement of some rows.
  private mutating func faces(ofZone zone: [Int], control: Control) throws -> [ZoneFace] {
    if let faces = known[zone] { return faces }
    let arrangement = try Arrangement<Engine>(
      vectors: zone.map { vectors[$0] }, dimension: rows.dimension, control: control)
    let bases = arrangement.flats.map { flat in
      var (basis, amplification) = ([[Double]](), 1.0)
      for row in flat.rows where basis.count < flat.rank {
        guard let (vector, share) = orthonormal(zone[row], to: basis) else { continue }
        basis.append(vector)
        amplification += 1 / share
      }
      // Nearly dependent rows leave the projection open.
      return (basis, basis.count == flat.rank ? amplification : .infinity)
    }
    let faces = arrangement.faces.map { face in
      ZoneFace(
        signs: (0..<zone.count).map { face.signs[$0] }, basis: bases[face.flat].0,
        amplification: bases[face.flat].1)
    }
    if known.count >= Self.mostKnown { known.removeAll() }
    known[zone] = faces
    return faces
  }

  private static var mostKnown: Int { 4096 }
}
