/// The data rows in doubles, as functions on the sphere of directions see them.
package struct DirectionRows: Sendable {
  package let count: Int
  package let dimension: Int
  /// The `z_i`, row major.
  package let entries: [Double]
  /// At least `|z_i|`.
  package let norms: [Double]
  /// The slope `α` of the negative part of the activation.
  package let slope: Double
  /// Whether all numbers are far from underflow and overflow, as every bound of an error requires.
  package let isTame: Bool

  /// - Parameters:
  ///   - vectors: the `z_i` rounded to doubles.
  package init(vectors: [[Double]], dimension: Int, slope: Double) {
    count = vectors.count
    self.dimension = dimension
    entries = vectors.flatMap { $0 }
    norms = vectors.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() * (1 + 1e-12) }
    self.slope = slope
    isTame =
      slope.magnitude <= 0x1p60
      && entries.allSatisfy { $0 == 0 || (0x1p-120...0x1p120).contains($0.magnitude) }
  }

  /// `⟨w, z_row⟩`.
  @inline(__always)
  package func product(_ row: Int, _ w: [Double]) -> Double {
    var sum = 0.0
    for column in 0..<dimension { sum += entries[row * dimension + column] * w[column] }
    return sum
  }
}

/// The function `η(w) = Σ_i r_i σ(⟨w, z_i⟩)` on the sphere of directions, with a bound for how far the values that
/// doubles give may be from those of the function that is meant.
package struct SphereFunction: Sendable {
  package let rows: DirectionRows
  /// `r`, one number for each row.
  package let weights: [Double]
  /// On any face with active rows `A`, at least the distance of the computed `Σ_A e_i r_i z_i` to the true one.
  package let error: Double

  /// - Parameters:
  ///   - weights: approximations of the `r_i`.
  ///   - uncertainty: at least `|r − weights|`.
  package init(_ rows: DirectionRows, weights: [Double], uncertainty: Double) {
    self.rows = rows
    self.weights = weights
    let slope = max(1, rows.slope.magnitude)
    // Rounding: the z_i, every product and every sum, with a factor to spare (Higham, Accuracy and Stability
    // of Numerical Algorithms, 2002, section 3.1); sums may be updated for every row, twice around.
    let size = zip(weights, rows.norms).reduce(0) { $0 + $1.0.magnitude * $1.1 }
    let norm = rows.norms.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let unit = 0x1p-53 * Double(8 * (rows.count + rows.dimension) + 64)
    let bound = slope * (unit * size + uncertainty * norm) * (1 + 1e-10)
    error = rows.isTame && weights.allSatisfy { $0.magnitude <= 0x1p200 } ? bound : .infinity
  }

  /// `η(w)`.
  package func value(at w: [Double]) -> Double {
    var sum = 0.0
    for row in 0..<rows.count {
      let product = rows.product(row, w)
      sum += weights[row] * (product > 0 ? product : rows.slope * product)
    }
    return sum
  }
}
