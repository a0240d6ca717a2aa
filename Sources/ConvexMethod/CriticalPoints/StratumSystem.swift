import Algebra
import Strata

/// The exact equations of a stratum: for faces `S` and shares `s`
///
///     q_l + Σ_m (s_m/λ) C_lm q_m = d_l,    |q_l| = λ,    C_lm = X_lᵀWX_m,  d_l = X_lᵀWy,  X_l = M_l P_l,
///
/// which is system (2) of the group lasso with `q_l = P_l M_lᵀ r` as unknowns, in the coordinates of `R^D`
/// (no roots are needed). The residual is `r = W (y − Σ_l (s_l/λ) X_l q_l)`, with the metric `W` of the squared error.
package struct StratumSystem<Engine: AlgebraEngine>: Sendable {
  package typealias Matrix = Engine.RationalMatrix

  package private(set) var division: Division<Engine>
  package let faces: [UnitFace<Engine>]
  /// `C_lm`, each `D × D`.
  package let blocks: [[Matrix]]
  /// `d_l`, each `D × 1`.
  package let products: [Matrix]

  package var ridge: Engine.Rational { division.problem.ridge }
  package var dimension: Int { division.problem.weightDimension }
  package var rowCount: Int { division.problem.rowCount }

  /// Cost: `|S|²` moments of the data and products of `D × D` matrices.
  package init(_ division: Division<Engine>, faces: [UnitFace<Engine>]) throws {
    self.division = division
    self.faces = faces
    let projectors = faces.map { division.arrangement.flats[$0.flat].projector }
    products = try zip(faces, projectors).map { face, projector in
      try projector.multiplied(by: division.moments.first(face))
    }
    var blocks: [[Matrix]] = []
    for l in faces.indices {
      // `C_lm = C_mlᵀ`.
      let row = blocks.map { $0[l].transposed }
      blocks.append(
        try row
          + (l..<faces.count).map { m in
            try projectors[l].multiplied(by: division.moments.second(faces[l], faces[m]))
              .multiplied(by: projectors[m])
          })
    }
    self.blocks = blocks
  }

  /// The same stratum with another ridge.
  package func with(ridge: Engine.Rational) -> Self {
    var copy = self
    copy.division = division.with(ridge: ridge)
    return copy
  }

  /// `X_l`, `n × D`. Grows with the data; only exact decisions need it.
  package func design(_ position: Int) throws -> Matrix { try division.design(of: faces[position]) }

  /// `W X_l`, `n × D`: the change of the residual with the effective weights of a face.
  package func image(_ position: Int) throws -> Matrix {
    try division.problem.metric.applied(to: design(position))
  }

  /// A rational basis of a face's span as columns, `D × k`.
  package func basis(_ position: Int) -> Matrix {
    let (form, pivots) = division.arrangement.flats[faces[position].flat].projector.reducedRowEchelonForm()
    return form.selectingRows(0..<pivots.count).transposed
  }

  /// `W y`, `n × 1`: the residual with all units dead.
  package func targets() throws -> Matrix {
    try Matrix(rows: rowCount, columns: 1, entries: division.moments.weightedTargets)
  }

  /// The value of a linear form in the residual if it is the same for every choice of shares (the form is
  /// orthogonal to all columns of the images), which makes it an exact rational number.
  package func constantValue(of form: [Engine.Rational]) throws -> Engine.Rational? {
    let row = try Matrix(rows: 1, columns: rowCount, entries: form)
    for position in faces.indices where try !row.multiplied(by: image(position)).isZero { return nil }
    return try row.multiplied(by: targets())[0, 0]
  }
}

extension Division {
  /// `X_f = M_f P_f`, `n × D`.
  package func design(of face: UnitFace<Engine>) throws -> Engine.RationalMatrix {
    var scaled = vectors
    for row in 0..<problem.rowCount {
      let slope = face.slope(at: row, problem.activation)
      guard slope != 1 else { continue }
      for column in 0..<problem.weightDimension { scaled[row, column] = scaled[row, column] * slope }
    }
    return try scaled.multiplied(by: arrangement.flats[face.flat].projector)
  }
}
