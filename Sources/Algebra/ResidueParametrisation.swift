/// How coordinates depend on one algebraic number modulo a prime: `x_i = numerators[i](θ) / m'(θ)`, where θ
/// has the minimal polynomial m.
///
/// Polynomials are lists of residues from the constant term upwards, without zeros at the end.
public struct ResidueParametrisation: Hashable, Sendable {
  /// Monic.
  public let minimalPolynomial: [UInt32]
  /// Whether the minimal polynomial is squarefree; `nil` if this was not tested.
  public let isSquarefree: Bool?
  /// One for each coordinate, of smaller degree than the minimal polynomial.
  public let numerators: [[UInt32]]

  public init(minimalPolynomial: [UInt32], isSquarefree: Bool?, numerators: [[UInt32]]) {
    self.minimalPolynomial = minimalPolynomial
    self.isSquarefree = isSquarefree
    self.numerators = numerators
  }
}
