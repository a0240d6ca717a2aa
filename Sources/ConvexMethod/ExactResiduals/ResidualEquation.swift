import Algebra
import Strata

/// An equation that the residual of a stratum may satisfy exactly.
package enum ResidualEquation<Engine: AlgebraEngine>: Sendable {
  /// `form · r = 0`.
  case vanishes([Engine.Rational])
  /// `|Xᵀ r| = λ` for a face's `X = M P`.
  case attains(UnitFace<Engine>)
}
