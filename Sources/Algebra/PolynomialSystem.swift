/// Generators of an ideal in a polynomial ring over Q or over a prime field, as plain values.
public struct PolynomialSystem: Hashable, Sendable {
  /// Names of the variables, at least one; the first one is the greatest.
  public var variables: [String]
  /// 0 for Q, or a prime below 2³¹.
  public var characteristic: UInt32
  /// Integer coefficients; over a prime field only their residues matter. Denominators have been cleared,
  /// which does not change the ideal.
  public var polynomials: [SparsePolynomial<WideInteger>]

  public init(
    variables: [String], characteristic: UInt32 = 0, polynomials: [SparsePolynomial<WideInteger>]
  ) {
    self.variables = variables
    self.characteristic = characteristic
    self.polynomials = polynomials
  }
}
