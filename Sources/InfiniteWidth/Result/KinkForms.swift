import Algebra
import ConvexMethod
import Strata

/// Where an atom stands at kinks: the linear forms `c_i` of the residual with
/// `(1 − P_f) M_fᵀ r = Σ_{i ∈ Z} c_i z_i`, for a face whose rows `Z` are independent.
///
/// The atom takes the slope `e_i = −c_i / r_i` at row `i`.
struct KinkForms<Engine: AlgebraEngine> {
  /// `Z`, ascending; rows with `z_i = 0` are no kinks.
  let rows: [Int]
  private let forms: [[Engine.Rational]]
  private let slope: Engine.Rational

  /// - Returns: `nil` if the rows are dependent.
  init?(_ face: UnitFace<Engine>, of division: Division<Engine>) throws {
    let problem = division.problem
    rows = division.arrangement.flats[face.flat].rows.filter { row in
      (0..<problem.weightDimension).contains { division.vectors[row, $0] != 0 }
    }
    slope = problem.activation.slope
    guard rows.count == division.arrangement.flats[face.flat].rank else { return nil }
    guard !rows.isEmpty else {
      forms = []
      return
    }
    // c = (Z Zᵀ)⁻¹ Z M_fᵀ r.
    let normals = division.vectors.selectingRows(rows)
    let dual = try normals.multiplied(by: normals.transposed).solve(normals)
    let coordinates = try dual.multiplied(by: division.vectors.transposed)
    forms = rows.indices.map { index in
      (0..<problem.rowCount).map { face.slope(at: $0, problem.activation) * coordinates[index, $0] }
    }
  }

  /// `c_i` at a point.
  func coefficient(_ index: Int, _ point: CriticalPoint<Engine>) -> Engine.Ball {
    point.value(of: forms[index])
  }

  /// `c_i + r_i`, which vanishes where the slope is 1.
  func atOne(_ index: Int) -> [Engine.Rational] { shifted(index, by: 1) }

  /// `c_i + α r_i`, which vanishes where the slope is `α`.
  func atZero(_ index: Int) -> [Engine.Rational] { shifted(index, by: slope) }

  private func shifted(_ index: Int, by slope: Engine.Rational) -> [Engine.Rational] {
    var form = forms[index]
    form[rows[index]] += slope
    return form
  }
}
