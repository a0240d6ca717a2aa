import Algebra
import LandscapeModel
import Strata

/// The residual on a segment of a branch, and what is computed from it.
struct SegmentValues {
  let rows: DirectionRows
  /// `r_i`.
  private let residual: [RidgeFunction]
  private let centre: Double
  private let halfWidth: Double
  private let support: [Int: Int]

  init<Engine: AlgebraEngine>(
    _ segment: BranchSegment, optimum: SparseOptimum<Engine>, rows: DirectionRows, metric: SegmentMetric
  ) {
    self.rows = rows
    centre = segment.centre
    halfWidth = segment.halfWidth
    support = Dictionary(
      uniqueKeysWithValues: optimum.point.support.enumerated().map { ($1, $0) })
    let size = rows.dimension
    var residual = optimum.division.problem.targets.map { RidgeFunction(rounded: $0.doubleValue) }
    for (index, position) in optimum.point.support.enumerated() {
      let signs = optimum.extremal[position].pattern
      let share = segment.share(index)
      let weight = (0..<size).map { share * segment.unknowns[index * size + $0] }
      for row in 0..<rows.count where signs[row] != 0 {
        let slope = signs[row] > 0 ? 1 : rows.slope
        guard slope != 0 else { continue }
        for column in 0..<size {
          let factor = slope * rows.entries[row * size + column]
          if factor != 0 { residual[row].add(weight[column], times: -factor) }
        }
      }
    }
    self.residual = metric.applied(to: residual)
  }

  /// The residual at the centre, and how far it goes from there.
  var residualSpread: (centre: [Double], spread: Double) {
    var square = 0.0
    for function in residual {
      let (lower, upper) = function.value.bounds
      let half = max(upper - function.value.coefficients[0], function.value.coefficients[0] - lower)
      square += half * half
    }
    return (residual.map { $0.value.coefficients[0] }, square.squareRoot() * (1 + 1e-10))
  }

  /// `q_f` of an extremal face.
  func gradient<Engine: AlgebraEngine>(
    _ position: Int, of segment: BranchSegment, in optimum: SparseOptimum<Engine>
  ) -> [RidgeFunction] {
    if let index = support[position] {
      let ridge = RidgeFunction(ridge: centre, halfWidth: halfWidth)
      return (0..<rows.dimension).map { ridge * segment.unknowns[index * rows.dimension + $0] }
    }
    let face = optimum.extremal[position]
    let projector = optimum.division.arrangement.flats[face.flat].projector.entries.map(\.doubleValue)
    return gradient(face.pattern, projector)
  }

  /// `q_f = P Σ_i e_i r_i z_i`.
  func gradient(_ signs: SignVector, _ projector: [Double]) -> [RidgeFunction] {
    let size = rows.dimension
    var moment = [RidgeFunction](repeating: .zero, count: size)
    for row in 0..<rows.count where signs[row] != 0 {
      let slope = signs[row] > 0 ? 1 : rows.slope
      guard slope != 0 else { continue }
      for column in 0..<size {
        let factor = slope * rows.entries[row * size + column]
        if factor != 0 { moment[column].add(residual[row], times: factor) }
      }
    }
    return (0..<size).map { row in
      var sum = RidgeFunction.zero
      for column in 0..<size where projector[row * size + column] != 0 {
        sum.add(moment[column], times: projector[row * size + column])
      }
      return sum
    }
  }

  /// `factor ⟨q, z_row⟩` for a factor ± 1.
  func product(_ row: Int, _ gradient: [RidgeFunction], times factor: Double) -> RidgeFunction {
    var sum = RidgeFunction.zero
    for column in 0..<rows.dimension {
      let entry = rows.entries[row * rows.dimension + column]
      if entry != 0 { sum.add(gradient[column], times: factor * entry) }
    }
    return sum
  }

  /// A linear form in the residual, times ± 1.
  func form(_ coefficients: [Double], times factor: Double) -> RidgeFunction {
    var sum = RidgeFunction.zero
    for (row, coefficient) in coefficients.enumerated() where coefficient != 0 {
      sum.add(residual[row], times: factor * coefficient)
    }
    return sum
  }

  /// Whether `sign · q` lies certainly outside of a face on the whole segment.
  func isOutside(_ gradient: [RidgeFunction], _ signs: SignVector, sign: Int) -> Bool {
    (0..<rows.count).contains { row in
      guard signs[row] != 0 else { return false }
      let product = product(row, gradient)
      return sign * signs[row] > 0 ? product.isNegative : product.isPositive
    }
  }

  /// Whether `sign · q` lies certainly inside of a face on the whole segment.
  func isInside(_ gradient: [RidgeFunction], _ signs: SignVector, sign: Int) -> Bool {
    (0..<rows.count).allSatisfy { row in
      guard signs[row] != 0 else { return true }
      let product = product(row, gradient)
      return sign * signs[row] > 0 ? product.isPositive : product.isNegative
    }
  }

  /// `⟨q, z_row⟩`.
  private func product(_ row: Int, _ gradient: [RidgeFunction]) -> RidgeSeries {
    var sum = RidgeSeries.zero
    for column in 0..<rows.dimension {
      let entry = rows.entries[row * rows.dimension + column]
      if entry != 0 { sum.add(gradient[column].value, times: entry) }
    }
    return sum
  }
}
