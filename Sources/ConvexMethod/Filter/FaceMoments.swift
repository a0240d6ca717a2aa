import Algebra
import Arrangements
import Strata

/// Sums over the data rows, weighted by the slopes `e_i` of faces: `MᵀWM'` for a pair of faces, with the metric
/// `W = Ω − ΩV N⁻¹ VᵀΩ` of the squared error (see `ErrorMetric`), and `Σ_i e_i v_i z_i = Mᵀ v` for a vector of values.
///
/// `MᵀΩM' = Σ_i ω_i e_i e'_i z_i z_iᵀ` is corrected by `TᵀT'` with `T = D^(−½)L⁻¹ VᵀΩM`, `N = LDLᵀ`. By Cauchy and
/// Schwarz a column of `T` is no longer than that of `Ω^½M`: rounding errors of the correction are covered by the scale
/// that those of the sums have.
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
  /// `Σ_i ω_i z_ij²` for each coordinate `j`, rounded up a little.
  package let columnSquares: [Double]
  /// `Σ_i ω_i |z_i|²`, rounded up a little.
  package var totalSquare: Double { columnSquares.reduce(0, +) }
  private let signs: UnsafeMutablePointer<Int8>
  private let planar: PlanarMoments?
  /// `ω_i`; `nil` if all are 1.
  private let weights: UnsafeMutablePointer<Double>?
  /// The number `p` of features.
  private let featureCount: Int
  /// `T` for every face, `p × D`, row major.
  private let corrections: UnsafeMutablePointer<Double>
  /// `D^(−½)L⁻¹ ω_i v_i` for every row, `p` numbers each.
  private let features: UnsafeMutablePointer<Double>
  /// Whether `W = I`.
  package let isPlain: Bool
  /// At least the number of further roundings in an entry of `MᵀWM'`.
  package var extraRoundings: Int { isPlain ? 0 : featureCount + 12 }

  /// Values on the rows, prepared for sums over faces.
  package struct Values {
    fileprivate let values: [Double]
    fileprivate let prefix: PrefixSums<[Double]>?
  }

  package init<Engine: AlgebraEngine>(_ division: Division<Engine>) throws {
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
    let metric = problem.metric
    isPlain = metric.isIdentity
    featureCount = metric.featureCount
    weights = metric.weights.map { weights in
      let pointer = UnsafeMutablePointer<Double>.allocate(capacity: max(1, n))
      for (row, weight) in weights.enumerated() { pointer[row] = weight.doubleValue }
      return pointer
    }
    columnSquares = (0..<size).map { [vectors, weights] column in
      (0..<n).reduce(0) {
        $0 + (weights?[$1] ?? 1) * vectors[$1 * size + column] * vectors[$1 * size + column]
      } * (1 + 1e-10)
    }
    corrections = .allocate(capacity: max(1, faceCount * featureCount * size))
    features = .allocate(capacity: max(1, n * featureCount))
    signs = .allocate(capacity: max(1, n * faceCount))
    for face in division.faces {
      for row in 0..<n { signs[face.index * n + row] = Int8(face.signs?[row] ?? 1) }
    }
    planar = division.planar.map { PlanarMoments($0, squares: division.moments.squares) }
    guard let whitening = metric.whitening, let matrix = metric.features else { return }
    /// `D^(−½)L⁻¹ A`, each number correctly rounded up to the root.
    func whitened(_ products: Engine.RationalMatrix, into target: UnsafeMutablePointer<Double>) throws {
      let rows = try whitening.rows.multiplied(by: products)
      for row in 0..<rows.rows {
        for column in 0..<rows.columns {
          let entry = rows[row, column]
          let root = try (entry * entry).divided(by: whitening.pivots[row]).doubleValue.squareRoot()
          target[row * rows.columns + column] = entry < 0 ? -root : root
        }
      }
    }
    for face in division.faces {
      guard let products = try division.moments.products(face) else { continue }
      try whitened(products, into: corrections + face.index * featureCount * size)
    }
    let weighted = metric.weighted(matrix)
    for row in 0..<n {
      try whitened(weighted.selectingRows([row]).transposed, into: features + row * featureCount)
    }
  }

  deinit {
    vectors.deallocate()
    signs.deallocate()
    weights?.deallocate()
    corrections.deallocate()
    features.deallocate()
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

  /// `ω_row`.
  package func weight(_ row: Int) -> Double { weights?[row] ?? 1 }

  /// `MᵀWM'`, `D × D`.
  @inline(__always)
  package func secondMoments(_ face: Int, _ other: Int, into target: UnsafeMutablePointer<Double>) {
    weightedSecondMoments(face, other, into: target)
    if featureCount > 0 { subtractCorrection(face, other, from: target) }
  }

  private func subtractCorrection(_ face: Int, _ other: Int, from target: UnsafeMutablePointer<Double>) {
    let size = dimension
    let left = corrections + face * featureCount * size
    let right = corrections + other * featureCount * size
    for feature in 0..<featureCount {
      for i in 0..<size {
        let factor = left[feature * size + i]
        for j in 0..<size { target[i * size + j] -= factor * right[feature * size + j] }
      }
    }
  }

  /// `⟨e_row, W M h⟩` for a face, but for the sign and size of rounding errors: at most a few units of `ω_row^½` times
  /// the norm of `Ω^½M` in the directions of `h`.
  package func change(at row: Int, by face: Int, _ weight: UnsafePointer<Double>) -> Double {
    let slope = slope(of: face, at: row)
    var product = 0.0
    if slope != 0 {
      for column in 0..<dimension { product += weight[column] * vectors[row * dimension + column] }
      product *= slope * self.weight(row)
    }
    for feature in 0..<featureCount {
      let own = features[row * featureCount + feature]
      let correction = corrections + (face * featureCount + feature) * dimension
      for column in 0..<dimension { product -= own * correction[column] * weight[column] }
    }
    return product
  }

  /// Adds `factor · (W M)_row` for a face.
  package func addRow(
    _ row: Int, of face: Int, times factor: Double, to target: UnsafeMutablePointer<Double>
  ) {
    let weighted = factor * slope(of: face, at: row) * weight(row)
    for column in 0..<dimension { target[column] += weighted * vectors[row * dimension + column] }
    for feature in 0..<featureCount {
      let own = factor * features[row * featureCount + feature]
      let correction = corrections + (face * featureCount + feature) * dimension
      for column in 0..<dimension { target[column] -= own * correction[column] }
    }
  }

  /// `|D^(−½)L⁻¹ VᵀΩ f|²` for the form `f = M v + Σ coefficient · e_row`.
  package func correctionSquare(
    _ face: Int, _ direction: [Double], _ rows: [FilterTables.KinkRow]
  ) -> Double {
    (0..<featureCount).reduce(0) { sum, feature in
      let correction = corrections + (face * featureCount + feature) * dimension
      var value = 0.0
      for column in 0..<dimension { value += correction[column] * direction[column] }
      for term in rows { value += term.coefficient * features[term.row * featureCount + feature] }
      return sum + value * value
    }
  }

  /// `MᵀΩM' = Σ_i ω_i e_i e'_i z_i z_iᵀ`, `D × D`.
  @inline(__always)
  package func weightedSecondMoments(_ face: Int, _ other: Int, into target: UnsafeMutablePointer<Double>) {
    let size = dimension
    if let planar {
      planar.secondMoments(face, other, slope: slope, into: target)
      return
    }
    for entry in 0..<(size * size) { target[entry] = 0 }
    for row in 0..<rows {
      var weight = slope(of: face, at: row) * slope(of: other, at: row)
      guard weight != 0 else { continue }
      if let weights { weight *= weights[row] }
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
