import Algebra
import Strata

/// The metric `W` of the squared error (see `ErrorMetric`) in doubles: `W u = Ω u − B Bᵀ u` with
/// `B = ΩV L⁻ᵀ D^{−½}`, `N = LDLᵀ`.
struct ApproximateMetric: Sendable {
  /// `ω_i`; `nil` if all are 1.
  private let weights: [Double]?
  /// The columns of `B`.
  private let columns: [[Double]]

  init<Engine: AlgebraEngine>(_ metric: ErrorMetric<Engine>) {
    weights = metric.weights?.map(\.doubleValue)
    guard let features = metric.features, let whitening = metric.whitening else {
      columns = []
      return
    }
    let rows = (0..<features.rows).map { row in
      (0..<features.columns).map { (metric.weight(row) * features[row, $0]).doubleValue }
    }
    columns = whitening.pivots.enumerated().map { index, pivot in
      let scale = 1 / pivot.doubleValue.squareRoot()
      let coefficients = (0..<features.columns).map { whitening.rows[index, $0].doubleValue * scale }
      return rows.map { AtomicMeasure.inner($0, coefficients) }
    }
  }

  /// `W u`.
  func applied(to vector: [Double]) -> [Double] {
    var image = weights.map { zip($0, vector).map { $0 * $1 } } ?? vector
    for column in columns {
      let product = AtomicMeasure.inner(column, vector)
      for row in image.indices { image[row] -= product * column[row] }
    }
    return image
  }
}
