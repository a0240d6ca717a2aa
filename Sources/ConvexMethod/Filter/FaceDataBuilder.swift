import Algebra
import Strata

/// Computes the floating-point data of faces one by one.
package struct FaceDataBuilder<Engine: AlgebraEngine> {
  private let division: Division<Engine>
  private let moments: FaceMoments
  private let rounding: Double
  /// The bases of the flats, shared by their faces.
  package private(set) var bases: [UnsafeMutablePointer<Double>?]
  /// The rays that leave the flats, each with the rows of the flat on which it is active, shared by their faces.
  private var flatRays: [[FlatRay]?]
  package private(set) var walls: [FilterTables.Wall] = []
  package private(set) var kinks: [FilterTables.Kink] = []
  package private(set) var kinkRows: [FilterTables.KinkRow] = []
  package private(set) var forms: [Double] = []
  package private(set) var columnScales: [Double] = []
  /// The number of columns so far.
  package private(set) var offset = 0

  private var size: Int { moments.dimension }

  package init(_ division: Division<Engine>, moments: FaceMoments, rounding: Double) {
    self.division = division
    self.moments = moments
    self.rounding = rounding
    bases = division.arrangement.flats.map { _ in nil }
    flatRays = bases.map { _ in nil }
  }

  package mutating func data(of face: UnitFace<Engine>) throws -> FilterTables.FaceData {
    let k = face.dimension
    let basis = basis(of: face)
    var second = [Double](repeating: 0, count: size * size)
    second.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { moments.secondMoments(face.index, face.index, into: base) }
    }
    var weighted = second
    if !moments.isPlain {
      weighted.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress { moments.weightedSecondMoments(face.index, face.index, into: base) }
      }
    }
    let scale = scale(weighted)
    let lengths = columnLengths(weighted)
    for column in 0..<k {
      columnScales.append(
        (0..<size).reduce(0) { $0 + abs(basis[$1 * k + column]) * lengths[$1] } * (1 + rounding))
    }
    // ‖A‖² is at most the trace of AᵀA; its computed value is off by at most ε ν².
    let error = rounding * Double(k + 1) * scale * scale
    var trace = 0.0
    for column in 0..<k {
      let vector = (0..<size).map { basis[$0 * k + column] }
      trace += form(second, vector, vector)
    }
    let (wallStart, kinkStart) = (walls.count, kinks.count)
    var neverOccupied = false
    for wall in face.walls {
      let vector = moments.vectors + wall.row * size
      var coefficients = (0..<k).map { column in
        let product = (0..<size).reduce(0.0) { $0 + vector[$1] * basis[$1 * k + column] }
        return Double(wall.sign) * product
      }
      let length = Self.norm(coefficients)
      if length > 0 { coefficients = coefficients.map { $0 / length } }
      let direction = (0..<size).map { row in
        (0..<k).reduce(0.0) { $0 + basis[row * k + $1] * coefficients[$1] }
      }
      let square = form(second, direction, direction)
      if !(square > 16 * error), try division.formVanishes(at: wall.row, on: face) { neverOccupied = true }
      let vectorNorm = Self.norm((0..<size).map { vector[$0] })
      walls.append(
        FilterTables.Wall(
          start: forms.count, norm: (max(0, square) + error).squareRoot() * (1 + rounding),
          error: rounding * (1 + vectorNorm / length)))
      forms += coefficients
    }
    for ray in rays(of: face) { addKink(ray, on: face, weighted, scale: scale, lengths) }
    defer { offset += k }
    return FilterTables.FaceData(
      dimension: k, offset: offset, basis: basis, scale: scale,
      norm: (max(0, trace) + error).squareRoot() * (1 + rounding),
      walls: wallStart..<walls.count, kinks: kinkStart..<kinks.count, neverOccupied: neverOccupied,
      isTame: FilterTables.isTame(scale))
  }

  private struct FlatRay {
    let direction: [Double]
    let rows: [FilterTables.KinkRow]
  }

  private mutating func rays(of face: UnitFace<Engine>) -> [FlatRay] {
    if let rays = flatRays[face.flat] { return rays }
    let rays = face.kinkRays.map { ray in
      let rows = division.arrangement.flats[face.flat].rows.compactMap { row -> FilterTables.KinkRow? in
        let coefficient = division.kinkCoefficient(ray, row: row)
        return coefficient == 0
          ? nil : FilterTables.KinkRow(row: row, coefficient: coefficient.doubleValue)
      }
      return FlatRay(direction: ray.map(\.doubleValue), rows: rows)
    }
    flatRays[face.flat] = rays
    return rays
  }

  private mutating func addKink(
    _ ray: FlatRay, on face: UnitFace<Engine>, _ weighted: [Double], scale: Double, _ lengths: [Double]
  ) {
    let (direction, rows) = (ray.direction, ray.rows)
    let length = Self.norm(direction)
    let kinkLength = Self.norm(rows.map { $0.coefficient * moments.weight($0.row).squareRoot() })
    // The rows are none of M.
    let square =
      form(weighted, direction, direction) + kinkLength * kinkLength
      - moments.correctionSquare(face.index, direction, rows)
    let error = rounding * (length * length * scale * scale + kinkLength * kinkLength)
    kinks.append(
      FilterTables.Kink(
        start: forms.count, rows: kinkRows.count..<(kinkRows.count + rows.count),
        norm: (max(0, square) + error).squareRoot() * (1 + rounding),
        errorFactor: 4 * (length * scale + kinkLength),
        columnErrorFactor: 4 * (zip(direction, lengths).reduce(0) { $0 + abs($1.0) * $1.1 } + kinkLength)))
    forms += direction
    kinkRows += rows
  }

  /// At least `(Σ ω_i e_i² |z_i|²)^½`. Where sums are differences of prefix sums, whose errors are about `2⁻¹⁰⁰` of
  /// the sum over all rows, the scale is kept above what makes these errors count.
  private func scale(_ second: [Double]) -> Double {
    let own = (0..<size).reduce(0) { $0 + second[$1 * size + $1] }
    let floor = moments.isPlanar ? 1e-14 * moments.totalSquare : 0
    return max(own, floor).squareRoot() * (1 + rounding)
  }

  /// At least the norms of the columns of `Ω^½ M_f`; see `scale`.
  private func columnLengths(_ second: [Double]) -> [Double] {
    (0..<size).map { column in
      let floor = moments.isPlanar ? 1e-14 * moments.columnSquares[column] : 0
      return max(second[column * size + column], floor).squareRoot() * (1 + rounding)
    }
  }

  private func form(_ second: [Double], _ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for i in 0..<size {
      for j in 0..<size { sum += left[i] * second[i * size + j] * right[j] }
    }
    return sum
  }

  private static func norm(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// An orthonormal basis of a face's span, `D × k` row major, each number correctly rounded from a ball.
  private mutating func basis(of face: UnitFace<Engine>) -> UnsafeMutablePointer<Double> {
    if let basis = bases[face.flat] { return basis }
    let k = face.dimension
    let storage = UnsafeMutablePointer<Double>.allocate(capacity: max(1, size * k))
    for (row, vector) in division.orthonormalBasis(of: face).enumerated() {
      for column in 0..<size { storage[column * k + row] = vector[column].approximation }
    }
    bases[face.flat] = storage
    return storage
  }
}

extension Division {
  /// An orthonormal basis of a face's span, each vector in 256 bits.
  func orthonormalBasis(of face: UnitFace<Engine>) -> [[Engine.Ball]] {
    let precision = 256
    let (form, pivots) = arrangement.flats[face.flat].projector.reducedRowEchelonForm()
    precondition(pivots.count == face.dimension, "the rank of a face's projector is its dimension")
    let zero = Engine.Ball(0.0, precision: precision)
    var basis: [[Engine.Ball]] = []
    for row in 0..<face.dimension {
      var vector = (0..<problem.weightDimension).map { Engine.Ball(form[row, $0], precision: precision) }
      for other in basis {
        let product = zip(vector, other).reduce(zero) { $0 + $1.0 * $1.1 }
        vector = zip(vector, other).map { $0 - product * $1 }
      }
      let norm = vector.reduce(zero) { $0 + $1 * $1 }.squareRoot(clampingAtZero: false)
      basis.append(vector.map { $0 / norm })
    }
    return basis
  }
}
