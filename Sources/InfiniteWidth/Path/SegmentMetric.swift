import Algebra
import Strata

/// The metric `W` of the squared error (see `ErrorMetric`) acting on functions of the ridge:
/// `(W u)_i = ω_i (u_i − ⟨c, v_i⟩)` with `c = N⁻¹VᵀΩu`.
struct SegmentMetric: Sendable {
  /// `ω_i`; `nil` if all are 1. All numbers are rounded once.
  private let weights: [Double]?
  /// The rows `v_i`.
  private let features: [[Double]]
  /// The rows of `N⁻¹VᵀΩ`.
  private let coefficients: [[Double]]

  /// - Throws: `AlgebraError`.
  init<Engine: AlgebraEngine>(_ metric: ErrorMetric<Engine>, rows: Int) throws {
    weights = metric.weights?.map(\.doubleValue)
    guard let matrix = metric.features, let products = try metric.products(with: .identity(rows)) else {
      (features, coefficients) = ([], [])
      return
    }
    features = (0..<rows).map { row in (0..<matrix.columns).map { matrix[row, $0].doubleValue } }
    let inverse = try metric.coefficients(ofProducts: products)
    coefficients = (0..<inverse.rows).map { row in (0..<rows).map { inverse[row, $0].doubleValue } }
  }

  func applied(to functions: [RidgeFunction]) -> [RidgeFunction] {
    var image = functions
    for (index, row) in coefficients.enumerated() {
      var coefficient = RidgeFunction.zero
      for (function, factor) in zip(functions, row) where factor != 0 {
        coefficient.add(function, times: factor)
      }
      for (row, feature) in features.enumerated() where feature[index] != 0 {
        image[row].add(coefficient, times: -feature[index])
      }
    }
    guard let weights else { return image }
    return zip(image, weights).map { function, weight in
      var scaled = RidgeFunction.zero
      scaled.add(function, times: weight)
      return scaled
    }
  }
}
