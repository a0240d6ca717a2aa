import Algebra
import LandscapeModel
import RealSolving
import Strata

extension Fit {
  /// What a network makes of the data whose residuals are polynomials in its parameters.
  ///
  /// - Parameters:
  ///   - residuals: `r_i`, one for each row.
  ///   - targets: `y_i`.
  ///   - digits: significant decimal digits of the enclosures.
  ///   - value: encloses a polynomial's value with about the given number of bits.
  package init<Polynomial: RationalPolynomial, Ball: RealBall>(
    residuals: [Polynomial], targets: [Polynomial], digits: Int,
    value: (Polynomial, Int) throws -> Ball
  ) throws {
    let search = EnclosureSearch(digits: digits)
    self.init(
      fitted: try zip(residuals, targets).map { residual, target in
        let output = try target.subtracting(residual)
        // Where no unit is active and there is no bias.
        return output.isZero ? .zero : try search.enclosure { try value(output, $0) }
      },
      residuals: try residuals.map { residual in try search.enclosure { try value(residual, $0) } })
  }
}
