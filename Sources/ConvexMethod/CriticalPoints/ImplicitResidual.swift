import Algebra
import Strata

/// The residual `r = W (y − Σ_l M_l h_l)`, known through the balls of the few vectors `h_l = s_l q_l / λ`: what is
/// asked of it costs nothing that grows with the number of rows.
package struct ImplicitResidual<Engine: AlgebraEngine>: Sendable {
  package typealias Ball = Engine.Ball
  package typealias BallMatrix = Engine.BallMatrix

  package let division: Division<Engine>
  package let precision: Int
  /// The faces of the alive units, with `h_l`, `D × 1`.
  package let terms: [(face: UnitFace<Engine>, weight: BallMatrix)]
  /// The residual that is meant may be this far away, in the norm of `W⁺`.
  package var uncertainty: Ball?
  /// The best linear coefficients `c`, `p × 1`; `nil` without features.
  package let coefficients: BallMatrix?

  package init(
    division: Division<Engine>, precision: Int, terms: [(face: UnitFace<Engine>, weight: BallMatrix)]
  ) {
    self.division = division
    self.precision = precision
    self.terms = terms
    coefficients = Self.coefficients(division, precision: precision, terms)
  }

  /// `N⁻¹VᵀΩ(y − Σ_l M_l h_l)`; see `ErrorMetric`.
  package static func coefficients(
    _ division: Division<Engine>, precision: Int, _ terms: [(face: UnitFace<Engine>, weight: BallMatrix)]
  ) -> BallMatrix? {
    guard let targets = division.moments.targetProducts else { return nil }
    let metric = division.problem.metric
    let first = BallMatrix(exactly { try metric.coefficients(ofProducts: targets) }, precision: precision)
    return terms.reduce(first) { sum, term in
      let change = exactly {
        try metric.coefficients(ofProducts: division.moments.products(term.face) ?? targets)
      }
      return sum - BallMatrix(change, precision: precision) * term.weight
    }
  }

  /// `M_fᵀ r`, `D × 1`.
  package func moment(of face: UnitFace<Engine>) -> BallMatrix {
    let moments = division.moments
    var sum = BallMatrix(Self.exactly { try moments.first(face) }, precision: precision)
    for term in terms {
      sum =
        sum - BallMatrix(Self.exactly { try moments.second(face, term.face) }, precision: precision)
        * term.weight
    }
    guard let uncertainty else { return sum }
    let square = Self.exactly { try moments.second(face, face) }
    let trace = (0..<square.rows).reduce(Engine.Rational(0)) { $0 + square[$1, $1] }
    let interval =
      unitInterval * uncertainty * Ball(trace, precision: precision).squareRoot(clampingAtZero: true)
    for row in 0..<sum.rows { sum[row, 0] = sum[row, 0] + interval }
    return sum
  }

  /// `q_f = P_f M_fᵀ r`.
  package func gradient(of face: UnitFace<Engine>) -> BallMatrix {
    BallMatrix(division.arrangement.flats[face.flat].projector, precision: precision) * moment(of: face)
  }

  /// `r_row = ω_row (y_row − f(x_row))`.
  package func value(at row: Int) -> Ball {
    var value = error(at: row)
    // |⟨e_row, r − r'⟩| is at most the norm of e_row in the metric W ≤ Ω.
    var norm = uncertainty
    if let weights = division.problem.metric.weights {
      let weight = Ball(weights[row], precision: precision)
      value = weight * value
      norm = norm.map { $0 * weight.squareRoot(clampingAtZero: true) }
    }
    return norm.map { value + unitInterval * $0 } ?? value
  }

  /// `y_row − f(x_row)` for the `h_l` as they are.
  package func error(at row: Int) -> Ball {
    let target = Ball(division.problem.targets[row], precision: precision)
    return fitted(at: row).map { target - $0 } ?? target
  }

  /// `f(x_row)`, what the network makes of a row; `nil` if no unit is active there, and it is zero.
  package func fitted(at row: Int) -> Ball? {
    var value: Ball?
    for term in terms {
      let slope = term.face.slope(at: row, division.problem.activation)
      guard slope != 0 else { continue }
      let output = Ball(slope, precision: precision) * division.product(row: row, term.weight)
      value = value.map { $0 + output } ?? output
    }
    guard let coefficients, let features = division.problem.metric.features else { return value }
    return (0..<features.columns).reduce(value ?? Ball(0.0, precision: precision)) { sum, column in
      let feature = features[row, column]
      return feature == 0 ? sum : sum + Ball(feature, precision: precision) * coefficients[column, 0]
    }
  }

  /// The one-sided derivative of the dual certificate at a point of the face in a direction; see
  /// `Division.kinkForm`.
  package func kinkValue(_ direction: [Engine.Rational], on face: UnitFace<Engine>, moment: BallMatrix)
    -> Ball
  {
    var value = Ball(0.0, precision: precision)
    for (row, coefficient) in direction.enumerated() where coefficient != 0 {
      value = value + Ball(coefficient, precision: precision) * moment[row, 0]
    }
    for row in division.arrangement.flats[face.flat].rows {
      let coefficient = division.kinkCoefficient(direction, row: row)
      if coefficient != 0 { value = value + Ball(coefficient, precision: precision) * self.value(at: row) }
    }
    return value
  }

  private var unitInterval: Ball { Ball(lower: -1, upper: 1, precision: precision) }

  /// Shapes of moments fit by construction.
  private static func exactly(_ matrix: () throws -> Engine.RationalMatrix) -> Engine.RationalMatrix {
    do {
      return try matrix()
    } catch {
      preconditionFailure("moments of the data have the shape of the data: \(error)")
    }
  }
}

extension Division {
  /// `⟨z_row, v⟩`.
  package func product(row: Int, _ vector: Engine.BallMatrix) -> Engine.Ball {
    (0..<problem.weightDimension).reduce(Engine.Ball(0.0, precision: vector.precision)) {
      $0 + Engine.Ball(vectors[row, $1], precision: vector.precision) * vector[$1, 0]
    }
  }
}
