import Algebra
import LandscapeModel
import RealSolving
import Strata

extension Fit {
  /// What a network makes of the data whose residuals are polynomials in its parameters.
  ///
  /// - Parameters:
  ///   - residuals: `r_i = ω_i (y_i − f(x_i))`, one for each row.
  ///   - weights: `ω_i`; `nil` if all are 1.
  ///   - targets: `y_i`.
  ///   - digits: significant decimal digits of the enclosures.
  ///   - value: encloses a polynomial's value with about the given number of bits.
  package init<Polynomial: RationalPolynomial, Ball: RealBall>(
    residuals: [Polynomial], weights: [Polynomial.Rational]?, targets: [Polynomial], digits: Int,
    value: (Polynomial, Int) throws -> Ball
  ) throws {
    let search = EnclosureSearch(digits: digits)
    let errors = try residuals.indices.map { row in
      try weights.map { residuals[row].scaled(by: try $0[row].inverse()) } ?? residuals[row]
    }
    self.init(
      fitted: try zip(errors, targets).map { error, target in
        let output = try target.subtracting(error)
        // Where no unit is active and there is no bias.
        return output.isZero ? .zero : try search.enclosure { try value(output, $0) }
      },
      residuals: try errors.map { error in try search.enclosure { try value(error, $0) } })
  }
}
